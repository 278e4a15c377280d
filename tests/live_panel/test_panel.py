"""The panel: it shows what happened, touches nothing, and tells no browser about another."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from live_panel import history
from tests.helpers import decoded, exchanges_of, fact, row_of, soup_of

pytestmark = pytest.mark.django_db

TOKEN = "a" * 32
OTHER_TOKEN = "b" * 32


@pytest.fixture
def browser(client):
    """A client that has seen a form, so that the panel can tell it from others."""
    client.get("/sessions/set/")
    return client


def refresh(client, path="/sessions/set/", tag=None, **headers):
    headers = {"Live-Panel": "refresh", **({"If-None-Match": tag} if tag else {}), **headers}
    return client.get(path, headers=headers)


class TestExchange:
    def test_first_visit_has_nothing_to_show_and_says_so(self, client):
        response = client.get("/cookies/why/")

        (exchange,) = exchanges_of(response)
        assert exchange["data-method"] == "GET"
        assert exchange["data-path"] == "/cookies/why/"
        assert exchange["data-status"] == "200"
        assert fact(exchange, "cookie-header") is None
        assert exchange.select_one('[data-panel="row-before"]').has_attr("data-absent")
        assert exchange.select_one('[data-panel="row-after"]').has_attr("data-absent")
        assert not exchange.select('[data-panel="set-cookie"]')
        assert fact(exchange, "why")

    def test_post_redirect_and_page_are_shown_newest_first(self, browser):
        page = browser.post("/sessions/set/", {"user_name": "Ada"}, follow=True)

        lines = [(e["data-method"], e["data-path"], e["data-status"]) for e in exchanges_of(page)]
        assert lines == [
            ("GET", "/sessions/set/", "200"),
            ("POST", "/sessions/set/", "302"),
            ("GET", "/sessions/set/", "200"),
        ]

    def test_shows_header_row_and_set_cookie_exactly(self, browser):
        token = browser.cookies["csrftoken"].value
        page = browser.post("/sessions/set/", {"user_name": "Ada"}, follow=True)

        row = Session.objects.get()
        get, post, _ = exchanges_of(page)
        assert fact(post, "cookie-header") == f"csrftoken={token}"
        assert post.select_one('[data-panel="row-before"]').has_attr("data-absent")
        assert fact(post, "row-after", "session-key") == row.session_key
        assert fact(post, "row-after", "session-data") == row.session_data
        assert fact(post, "row-after", "expire-date") == row.expire_date.isoformat(sep=" ")
        assert decoded(post, "row-after") == {"user_name": "Ada", "login_count": 1}
        (line,) = post.select('[data-panel="set-cookie"]')
        assert re.fullmatch(
            rf"sessionid={row.session_key}; expires=\w{{3}}, \d\d \w{{3}} \d{{4}} [\d:]{{8}} GMT;"
            " HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax",
            line.get_text(),
        )
        assert fact(get, "cookie-header") == f"csrftoken={token}; sessionid={row.session_key}"
        assert fact(get, "row-before", "session-key") == row.session_key

    def test_marks_added_changed_and_removed(self, browser):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        browser.post("/sessions/update/")
        page = browser.post("/sessions/clear/", {"how": "pop"}, follow=True)

        posts = [e for e in exchanges_of(page) if e["data-method"] == "POST"]
        popped, updated, stored = posts
        assert len(stored.select('[data-panel="row-after"] .lp-item.lp-added')) == 2
        assert len(updated.select('[data-panel="row-after"] .lp-item.lp-changed')) == 1
        assert len(popped.select('[data-panel="row-before"] .lp-item.lp-removed')) == 1
        assert not popped.select('[data-panel="row-after"] .lp-item.lp-added')
        assert decoded(popped, "row-before") == {"user_name": "Ada", "login_count": 2}
        assert decoded(popped, "row-after") == {"login_count": 2}

    def test_flush_shows_the_row_before_and_none_after(self, browser):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        page = browser.post("/sessions/clear/", {"how": "flush"}, follow=True)

        get, post, *_ = exchanges_of(page)
        assert decoded(post, "row-before") == {"user_name": "Ada", "login_count": 1}
        assert post.select_one('[data-panel="row-after"]').has_attr("data-absent")
        assert 'sessionid=""' in post.select_one('[data-panel="set-cookie"]').get_text()
        # Django's test client goes on sending a deleted cookie, without a value.
        assert fact(get, "cookie-header").endswith('sessionid=""')

    def test_row_without_a_cookie_is_still_shown_where_it_was_orphaned(self, browser):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        page = browser.post("/sessions/clear/", {"how": "cookie"}, follow=True)

        get, post, *_ = exchanges_of(page)
        assert decoded(post, "row-after") == {"user_name": "Ada", "login_count": 1}
        assert get.select_one('[data-panel="row-before"]').has_attr("data-absent")
        assert soup_of(page).select_one('[data-now] [data-panel="row"]').has_attr("data-absent")

    def test_rotated_key_shows_both_keys(self, browser, settings, rf):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        old = row_of(browser).session_key
        settings.ROOT_URLCONF = "tests.urls"

        page = browser.post("/rotate/", follow=True)

        post = exchanges_of(page)[1]
        new = row_of(browser).session_key
        assert new != old
        assert fact(post, "row-before", "session-key") == old
        assert fact(post, "row-after", "session-key") == new
        assert decoded(post, "row-before") == decoded(post, "row-after")

    def test_expired_row_is_shown_as_lying_there(self, browser):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

        page = browser.get("/sessions/get/")

        exchange = exchanges_of(page)[0]
        assert decoded(exchange, "row-after") == {"user_name": "Ada", "login_count": 1}
        lines = [line.get_text() for line in exchange.select('[data-panel="set-cookie"]')]
        assert any(line.startswith('sessionid="";') for line in lines)

    def test_row_with_a_broken_signature_is_shown_and_not_decoded(self, browser):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        data = row_of(browser).session_data[:-1] + "!"
        Session.objects.update(session_data=data)

        page = browser.get("/cookies/why/")

        exchange = exchanges_of(page)[0]
        assert fact(exchange, "row-after", "session-data") == data
        assert fact(exchange, "row-after", "session-decoded") is None

    @pytest.mark.parametrize(
        ("path", "status"), [("/nowhere/", 404), ("/sessions/set", 301), ("/boom/", 500)]
    )
    def test_every_kind_of_answer_is_recorded(self, browser, settings, path, status):
        settings.ROOT_URLCONF = "tests.urls"
        browser.raise_request_exception = False

        assert browser.get(path).status_code == status

        exchange = exchanges_of(browser.get("/sessions/set/"))[1]
        assert (exchange["data-path"], exchange["data-status"]) == (path, str(status))

    def test_server_error_saves_nothing_and_the_panel_knows(self, browser, settings):
        settings.ROOT_URLCONF = "tests.urls"
        browser.raise_request_exception = False

        browser.post("/boom/")

        exchange = exchanges_of(browser.get("/sessions/set/"))[1]
        assert exchange.select_one('[data-panel="row-after"]').has_attr("data-absent")
        assert "server error" in fact(exchange, "why")

    def test_set_cookie_given_as_a_header_is_shown_too(self, browser, settings):
        settings.ROOT_URLCONF = "tests.urls"
        browser.get("/header-cookie/")

        exchange = exchanges_of(browser.get("/sessions/set/"))[1]
        lines = [line.get_text() for line in exchange.select('[data-panel="set-cookie"]')]
        assert lines == ["by_hand=1; Path=/x", "by_call=2; Path=/"]


class TestNow:
    def test_shows_what_the_browser_sends_and_what_it_opens(self, browser):
        page = browser.post("/sessions/set/", {"user_name": "Ada"}, follow=True)

        now = soup_of(page).select_one("[data-now]")
        row = Session.objects.get()
        token = browser.cookies["csrftoken"].value
        assert fact(now, "cookie-header") == f"csrftoken={token}; sessionid={row.session_key}"
        assert fact(now, "row", "session-key") == row.session_key
        assert decoded(now, "row") == {"user_name": "Ada", "login_count": 1}

    def test_marks_what_the_last_click_changed(self, browser):
        page = browser.post("/sessions/set/", {"user_name": "Ada"}, follow=True)

        now = soup_of(page).select_one("[data-now]")
        assert len(now.select(".lp-item.lp-added")) == 2
        assert [pair.get_text()[:9] for pair in now.select(".lp-pair.lp-added")] == ["sessionid"]


class TestWatchingWithoutTouching:
    def test_adds_no_vary_cookie_or_row(self, client, settings):
        page = client.get("/cookies/why/")
        settings.LIVE_PANEL = False
        bare = Client().get("/cookies/why/")

        assert not page.cookies
        assert not Session.objects.exists()
        assert page.get("Vary") == bare.get("Vary")
        assert "Vary" not in page

    def test_does_not_delete_a_stale_session_cookie(self, client):
        client.cookies["sessionid"] = "a" * 32

        assert not client.get("/cookies/why/").cookies

    def test_corrects_the_content_length(self, client):
        page = client.get("/sessions/get/")

        assert page["Content-Length"] == str(len(page.content))

    def test_forbids_caches_to_keep_the_page(self, client):
        assert client.get("/cookies/why/")["Cache-Control"] == "no-store, private"

    @pytest.mark.parametrize("path", ["/static/css/site.css", "/favicon.ico"])
    def test_does_not_record_what_browsers_fetch_by_themselves(self, browser, path):
        before = len(exchanges_of(browser.get("/sessions/set/")))
        response = browser.get(path)
        response.close()

        assert len(exchanges_of(browser.get("/sessions/set/"))) == before + 1

    def test_costs_two_queries(self, browser, django_assert_num_queries):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        with django_assert_num_queries(2) as queries:
            browser.get("/cookies/why/")

        for query in queries:
            assert re.search(r'WHERE "django_session"."session_key" IN \(', query["sql"])


class TestWhereItCannotShow:
    @pytest.mark.parametrize("path", ["/stream/", "/plain/", "/compressed/"])
    def test_leaves_other_answers_alone(self, client, settings, path):
        settings.ROOT_URLCONF = "tests.urls"

        response = client.get(path)

        assert response.status_code == 200
        assert b"".join(response) == b"<!-- live_panel: is ExchangeRecorder in MIDDLEWARE? -->"

    @pytest.mark.parametrize("error", [OperationalError("no file"), RuntimeError("no such app")])
    def test_store_that_does_not_answer(self, client, monkeypatch, error):
        def fail(keys):
            raise error

        monkeypatch.setattr("live_panel.stores.read", fail)

        page = client.get("/cookies/why/")

        assert page.status_code == 200
        note = exchanges_of(page)[0].select_one(".lp-note").get_text()
        assert type(error).__name__ in note
        assert fact(exchanges_of(page)[0], "why")

    def test_cache_that_lost_the_history(self, browser):
        cache.clear()

        page = browser.get("/sessions/set/")

        assert page.status_code == 200
        assert len(exchanges_of(page)) == 1


class TestRefresh:
    def test_answers_with_both_parts_and_then_with_nothing_new(self, browser):
        first = refresh(browser)
        again = refresh(browser, tag=first["ETag"])

        assert first.status_code == 200
        assert soup_of(first).select_one("[data-now]")
        assert exchanges_of(first)
        assert again.status_code == 304
        assert not again.content

    def test_page_knows_the_tag_of_what_it_shows(self, browser):
        page = browser.get("/sessions/set/")

        tag = soup_of(page).find(id="live-panel")["data-tag"]
        assert refresh(browser, tag=tag).status_code == 304

    def test_sees_a_row_that_changed_elsewhere(self, browser):
        browser.post("/sessions/set/", {"user_name": "Ada"})
        tag = refresh(browser)["ETag"]
        store = SessionStore(row_of(browser).session_key)
        store["user_name"] = "Grace"
        store.save()

        answer = refresh(browser, tag=tag)

        assert answer.status_code == 200
        now = soup_of(answer).select_one("[data-now]")
        assert decoded(now, "row")["user_name"] == "Grace"
        assert now.select(".lp-item.lp-changed, .lp-item.lp-added")

    def test_sees_a_cookie_that_changed_in_the_browser(self, browser):
        tag = refresh(browser)["ETag"]
        browser.cookies["typed"] = "in"

        answer = refresh(browser, tag=tag)

        assert answer.status_code == 200
        assert "typed=in" in fact(soup_of(answer).select_one("[data-now]"), "cookie-header")

    def test_runs_no_view_and_is_not_recorded(self, browser, settings):
        settings.ROOT_URLCONF = "tests.urls"

        assert refresh(browser, "/boom/").status_code == 200

        paths = [e["data-path"] for e in exchanges_of(browser.get("/sessions/set/"))]
        assert "/boom/" not in paths

    def test_sets_no_cookie_and_no_vary(self, browser):
        browser.post("/sessions/set/", {"user_name": "Ada"})

        answer = refresh(browser)

        assert not answer.cookies
        assert "Vary" not in answer
        assert answer["Cache-Control"] == "no-store, private"

    def test_without_a_history_leaves_the_exchange_of_the_page(self, client):
        answer = refresh(client, "/cookies/why/")

        assert answer.status_code == 200
        assert soup_of(answer).select_one("[data-now]")
        assert not exchanges_of(answer)


class TestHistory:
    def test_keeps_the_last_twenty(self, browser):
        for number in range(25):
            browser.get(f"/nowhere/{number}/")

        page = browser.get("/sessions/set/")

        exchanges = exchanges_of(page)
        assert len(exchanges) == 20
        assert exchanges[1]["data-path"] == "/nowhere/24/"
        assert exchanges[-1]["data-path"] == "/nowhere/6/"

    def test_browser_without_csrftoken_sees_only_the_exchange_in_hand(self, client):
        client.get("/cookies/why/")

        assert len(exchanges_of(client.get("/cookies/why/"))) == 1

    def test_moves_along_when_csrftoken_rotates(self, browser, settings):
        settings.ROOT_URLCONF = "tests.urls"
        browser.get("/nowhere/")
        old = browser.cookies["csrftoken"].value

        page = browser.post("/rotate-csrf/", follow=True)

        assert browser.cookies["csrftoken"].value != old
        paths = [e["data-path"] for e in exchanges_of(page)]
        assert "/nowhere/" in paths
        browser.cookies["csrftoken"] = old
        paths = [e["data-path"] for e in exchanges_of(browser.get("/cookies/why/"))]
        assert paths == ["/cookies/why/"]

    def test_another_browser_sees_none_of_it(self, browser):
        browser.post("/sessions/set/", {"user_name": "secret-of-ada"})
        other = Client()

        pages = [other.get("/sessions/set/"), other.get("/sessions/set/"), refresh(other)]

        key = row_of(browser).session_key
        for page in pages:
            assert key.encode() not in page.content
            assert b"secret-of-ada" not in page.content

    @pytest.mark.parametrize("token", ["", "x", "*" * 32, "a" * 33, "a" * 31, "é" * 32])
    def test_cookie_that_django_would_refuse_identifies_nobody(self, rf, token):
        assert history.browser_of(rf.get("/", headers={"cookie": f"csrftoken={token}"})) is None
        one, other = Client(), Client()
        for client in (one, other):
            client.cookies["csrftoken"] = token
        one.post("/sessions/why/")

        assert len(exchanges_of(other.get("/cookies/why/"))) == 1

    def test_parallel_requests_lose_nothing(self, rf):
        from concurrent.futures import ThreadPoolExecutor

        request = rf.get("/", headers={"cookie": f"csrftoken={TOKEN}"})
        browser = history.browser_of(request)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: history.append(browser, n), range(20)))

        assert sorted(history.recent(browser)) == list(range(20))
        assert history.length(browser) == 20

    def test_lies_in_the_cache_under_a_hash(self, browser):
        token = browser.cookies["csrftoken"].value

        assert not [key for key in cache._cache if token in key]
        assert [key for key in cache._cache if history.PREFIX in key]

    def test_forgetting_leaves_nothing(self, rf, browser):
        request = rf.get("/", headers={"cookie": f"csrftoken={browser.cookies['csrftoken'].value}"})

        history.forget(request)

        assert not [key for key in cache._cache if history.PREFIX in key]


class TestHostileText:
    VALUES = [
        '"><script>alert(1)</script>',
        "</textarea></pre><!--",
        "&lt;b&gt;",
        "{{ 7*7 }}{% debug %}",
        "' onmouseover='alert(1)",
        r"\074script\076",
    ]

    @pytest.mark.parametrize("value", VALUES)
    def test_cookie_is_shown_as_text(self, client, value):
        header = f"<i>a</i>={value}; sessionid={value}; csrftoken={TOKEN}"

        page = client.get("/cookies/why/", headers={"cookie": header})

        assert page.status_code == 200
        shown = exchanges_of(page)[0]
        assert fact(shown, "cookie-header") == header
        assert not shown.find_all(["i", "script"])

    @pytest.mark.parametrize("value", [*VALUES, "\u202egpj.exe", "nul\0", "a\nb", "🍪", "\ud800"])
    def test_session_value_is_shown_as_text(self, browser, value):
        store = SessionStore()
        store["<key>"] = value
        store.save()
        browser.cookies["sessionid"] = store.session_key

        page = browser.get("/cookies/why/")

        assert page.status_code == 200
        assert decoded(exchanges_of(page)[0], "row-after") == {"<key>": value}
        assert not soup_of(page).find("key")

    @pytest.mark.parametrize("data", ["<b>no parts</b>", "<b>:<i>:</textarea>"])
    def test_garbled_row_is_shown_as_text(self, browser, data):
        browser.post("/sessions/why/")
        Session.objects.update(session_data=data)

        exchange = exchanges_of(browser.get("/cookies/why/"))[0]

        assert fact(exchange, "row-after", "session-data") == data
        assert not exchange.select('[data-panel="session-data"] :is(b, i)')

    def test_bytes_are_shown_as_bytes(self, client):
        page = client.get("/cookies/why/", headers={"cookie": "a=\xff\x01\x7fé"})

        assert fact(exchanges_of(page)[0], "cookie-header") == r"a=\xff\x01\x7f\xe9"

    def test_path_query_and_location_are_shown_as_text(self, browser):
        browser.get("/<b>/?<i>")

        exchange = exchanges_of(browser.get("/sessions/set/"))[1]
        assert exchange["data-path"] == "/<b>/"
        assert not exchange.find_all(["b", "i"])


def test_csrf_cookie_is_hidden_from_scripts(client):
    morsel = client.get("/sessions/set/").cookies["csrftoken"]

    assert morsel["httponly"]
    assert settings.CSRF_COOKIE_HTTPONLY
