"""Where sessions are kept."""

from http.cookies import SimpleCookie

import pytest
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from sessions_demo.apparatus.engines import COOKIE_PATH, COOKIES, ENGINES
from tests.helpers import cookie_line, soup_of

ENGINES_URL = "/sessions/engines/"
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

    def test_large_session_makes_a_cookie_that_no_browser_takes(self, client):
        response = post_all(client, "grow")

        cookie = response.cookies[COOKIES["signed_cookies"]]
        assert len(cookie.key + cookie.value) > 4096
        assert {len(response.cookies[COOKIES[engine]].value) for engine in ENGINES[:4]} == {32}

    @pytest.mark.parametrize(
        "value", ["../../etc/passwd", "a" * 32, "A" * 300, "x:y:z" * 3, "\xff\xfe", "a b", '"' * 9]
    )
    def test_made_up_cookies_do_no_harm(self, client, value):
        for action in ["store", "copy", "empty-cache", "sign_out", "send-copies"]:
            client.cookies = SimpleCookie(dict.fromkeys(COOKIES.values(), value))
            post_all(client, action)
        client.cookies = SimpleCookie(dict.fromkeys(COOKIES.values(), value))
        assert client.get(ENGINES_URL).status_code == 200

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

    @pytest.mark.parametrize("action", ["copy", "send-copies", "empty-cache"])
    def test_side_doors_open_by_post_only(self, client, action):
        assert client.get(f"{ENGINES_URL}{action}/").status_code == 405
