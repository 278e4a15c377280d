"""Why Django did what it did with the session: one sentence for each way that it can go.

In the order of `SessionMiddleware.process_response`. The tests hold the ways apart, and the words
that must or must not stand in a sentence; the sentences themselves may change.
"""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.core.exceptions import SuspiciousOperation
from django.utils import timezone

from tests.helpers import decoded, exchanges_of, fact, headline_of, row_of, soup_of
from tests.live_panel.conftest import TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.live_panel.urls")]

SIGNED_COOKIES = "django.contrib.sessions.backends.signed_cookies"


def expire():
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def spoil():
    Session.objects.update(session_data="spoiled")


@pytest.fixture
def why_after(browser, panel_after):
    """A function that sends a request, and returns why Django did what it did with the session."""

    def after(path, **more):
        return fact(exchanges_of(panel_after(path, **more))[0], "why")

    return after


def with_cookie(value):
    return {"headers": {"cookie": f"csrftoken={TOKEN}; sessionid={value}"}}


class FullStore(DatabaseStore):
    """A store without room for more."""

    def save(self, must_create=False):
        raise OSError("disk full")


class TestNoMiddleware:
    def test_nobody_looked_at_a_session(self, why_after, settings):
        settings.MIDDLEWARE = [
            "live_panel.middleware.ExchangeRecorder",
            "django.middleware.common.CommonMiddleware",
        ]

        assert "SessionMiddleware did not see this request" in why_after("/untouched/")


class TestTheCookieWasTakenBack:
    """The session is empty, and a cookie came."""

    @pytest.mark.parametrize("value", ["", '""', "abc", "1234567"])
    @pytest.mark.parametrize("path", ["/untouched/", "/read/"])
    def test_value_that_django_takes_for_no_key(self, why_after, path, value):
        sentence = why_after(path, **with_cookie(value))

        assert "SessionMiddleware deleted the cookie" in sentence
        assert "even if nobody touches it" in sentence
        assert ("fewer than 8" in sentence) == (value not in ("", '""'))
        assert "view" not in sentence

    @pytest.mark.parametrize("value", ["", "abc"])
    def test_vary_is_not_said_to_come_from_a_touch(self, browser, value):
        (exchange,) = exchanges_of(browser.get("/untouched/", **with_cookie(value)))

        assert "Vary: Cookie, because Django deleted the session cookie" in exchange.get_text()
        assert "session was touched" not in exchange.get_text()

    def test_dead_key_that_a_view_read(self, why_after):
        sentence = why_after("/read/", **with_cookie("k" * 32))

        assert "opened nothing" in sentence
        assert "SessionMiddleware deleted the cookie" in sentence

    def test_expired_row(self, browser, why_after, row):
        browser.get("/set-key/")
        expire()

        sentence = why_after("/read/")

        assert "expired" in sentence
        assert "SessionMiddleware deleted the cookie" in sentence
        assert "row stays" in sentence
        assert row() is not None

    @pytest.mark.parametrize("path", ["/flush/", "/log-out/"])
    def test_ended_session(self, browser, why_after, row, path):
        browser.get("/set-key/")

        sentence = why_after(path)

        assert "deleted the row" in sentence
        assert "SessionMiddleware deleted the cookie" in sentence
        assert row() is None

    def test_ended_session_that_the_cookie_holds(self, browser, why_after, settings):
        settings.SESSION_ENGINE = SIGNED_COOKIES
        browser.get("/set-key/")

        sentence = why_after("/flush/")

        assert "SessionMiddleware deleted the cookie" in sentence
        assert "cookie is still there" in sentence
        assert "row" not in sentence


class TestSaved:
    def test_changed(self, browser, why_after):
        browser.get("/set-key/")

        sentence = why_after("/count/")

        assert "view changed the session" in sentence
        assert "key" not in sentence

    def test_new_key_for_who_had_none(self, why_after):
        assert "No key came" in why_after("/set-key/")

    @pytest.mark.parametrize("path", ["/cycle-key/", "/log-in/", "/flush-and-set/"])
    def test_new_key_in_place_of_another(self, browser, why_after, path):
        browser.get("/set-key/")

        sentence = why_after(path)

        assert "key changed" in sentence
        assert "row under the old one is gone" in sentence

    def test_second_sign_in_keeps_the_key(self, browser, why_after):
        browser.get("/log-in/")
        key = row_of(browser).session_key

        sentence = why_after("/log-in/")

        assert row_of(browser).session_key == key
        assert "key" not in sentence

    @pytest.mark.parametrize("key", ["k" * 32, "K" * 41, "abc"])
    def test_key_that_opens_nothing(self, why_after, row, key):
        sentence = why_after("/set-key/", **with_cookie(key))

        assert row().session_key != key
        assert "opened nothing" in sentence
        assert "made another" in sentence

    def test_expired_row(self, browser, why_after):
        browser.get("/set-key/")
        expire()

        sentence = why_after("/count/")

        assert Session.objects.count() == 2
        assert "is gone" not in sentence
        assert "made another" in sentence

    def test_every_request(self, browser, why_after, settings):
        browser.get("/set-key/")
        settings.SESSION_SAVE_EVERY_REQUEST = True

        sentence = why_after("/untouched/")

        assert "SESSION_SAVE_EVERY_REQUEST" in sentence
        assert "view changed" not in sentence

    def test_in_the_cookie_itself(self, browser, why_after, settings):
        settings.SESSION_ENGINE = SIGNED_COOKIES
        browser.get("/set-key/")

        sentence = why_after("/count/")

        assert "view changed the session" in sentence
        # Its value is the data, so a new one is no new key.
        assert "key" not in sentence


class TestNothingToSave:
    def test_empty_again(self, why_after, row):
        assert "empty" in why_after("/set-and-pop/")
        assert row() is None


class TestRefused:
    """The view changed the session, and it was not saved."""

    def test_store_that_raises_while_it_saves(self, why_after, use_engine, settings):
        settings.DEBUG = True
        use_engine(FullStore)

        sentence = why_after("/set-key/")

        assert "OSError" in sentence
        assert "reason for the server error" in sentence
        # That would be the wrong way around: there was none before.
        assert "After a server error" not in sentence

    def test_store_that_raises_without_debug(self, why_after, use_engine):
        use_engine(FullStore)

        sentence = why_after("/set-key/")

        assert "OSError" not in sentence
        assert "reason for the server error" in sentence

    def test_its_headline(self, panel_after, use_engine, settings):
        settings.DEBUG = True
        use_engine(FullStore)

        answer = panel_after("/set-key/")

        assert headline_of(answer)[0] == "server-error"
        assert "OSError" in headline_of(answer)[1]
        assert "name was not saved" in headline_of(answer)[1]

    def test_view_that_raises(self, browser, why_after, settings, row):
        settings.DEBUG = True
        browser.get("/set-key/?name=kept")

        sentence = why_after("/boom/")

        assert row().get_decoded() == {"name": "kept"}
        assert "RuntimeError" in sentence
        assert "After a server error Django does not save" in sentence

    def test_view_that_raises_after_it_saved(self, browser, why_after, row):
        browser.get("/set-key/?name=old")

        sentence = why_after("/boom-after-save/")

        assert row().get_decoded() == {"name": "kept"}
        assert "saved before" in sentence or "had saved" in sentence

    def test_answer_of_500(self, browser, why_after):
        browser.get("/set-key/?name=old")

        sentence = why_after("/set-key/503/")

        assert "503" in sentence
        assert "not saved" in sentence
        assert "failed with" not in sentence

    def test_row_that_another_request_deleted(self, browser, panel_after):
        browser.get("/set-key/")

        answer = panel_after("/delete-row-meanwhile/")

        exchange = exchanges_of(answer)[0]
        assert "deleted while the request ran" in fact(exchange, "why")
        assert "400" in fact(exchange, "why")
        assert decoded(exchange, "row-before") == {"name": "Ada"}
        assert exchange.select_one('[data-panel="row-after"]').has_attr("data-absent")
        # What the other request removed is no deed of this one.
        assert not exchange.select(".lp-removed")

    def test_row_that_was_not_there(self, browser, why_after):
        browser.cookies["sessionid"] = "k" * 32

        sentence = why_after("/clear/")

        assert "400" in sentence
        assert "row was not there" in sentence

    @pytest.mark.parametrize("error", [UpdateError(), SuspiciousOperation("no")])
    def test_store_that_refuses_while_the_row_is_there(
        self, browser, why_after, monkeypatch, error
    ):
        def refuse(*args, **kwargs):
            raise error

        browser.get("/set-key/?name=kept")
        monkeypatch.setattr(DatabaseStore, "save", refuse)

        sentence = why_after("/set-key/?name=new")

        assert row_of(browser).get_decoded() == {"name": "kept"}
        assert "store did not save it" in sentence
        assert "deleted" not in sentence

    def test_every_request_but_not_after_a_server_error(self, browser, why_after, settings):
        browser.get("/set-key/")
        settings.SESSION_SAVE_EVERY_REQUEST = True

        sentence = why_after("/answer/500/")

        assert "SESSION_SAVE_EVERY_REQUEST" in sentence
        assert "does not save" in sentence


class TestLeftAlone:
    def test_view_that_deleted_the_cookie(self, browser, why_after, row):
        browser.get("/set-key/")

        sentence = why_after("/drop-session-cookie/")

        assert "view itself deleted the session cookie" in sentence
        assert "deleted nothing on the server" in sentence
        assert row() is not None

    def test_nested_change(self, browser, why_after):
        browser.get("/set-list/")

        sentence = why_after("/change-nested/")

        assert row_of(browser).get_decoded() == {"list": ["a"]}
        assert "(list)" in sentence
        assert "`modified` is False" in sentence
        assert "only read" not in sentence

    def test_nested_change_that_was_declared(self, browser, why_after):
        browser.get("/set-list/")

        sentence = why_after("/change-nested-and-say-so/")

        assert row_of(browser).get_decoded() == {"list": ["a", "b"]}
        assert "`modified` is False" not in sentence

    def test_read(self, browser, why_after):
        browser.get("/set-key/")

        assert "only read the session" in why_after("/read/")

    def test_untouched(self, browser, why_after):
        browser.get("/set-key/")

        assert "did not touch the session" in why_after("/untouched/")

    def test_written_past_the_session(self, browser, why_after):
        """Another request saved meanwhile. This one loaded what was there before."""
        browser.get("/set-key/?name=Ada")

        sentence = why_after("/change-row-meanwhile/")

        assert row_of(browser).get_decoded() == {"name": "Grace"}
        assert "only read the session" in sentence
        assert "another request" in sentence
        assert "`modified` is False" not in sentence

    def test_session_of_another_engine(self, why_after, settings):
        settings.LIVE_PANEL_SESSION_COOKIES = {
            "cache_sessionid": "django.contrib.sessions.backends.cache"
        }

        assert "did not touch the session" in why_after("/store-elsewhere/")


def no_setting(browser, settings):
    """The site as it is."""


def stored(browser, settings):
    browser.get("/set-key/")


def stored_and_expired(browser, settings):
    stored(browser, settings)
    expire()


def listed(browser, settings):
    browser.get("/set-list/")


def saving_always(browser, settings):
    stored(browser, settings)
    settings.SESSION_SAVE_EVERY_REQUEST = True


WAYS = {
    "empty value": (no_setting, "/untouched/", ""),
    "short value": (no_setting, "/untouched/", "abc"),
    "dead key, read": (no_setting, "/read/", "k" * 32),
    "dead key, written": (no_setting, "/set-key/", "k" * 32),
    "expired": (stored_and_expired, "/read/", None),
    "ended": (stored, "/flush/", None),
    "saved": (stored, "/count/", None),
    "first saved": (no_setting, "/set-key/", None),
    "new key": (stored, "/cycle-key/", None),
    "saved always": (saving_always, "/untouched/", None),
    "empty again": (no_setting, "/set-and-pop/", None),
    "failed": (stored, "/boom/", None),
    "answered 500": (stored, "/set-key/500/", None),
    "row vanished": (stored, "/delete-row-meanwhile/", None),
    "saving always, answered 500": (saving_always, "/answer/500/", None),
    "cookie dropped": (stored, "/drop-session-cookie/", None),
    "nested": (listed, "/change-nested/", None),
    "read": (stored, "/read/", None),
    "untouched": (stored, "/untouched/", None),
    "written past it": (stored, "/change-row-meanwhile/", None),
}


def test_each_way_has_a_sentence_of_its_own(browser, panel_after, settings):
    sentences = {}
    for way, (prepare, path, cookie) in WAYS.items():
        Session.objects.all().delete()
        browser.cookies.pop("sessionid", None)
        settings.SESSION_SAVE_EVERY_REQUEST = False
        prepare(browser, settings)
        more = {} if cookie is None else with_cookie(cookie)
        sentences[way] = fact(exchanges_of(panel_after(path, **more))[0], "why")

    alike = [way for way in WAYS if list(sentences.values()).count(sentences[way]) > 1]
    assert alike == []


class TestVary:
    def vary(self, response):
        text = exchanges_of(response)[0].select_one("details").get_text()
        assert ("Vary" in response) == ("has no Vary" not in text)
        return text

    def test_each_reason(self, browser, settings):
        assert "has no Vary: Cookie" in self.vary(browser.get("/untouched/"))
        assert "session was touched" in self.vary(browser.get("/read/"))
        assert "form with a CSRF token" in self.vary(browser.get("/form/"))
        assert "deleted the session cookie" in self.vary(
            browser.get("/untouched/", **with_cookie("abc"))
        )


class TestMismatch:
    """Why a key opens nothing, beside the row that is not there."""

    def mismatch(self, browser, path, value):
        page = browser.get(path, **with_cookie(value))
        now = soup_of(page).select_one("[data-now]")
        return fact(exchanges_of(page)[0], "mismatch"), now.select_one('[data-panel="mismatch"]')

    @pytest.mark.parametrize("key", ["x" * 41, '"a b\\001cdefgh"'])
    def test_text_that_cannot_be_a_key(self, browser, key):
        crossed, now = self.mismatch(browser, "/untouched/", key)

        assert "not a session key" in crossed
        assert "not a session key" in now.get_text()

    def test_value_that_django_deletes_at_once(self, browser):
        crossed, now = self.mismatch(browser, "/untouched/", "short")

        assert "not a session key" in crossed
        assert "Django deletes the cookie" in crossed
        assert now is None  # The answer took it back.

    def test_short_value_that_a_view_replaced(self, browser):
        crossed, now = self.mismatch(browser, "/set-key/", "short")

        assert now is None
        assert "not a session key" in crossed
        assert "deletes the cookie" not in crossed

    def test_unknown_key(self, browser):
        crossed, now = self.mismatch(browser, "/untouched/", "k" * 32)

        assert "Nothing is stored" in crossed
        assert "deletes the cookie when a view touches it" in now.get_text()

    def test_unknown_key_that_a_view_touched(self, browser):
        crossed, now = self.mismatch(browser, "/read/", "k" * 32)

        assert "Nothing is stored" in crossed
        assert "when a view touches it" not in crossed
        assert now is None

    def test_unknown_key_and_a_view_that_writes(self, browser, row):
        """The key in now is the new one, and it opens a row."""
        page = browser.get("/set-key/", **with_cookie("k" * 32))

        now = soup_of(page).select_one("[data-now]")
        assert fact(now, "row", "session-key") == row().session_key
        assert "Nothing is stored" not in now.get_text()
        assert "Nothing is stored" in fact(exchanges_of(page)[0], "mismatch")

    def test_expired_row(self, browser):
        browser.get("/set-key/")
        expire()

        crossed, now = self.mismatch(browser, "/untouched/", row_of(browser).session_key)

        assert "past" in crossed
        assert "past" in now.get_text()

    def test_broken_signature(self, browser):
        browser.get("/set-key/")
        key = row_of(browser).session_key
        spoil()

        crossed, now = self.mismatch(browser, "/read/", key)

        assert "signature" in crossed
        assert "next change overwrites" in now.get_text()

    def test_refresh_says_it_too(self, browser):
        browser.cookies["sessionid"] = "k" * 32

        answer = browser.get("/untouched/", headers={"Live-Panel": "refresh"})

        assert "Nothing is stored" in fact(soup_of(answer).select_one("[data-now]"), "mismatch")

    def test_good_key_has_none(self, browser):
        page = browser.get("/set-key-and-go/?to=/read/", follow=True)

        assert not soup_of(page).select('[data-panel="mismatch"]')


class TestCorruptRow:
    def test_read(self, browser, row):
        browser.get("/set-key/")
        spoil()

        page = browser.get("/read/")

        assert headline_of(page)[0] == "row-corrupt"
        assert row().session_data == "spoiled"
        assert browser.cookies["sessionid"].value

    def test_overwritten_by_new_data(self, browser, row):
        browser.get("/set-key/")
        spoil()

        page = browser.get("/set-key/?name=Grace")

        assert row().get_decoded() == {"name": "Grace"}
        assert headline_of(page)[0] == "row-changed"

    def test_overwritten_by_nothing(self, browser, row):
        browser.get("/set-key/")
        spoil()

        page = browser.get("/save-again/")

        assert row().get_decoded() == {}
        assert headline_of(page)[0] != "row-saved"

    def test_that_became_corrupt_lost_no_item(self, browser):
        """As when it is signed with another key: what it holds cannot be trusted, but is there."""
        browser.get("/set-key/")

        page = browser.get("/spoil-row/")

        exchange = exchanges_of(page)[0]
        assert fact(exchange, "row-after", "session-data") == "spoiled"
        assert "removed" not in headline_of(page)[1]
        assert not exchange.select(".lp-removed")
        assert not soup_of(page).select("[data-now] .lp-removed")


class TestAfterTheCookieIsGone:
    def test_headline_and_row(self, browser, row):
        browser.get("/set-key/")

        page = browser.get("/drop-session-cookie/")

        assert headline_of(page)[0] == "row-left"
        assert "row stays" in headline_of(page)[1]
        assert decoded(exchanges_of(page)[0], "row-after") == {"name": "Ada"}
        assert row() is not None
