"""Where and in which form sessions are kept, what that costs, and what fits into one."""

import json
from http.cookies import SimpleCookie

import pytest
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from sessions_demo.costs import cost_of, leave_alone, save_untouched
from sessions_demo.engines import COOKIE_PATH, COOKIES, ENGINES
from tests.helpers import cookie_line, row_of, soup_of

DATA = "/sessions/data/"
ENGINES_URL = "/sessions/engines/"
COST = "/sessions/cost/"
JSON = "/sessions/json/"

pytestmark = pytest.mark.django_db


def text_of(page, selector):
    found = page.select_one(selector)
    return found and found.get_text()


class TestSessionData:
    @pytest.fixture
    def stored(self, client):
        client.post(DATA, {"action": "store"})
        return client

    def readings(self, client):
        page = soup_of(client.get(DATA))
        names = ("without_key", "with_key", "with_fallback")
        return [text_of(page, f'[data-reading="{name}"]') for name in names]

    def test_parts_are_those_of_the_row(self, stored):
        page = soup_of(stored.get(DATA))

        parts = [part.get_text() for part in page.select("#three-parts [data-part]")]
        assert len(parts) == 3
        assert ":".join(parts) == row_of(stored).session_data

    def test_own_row_reads_in_all_three_ways(self, stored):
        without_key, with_key, with_fallback = self.readings(stored)

        assert json.loads(without_key) == {"user_name": "Ada"}
        assert with_key == with_fallback == "{'user_name': 'Ada'}"

    @pytest.mark.parametrize("times", [1, 2])
    def test_row_signed_with_the_old_key_reads_with_the_fallback_only(self, stored, times):
        for _ in range(times):
            response = stored.post(DATA, {"action": "old_key"})
            assert response.status_code == 302

        without_key, with_key, with_fallback = self.readings(stored)
        assert json.loads(without_key) == {"user_name": "Ada"}
        assert with_key == "{}"
        assert with_fallback == "{'user_name': 'Ada'}"
        assert dict(stored.session) == {}

    def test_saving_again_signs_with_the_key_of_today(self, stored):
        stored.post(DATA, {"action": "old_key"})

        response = stored.post(DATA, {"action": "new_key"})

        assert response.status_code == 302
        assert row_of(stored).get_decoded() == {"user_name": "Ada"}

    @pytest.mark.parametrize("data", ["", "no colons", "a:b:c", ".eJw:1:2"])
    def test_row_that_is_no_session_data_is_shown(self, stored, data):
        Session.objects.update(session_data=data)

        assert self.readings(stored)[1:] == ["{}", "{}"]

    @pytest.mark.parametrize("data", [{}, {"action": "old_key"}, {"action": "new_key"}])
    def test_refuses_other_actions_and_signing_nothing(self, client, data):
        response = client.post(DATA, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")


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


class TestSessionCost:
    def test_queries_and_bytes_of_each_request(self, client):
        client.post(COST, {"action": "requests"})

        costs = row_of(client).get_decoded()["request_costs"]
        assert [(cost["view"], cost["queries"]) for cost in costs] == [
            ("change", ["SELECT", "INSERT"]),
            ("leave_alone", []),
            ("read", ["SELECT"]),
            ("change", ["SELECT", "UPDATE"]),
            ("save_untouched", ["SELECT", "UPDATE"]),
        ]
        assert [cost["cookie"] for cost in costs] == [0, 42, 42, 42, 42]
        assert [cost["set_cookie"] > 0 for cost in costs] == [True, False, False, True, True]
        assert len(soup_of(client.get(COST)).select("#queries tbody tr")) == 5
        assert Session.objects.get() == row_of(client)

    def test_view_that_saves_untouched_costs_what_the_setting_costs(self, client, settings):
        client.post(COST, {"action": "requests"})
        key = row_of(client).pk
        by_view = cost_of(save_untouched, key)
        settings.SESSION_SAVE_EVERY_REQUEST = True

        by_setting = cost_of(leave_alone, key)

        assert by_setting["queries"] == by_view["queries"] == ["SELECT", "UPDATE"]
        assert by_setting["set_cookie"] == by_view["set_cookie"] > 0

    def test_rows_grow_and_are_gone_afterward(self, client):
        client.post(COST, {"action": "sizes"})

        small, middle, large = row_of(client).get_decoded()["size_costs"]
        assert small["row"] > 1000
        assert middle["row"] > 10_000
        assert large["row"] > 100_000
        assert all(cost[act] > 0 for cost in (small, middle, large) for act in ("load", "save"))
        assert Session.objects.get() == row_of(client)

    def test_own_session_stays_small_and_forgets(self, client):
        client.post(COST, {"action": "requests"})
        client.post(COST, {"action": "sizes"})
        assert len(row_of(client).session_data) < 2000

        response = client.post(COST, {"action": "forget"})

        assert response.status_code == 302
        assert row_of(client).get_decoded() == {}

    def test_refuses_other_actions(self, client):
        response = client.post(COST, {"action": "9999"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")


class TestJsonRule:
    def test_datetime_fails_where_it_is_saved(self, client):
        response = client.post(JSON, {"store": "datetime"})

        assert response.status_code == 302
        failure = row_of(client).get_decoded()["failure"]
        assert failure["error"] == "TypeError: Object of type datetime is not JSON serializable"
        files = [file for file, line in failure["places"]]
        assert files.index("sessions/middleware.py") < files.index("core/signing.py")
        assert not [file for file in files if "sessions_demo" in file]
        assert text_of(soup_of(client.get(JSON)), "[data-failure]") == failure["error"]

    def test_failed_session_leaves_no_row(self, client):
        client.post(JSON, {"store": "datetime"})

        assert Session.objects.get() == row_of(client)

    def test_text_is_stored(self, client):
        client.post(JSON, {"store": "text"})

        assert row_of(client).get_decoded()["moment"].endswith("+00:00")

    def test_number_as_key_comes_back_as_text_and_never_counts(self, client):
        client.post(JSON, {"store": "number_key"})
        client.post(JSON, {"store": "number_key"})

        page = soup_of(client.get(JSON))

        assert text_of(page, '[data-apples="written"]') == "{'1': 1, 1: 1}"
        assert text_of(page, '[data-apples="read"]') == "{'1': 1}"

    def test_text_as_key_counts(self, client):
        for _ in range(3):
            client.post(JSON, {"store": "text_key"})

        assert row_of(client).get_decoded()["apples"] == {"1": 3}

    def test_refuses_other_values(self, client):
        response = client.post(JSON, {"store": "pickle"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
