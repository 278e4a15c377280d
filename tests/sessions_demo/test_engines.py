"""Where sessions are kept."""

import os
import time
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sessions_demo.apparatus import timeline
from sessions_demo.apparatus.engines import COOKIE_PATH, COOKIES, ENGINES, store_of
from tests.helpers import cookie_line, row_of, soup_of

ENGINES_URL = "/sessions/engines/"
SETTLED = "#predict [data-settled]"
pytestmark = pytest.mark.django_db


def text_of(page, selector):
    found = page.select_one(selector)
    return found and found.get_text()


def post_all(client, *actions):
    """Press buttons of the lesson about engines, each by its action or by where it leads."""
    for action in actions:
        if action in ("copy", "send-copies", "empty-cache"):
            response = client.post(f"{ENGINES_URL}{action}/")
        else:
            response = client.post(ENGINES_URL, {"action": action})
        assert response.status_code == 302
        assert response.url == ENGINES_URL
    return response


def table(client):
    """Return what the lesson's table says: a list of the other three cells for each engine."""
    rows = soup_of(client.get(ENGINES_URL)).select("[data-engine]")
    return {
        row["data-engine"]: [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in rows
    }


def read_by_view(client):
    """Return the engines under which a view reads something."""
    return {engine for engine, cells in table(client).items() if cells[2] != "nothing"}


class TestSessionEngines:
    def test_each_engine_has_a_cookie_of_its_own(self, client):
        response = post_all(client, "store")

        assert {name for name in response.cookies if name != "csrftoken"} == set(COOKIES.values())
        for engine in ENGINES[:4]:
            morsel = response.cookies[COOKIES[engine]]
            assert len(morsel.value) == 32
            assert cookie_line(response, COOKIES[engine]) == (
                f"{engine}_sessionid={morsel.value}; expires={morsel['expires']}; HttpOnly; "
                f"Max-Age=1209600; Path={COOKIE_PATH}; SameSite=Lax"
            )

    def test_who_keeps_what(self, client):
        post_all(client, "store")

        cells = table(client)

        assert [cells[engine][1] for engine in ENGINES] == [
            "row",
            "cache entry",
            "row and cache entry",
            "file",
            "nothing",
        ]
        assert {cells[engine][2] for engine in ENGINES} == {"visits: 1"}

    def test_same_view_counts_under_every_engine(self, client):
        post_all(client, "store", "store", "store")

        assert {cells[2] for cells in table(client).values()} == {"visits: 3"}

    def test_emptied_cache_loses_cache_and_not_cached_db(self, client):
        post_all(client, "store", "empty-cache")

        cells = table(client)

        assert cells["cache"][1:] == ["nothing", "nothing"]
        assert cells["cached_db"][1:] == ["row", "visits: 1"]
        assert table(client)["cached_db"][1] == "row and cache entry"

    def test_emptied_cache_keeps_what_belongs_to_others(self, client):
        other = Client()
        post_all(other, "store")
        cache.set("something", "else")

        post_all(client, "store", "empty-cache")

        assert table(other)["cache"][1:] == ["cache entry", "visits: 1"]
        assert cache.get("something") == "else"

    def test_signing_out_deletes_what_the_server_keeps(self, client):
        post_all(client, "store")
        keys = {engine: client.cookies[name].value for engine, name in COOKIES.items()}

        response = post_all(client, "sign_out")

        for name in COOKIES.values():
            assert response.cookies[name].value == ""
            assert response.cookies[name]["max-age"] == 0
            assert response.cookies[name]["path"] == COOKIE_PATH
        assert not Session.objects.filter(pk__in=keys.values()).exists()
        assert not FileStore().exists(keys["file"])
        assert read_by_view(client) == set()

    def test_replayed_cookies_open_nothing_but_signed_cookies(self, client):
        post_all(client, "store", "copy", "sign_out")

        response = post_all(client, "send-copies")

        assert {name for name in response.cookies if name != "csrftoken"} == set(COOKIES.values())
        assert read_by_view(client) == {"signed_cookies"}

    def test_dead_cookies_are_deleted_by_the_next_request(self, client):
        post_all(client, "store", "copy", "sign_out", "send-copies")

        response = client.get(ENGINES_URL)

        deleted = {name for name, morsel in response.cookies.items() if morsel["max-age"] == 0}
        assert deleted == {COOKIES[engine] for engine in ENGINES[:4]}

    def test_question_is_settled_when_the_copies_were_sent(self, client):
        settled = []
        for action in ("store", "copy", "empty-cache", "sign_out", "send-copies"):
            post_all(client, action)
            settled.append(bool(soup_of(client.get(ENGINES_URL)).select(SETTLED)))

        assert settled == [False] * 4 + [True]

    def test_large_session_makes_a_cookie_that_no_browser_takes(self, client):
        response = post_all(client, "grow")

        cookie = response.cookies[COOKIES["signed_cookies"]]
        assert len(cookie.key + cookie.value) > 4096
        assert {len(response.cookies[COOKIES[engine]].value) for engine in ENGINES[:4]} == {32}

    @pytest.mark.parametrize(
        "value", ["../../etc/passwd", "a" * 32, "A" * 300, "x:y:z" * 3, "\xff\xfe", "a b", '"' * 9]
    )
    def test_made_up_cookies_do_no_harm(self, client, value):
        for action in ["store", "empty-cache", "sign_out"]:
            client.cookies = SimpleCookie(dict.fromkeys(COOKIES.values(), value))
            post_all(client, action)
        for action in ["copy", "send-copies"]:
            client.cookies.update(SimpleCookie(dict.fromkeys(COOKIES.values(), value)))
            assert client.post(f"{ENGINES_URL}{action}/").status_code in (302, 400)
        client.cookies = SimpleCookie(dict.fromkeys(COOKIES.values(), value))
        assert client.get(ENGINES_URL).status_code == 200

    @pytest.mark.parametrize("action", ["copy", "send-copies"])
    def test_no_cookies_to_copy_or_send_is_a_page_with_a_way_back(self, client, action):
        response = client.post(f"{ENGINES_URL}{action}/")

        assert response.status_code == 400
        assert soup_of(response).select_one(f'main a[href="{ENGINES_URL}"]')
        assert not Session.objects.exists()

    def test_start_over_deletes_the_five_cookies(self, client):
        post_all(client, "store")

        response = client.post("/start-over/")

        lines = [morsel.OutputString() for morsel in response.cookies.values()]
        for name in COOKIES.values():
            assert (
                f'{name}=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path={COOKIE_PATH}'
            ) in lines

    @pytest.mark.parametrize("data", [{}, {"action": "explode"}])
    def test_refuses_other_actions(self, client, data):
        response = client.post(ENGINES_URL, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")

    @pytest.mark.parametrize("action", ["copy", "send-copies", "empty-cache", "save-slowly"])
    def test_side_doors_open_by_post_only(self, client, action):
        assert client.get(f"{ENGINES_URL}{action}/").status_code == 405


def test_who_ends_a_session_in_time():
    """As the page says: `file` forgets about seconds, and `signed_cookies` about any end."""
    ends = {"seconds": 1, "moment": timezone.timedelta(seconds=1)}
    keys = {}
    for engine in ENGINES:
        for name, end in ends.items():
            session = store_of(engine)()
            session["visits"] = 1
            session.set_expiry(end)
            session.save()
            keys[engine, name] = session.session_key
    time.sleep(1.1)

    still_open = {
        (engine, name) for (engine, name), key in keys.items() if "visits" in store_of(engine)(key)
    }

    assert still_open == {
        ("file", "seconds"),
        ("signed_cookies", "seconds"),
        ("signed_cookies", "moment"),
    }


class TestOvertakenSave:
    """A saves slowly in five sessions; meanwhile B, the same browser, signs out of them."""

    SLOW = reverse("sessions_demo:save_five_slowly")

    @pytest.fixture
    def meanwhile(self, monkeypatch):
        """Call what is put into this list while a request waits, and do not wait otherwise."""
        calls = []
        monkeypatch.setattr(timeline.time, "sleep", lambda seconds: calls and calls.pop()())
        return calls

    def save_slowly(self, client):
        response = client.post(self.SLOW)
        assert response.status_code == 302
        assert response.url == ENGINES_URL
        return response

    def test_only_signed_cookies_brings_the_session_back(self, client, meanwhile):
        post_all(client, "store")
        keys = [client.cookies[name].value for name in COOKIES.values()]
        other = Client()
        other.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
        meanwhile.append(lambda: post_all(other, "sign_out"))

        response = self.save_slowly(client)

        names = set(response.cookies) - {"csrftoken", "sessionid"}
        assert names == {COOKIES["signed_cookies"]}
        assert response.cookies[COOKIES["signed_cookies"]]["max-age"] == 1209600
        assert not Session.objects.filter(pk__in=keys).exists()
        assert row_of(client).get_decoded()["refused"] == list(ENGINES[:4])
        # The browser has lost the other four by B's answer.
        for engine in ENGINES[:4]:
            del client.cookies[COOKIES[engine]]
        assert table(client)["signed_cookies"][2] == "visits: 2"
        assert read_by_view(client) == {"signed_cookies"}
        shown = soup_of(client.get(ENGINES_URL)).select("[data-refused]")
        assert [engine.get_text() for engine in shown] == list(ENGINES[:4])

    def test_without_a_logout_all_five_are_saved(self, client, meanwhile):
        post_all(client, "store")

        self.save_slowly(client)

        assert {cells[2] for cells in table(client).values()} == {"visits: 2"}
        assert row_of(client).get_decoded()["refused"] == []


class TestLargeSessions:
    """They are deleted when their ten minutes are over, and nothing else is."""

    @pytest.fixture
    def large(self, client):
        post_all(client, "grow")
        Session.objects.update(expire_date=timezone.now() - timezone.timedelta(seconds=1))
        return {engine: client.cookies[COOKIES[engine]].value for engine in ENGINES[:4]}

    def file_of(self, key):
        return Path(FileStore()._key_to_file(key))

    def age(self, path, seconds):
        os.utime(path, (time.time() - seconds, time.time() - seconds))

    def test_ends_after_ten_minutes(self, client):
        response = post_all(client, "grow")

        ends = {response.cookies[name]["max-age"] for name in COOKIES.values()}
        assert ends <= {599, 600}

    def test_leaves_nothing_behind(self, client, large):
        self.age(self.file_of(large["file"]), 601)

        post_all(Client(), "store")

        assert not Session.objects.filter(pk__in=large.values()).exists()
        assert not self.file_of(large["file"]).exists()

    def test_stays_while_its_time_is_not_over(self, client):
        post_all(client, "grow")

        post_all(Client(), "store")

        assert "letters" in table(client)["db"][2]
        assert "letters" in table(client)["file"][2]

    def test_small_and_foreign_sessions_stay(self, client, large):
        post_all(client, "sign_out")
        small = SessionStore()
        small.create()
        Session.objects.update(expire_date=timezone.now() - timezone.timedelta(days=1))
        old_file = FileStore()
        old_file.create()
        foreign = self.file_of("f" * 32)
        foreign.write_text("a" * 5000 + ":b:c")
        for path in [foreign, self.file_of(old_file.session_key)]:
            self.age(path, 601)

        post_all(client, "store")

        assert Session.objects.filter(pk=small.session_key).exists()
        assert foreign.exists()
        assert self.file_of(old_file.session_key).exists()
        foreign.unlink()
