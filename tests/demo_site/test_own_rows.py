"""The page that lists a browser's own rows in django_session, and never another's."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from live_panel import history
from tests.helpers import exchanges_of, headline_of, soup_of
from tests.live_panel.conftest import Browser

ROWS = reverse("sessions_demo:own_rows")
SET = reverse("sessions_demo:set_session")
CLEAR = reverse("sessions_demo:clear_session")
HOME, ELSEWHERE = "192.0.2.1", "203.0.113.9"
TOKEN = "t" * 32
NAME = "Tulip"

pytestmark = pytest.mark.django_db


def a_browser(address=HOME, **cookies):
    client = Browser(REMOTE_ADDR=address)
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


@pytest.fixture
def browser():
    """A browser as it is after its first visit to a page with a form."""
    client = a_browser()
    client.get(SET)
    return client


def key_of(client):
    return client.cookies["sessionid"].value


def store(client):
    """Store a name in the session. Return its key."""
    client.post(SET, {"user_name": NAME})
    return key_of(client)


def leave(client):
    """Make a row, and take the cookie back. Return its key."""
    key = store(client)
    client.post(CLEAR, {"how": "cookie"})
    assert "sessionid" not in client.cookies
    return key


def expire(key):
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))


def a_row(client, data):
    """Give a browser a session with this data. Return its key."""
    session = SessionStore()
    session.update(data)
    session.create()
    client.cookies["sessionid"] = session.session_key
    client.get(reverse("sessions_demo:get_session"))
    return session.session_key


def lines(response):
    """Return pairs of state and beginning of key, as the page lists them."""
    page = soup_of(response)
    rows = page.select("#own-rows tbody tr")
    assert bool(rows) != bool(page.select("[data-none]"))
    return [(row["data-row"], row.select_one("[data-beginning]").get_text()) for row in rows]


def line(response, key):
    """Return the line of the row with this key."""
    (found,) = [
        row
        for row in soup_of(response).select("#own-rows tbody tr")
        if row.select_one("[data-beginning]").get_text() == key[:4]
    ]
    return found


def texts(element, selector):
    return [found.get_text() for found in element.select(selector)]


class TestStates:
    def test_of_a_stranger(self):
        response = a_browser().get(ROWS)

        assert lines(response) == []
        assert soup_of(response).select_one("[data-none] a")["href"] == SET

    def test_open(self, browser):
        key = store(browser)

        response = browser.get(ROWS)

        assert lines(response) == [("open", key[:4])]
        row = Session.objects.get(pk=key)
        shown = line(response, key)
        assert texts(shown, "[data-item]") == [f'user_name: "{NAME}"', "login_count: 1"]
        assert texts(shown, "[data-bytes]") == [str(len(row.session_data))]
        assert texts(shown, "[data-expires]") == [f"{row.expire_date:%Y-%m-%d %H:%M:%S}"]
        assert texts(shown, "[data-made] code") == [f"POST {SET}"]

    def test_left_behind(self, browser):
        key = leave(browser)

        response = browser.get(ROWS)

        assert lines(response) == [("left", key[:4])]
        shown = line(response, key)
        assert texts(shown, "[data-name]") == ["user_name", "login_count"]
        assert not shown.select("[data-item]")
        assert NAME not in shown.get_text()

    def test_open_again_when_the_key_is_put_back(self, browser):
        key, other = leave(browser), leave(browser)
        browser.cookies["sessionid"] = key

        for _ in range(2):
            response = browser.get(ROWS)
            assert lines(response) == [("left", other[:4]), ("open", key[:4])]
            assert texts(line(response, key), "[data-made] code") == [f"POST {SET}"]

    def test_deleted(self, browser):
        key = store(browser)
        browser.post(CLEAR, {"how": "flush"})

        response = browser.get(ROWS)

        assert lines(response) == [("deleted", key[:4])]
        shown = line(response, key)
        assert "deleted" in shown.get_text()
        assert not shown.select("[data-item], [data-name], [data-bytes], [data-expires]")

    @pytest.mark.parametrize("has_cookie", [True, False])
    def test_expired(self, browser, has_cookie):
        """Its key opens nothing, so its values stay unseen even if the cookie is still there."""
        key = store(browser)
        if not has_cookie:
            browser.post(CLEAR, {"how": "cookie"})
        expire(key)

        response = browser.get(ROWS)

        assert lines(response) == [("expired", key[:4])]
        assert texts(line(response, key), "[data-name]") == ["user_name", "login_count"]
        assert not line(response, key).select("[data-item]")

    def test_newest_first(self, browser):
        left, expired, deleted = leave(browser), leave(browser), store(browser)
        expire(expired)
        browser.post(CLEAR, {"how": "flush"})
        opened = store(browser)

        assert lines(browser.get(ROWS)) == [
            ("open", opened[:4]),
            ("deleted", deleted[:4]),
            ("expired", expired[:4]),
            ("left", left[:4]),
        ]

    def test_a_row_from_before_the_history(self, browser):
        """The server was started again, for example."""
        key = store(browser)
        history.memory.clear()

        for _ in range(2):
            response = browser.get(ROWS)
            assert lines(response) == [("open", key[:4])]
            assert not line(response, key).select("[data-made] code")

    def test_twenty_at_most(self, browser):
        keys = [leave(browser) for _ in range(21)]
        known = history.MAX_KEYS

        assert lines(browser.get(ROWS)) == [("left", key[:4]) for key in keys[:0:-1]]
        browser.cookies["sessionid"] = keys[0]
        shown = lines(browser.get(ROWS))

        assert known == len(shown) == 20
        assert shown[0] == ("open", keys[0][:4])

    def test_a_row_that_django_cannot_read(self, browser):
        key = store(browser)
        Session.objects.filter(pk=key).update(session_data="x" * 50)

        response = browser.get(ROWS)

        assert lines(response) == [("open", key[:4])]
        assert texts(line(response, key), "[data-bytes]") == ["50"]
        assert not line(response, key).select("[data-item]")

    def test_a_large_row_is_cut(self, browser):
        key = a_row(browser, {f"name {number}": "x" * 50_000 for number in range(30)})

        response = browser.get(ROWS)
        opened = line(response, key)
        browser.cookies.pop("sessionid")
        store(browser)
        browser.cookies["sessionid"] = key
        browser.post(CLEAR, {"how": "cookie"})
        left = line(browser.get(ROWS), key)

        assert len(opened.select("[data-item]")) == len(left.select("[data-name]")) == 12
        assert len(opened.get_text()) < 5000
        assert "18" in opened.get_text()
        assert "18" in left.get_text()


class TestItOnlyLooks:
    def test_no_cookie_no_form_and_no_session_touched(self, browser):
        leave(browser)
        key = store(browser)
        before = list(Session.objects.order_by("pk").values())

        response = browser.get(ROWS)

        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert not soup_of(response).select("main form, main input")
        assert list(Session.objects.order_by("pk").values()) == before
        assert not response.wsgi_request.session.accessed
        assert headline_of(response)[0] == "untouched"
        (exchange,) = exchanges_of(response)
        assert exchange["data-path"] == ROWS
        assert key_of(browser) == key

    def test_of_a_stranger_neither(self):
        client = a_browser()

        response = client.get(ROWS)

        assert not response.cookies
        assert not client.cookies

    def test_a_cookie_that_opens_nothing_is_left_alone(self):
        response = a_browser(sessionid="x" * 32).get(ROWS)

        assert not response.cookies

    def test_only_looking_is_allowed(self, browser):
        assert browser.head(ROWS).status_code == 200
        for method in ("post", "put", "delete"):
            assert getattr(browser, method)(ROWS).status_code == 405

    def test_nobody_may_keep_it(self, browser):
        store(browser)

        assert browser.get(ROWS)["Cache-Control"] == "no-store, private"

    def test_sql_is_what_ran(self, browser):
        keys = sorted([leave(browser), store(browser)])
        ran = []

        def note(execute, sql, params, many, context):
            ran.append((sql, list(params)))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = browser.get(ROWS)

        (shown,) = texts(soup_of(response), "[data-sql]")
        shown = " ".join(shown.split())
        beginnings = ", ".join(f"'{key[:4]}…'" for key in keys)
        assert shown.endswith(f"IN ({beginnings})")
        assert "FROM" in shown
        sql = shown.replace(beginnings, ", ".join(["%s"] * len(keys)))
        assert (sql, keys) in ran

    @pytest.mark.parametrize("key", ["", "x" * 7, "x" * 32])
    def test_no_sql_without_what_could_be_a_key(self, key):
        page = soup_of(a_browser(sessionid=key).get(ROWS))

        assert bool(page.select("[data-sql]")) == (len(key) == 32)

    def test_no_key_is_among_the_queries_that_django_logs(self, browser):
        """The debug toolbar shows those, and so would hand out what the page cuts short."""
        key = leave(browser)

        with CaptureQueriesContext(connection) as queries:
            response = browser.get(ROWS)

        assert lines(response) == [("left", key[:4])]
        assert key not in repr(queries.captured_queries)


class TestNobodyElse:
    def test_another_browser_sees_no_line(self, browser):
        leave(browser)
        store(browser)
        for address in (HOME, ELSEWHERE):
            other = a_browser(address)
            other.get(SET)
            assert lines(other.get(ROWS)) == []
            key = store(other)
            assert lines(other.get(ROWS)) == [("open", key[:4])]

        assert len(lines(browser.get(ROWS))) == 2

    def test_a_planted_token_from_another_address(self):
        victim = a_browser(csrftoken=TOKEN)
        leave(victim)

        assert lines(a_browser(ELSEWHERE, csrftoken=TOKEN).get(ROWS)) == []
        assert len(lines(victim.get(ROWS))) == 1

    def test_a_planted_token_while_the_victim_has_a_session(self):
        victim = a_browser(csrftoken=TOKEN)
        left = leave(victim)
        key = store(victim)
        for address in (HOME, ELSEWHERE):
            for made_up in ({}, {"sessionid": "x" * 32}, {"sessionid": left[::-1]}):
                thief = a_browser(address, csrftoken=TOKEN, **made_up)
                assert lines(thief.get(ROWS)) == []

        assert lines(victim.get(ROWS)) == [("open", key[:4]), ("left", left[:4])]

    def test_a_planted_token_from_the_same_address_opens_nothing(self):
        """The token and the address are all by which a browser without a session is known."""
        victim = a_browser(csrftoken=TOKEN)
        keys = [leave(victim), leave(victim)]
        expire(keys[0])
        thief = a_browser(csrftoken=TOKEN)

        pages = [thief.get(ROWS)]
        own = store(thief)
        pages.append(thief.get(ROWS))

        assert lines(pages[0]) == [("left", keys[1][:4]), ("expired", keys[0][:4])]
        assert lines(pages[1])[0] == ("open", own[:4])
        for page in pages:
            text = page.content.decode() + re.sub("<[^>]*>", "", page.content.decode())
            for key in keys:
                assert key[:5] not in text
                assert NAME not in line(page, key).get_text()
        assert NAME not in pages[0].content.decode()

    def test_a_key_that_opens_nothing_adds_nothing(self, browser):
        other = a_browser()
        other.get(SET)
        deleted = store(other)
        other.post(CLEAR, {"how": "flush"})
        for key in ("x" * 32, deleted):
            browser.cookies["sessionid"] = key
            for path in (ROWS, SET, reverse("sessions_demo:get_session"), ROWS):
                browser.cookies["sessionid"] = key
                response = browser.get(path)
            assert lines(response) == []

    def test_whoever_presents_a_key_owns_it(self, browser):
        key = store(browser)

        response = a_browser(ELSEWHERE, sessionid=key).get(ROWS)

        assert lines(response) == [("open", key[:4])]

    def test_no_whole_key_stands_in_the_list(self, browser):
        keys = [leave(browser), store(browser)]

        article = soup_of(browser.get(ROWS)).select(".lesson-do, .lesson-learn")

        text = "".join(map(str, article)) + "".join(part.get_text() for part in article)
        for key in keys:
            assert key[:4] in text
            assert key[:5] not in text


class TestHostile:
    NAME = "<script>alert(1)</script>"
    VALUE = "\"'><img src=x onerror=alert(2)>&amp;"

    def test_names_and_values_are_escaped(self, browser):
        key = a_row(browser, {self.NAME: self.VALUE})

        opened = browser.get(ROWS)
        browser.post(CLEAR, {"how": "cookie"})
        left = browser.get(ROWS)

        assert texts(line(left, key), "[data-name]") == [self.NAME]
        (item,) = texts(line(opened, key), "[data-item]")
        assert item.startswith(self.NAME)
        assert "<img src=x onerror=alert(2)>&amp;" in item
        for response in (opened, left):
            article = soup_of(response).select_one(".lesson-do")
            assert not article.select("script, img")

    @pytest.mark.parametrize(
        "key", ["", " ", "\x00" * 10, "é" * 10, "x" * 4000, "' OR 1=1 --", "<b>12345678"], ids=ascii
    )
    def test_any_cookie(self, browser, key):
        store(browser)

        response = browser.get(ROWS, headers={"cookie": f"sessionid={key}"})

        assert response.status_code == 200
        assert lines(response) == []


class TestStartOver:
    def test_empties_the_list_and_what_is_kept(self, browser):
        keys = [leave(browser), leave(browser), store(browser)]
        assert len(lines(browser.get(ROWS))) == 3

        browser.post(reverse("start_over"))

        assert lines(browser.get(ROWS)) == []
        kept = [key.key for shelf in history.memory.shelves.values() for key in shelf.keys]
        assert kept == []
        assert not any(key in repr(history.memory.__dict__) for key in keys)

    def test_also_after_a_key_was_put_back(self, browser):
        keys = [leave(browser), leave(browser)]
        browser.cookies["sessionid"] = keys[0]
        token = browser.cookies["csrftoken"].value
        browser.get(ROWS)

        browser.post(reverse("start_over"))

        for cookies in ({}, {"csrftoken": token}):
            assert lines(a_browser(**cookies).get(ROWS)) == []

    def test_keeps_those_of_others(self, browser):
        other = a_browser()
        other.get(SET)
        key = leave(other)

        browser.post(reverse("start_over"))

        assert lines(other.get(ROWS)) == [("left", key[:4])]


class TestEngines:
    @pytest.mark.parametrize("engine", ["cache", "file", "signed_cookies"])
    def test_without_the_table(self, browser, settings, engine):
        leave(browser)
        settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
        store(browser)

        page = soup_of(browser.get(ROWS))

        assert page.select_one("[data-no-table]")
        assert settings.SESSION_ENGINE in page.select_one(".lesson-do").get_text()
        assert not page.select("#own-rows, [data-none], [data-sql]")

    def test_with_the_table_and_a_cache(self, browser, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
        left, key = leave(browser), store(browser)

        response = browser.get(ROWS)

        assert lines(response) == [("open", key[:4]), ("left", left[:4])]
        assert not soup_of(response).select("[data-no-table]")
