"""The headline: the most significant thing that a click did, with the facts in it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from live_panel import headline
from tests.helpers import earlier_of, exchanges_of, headline_of, row_of, soup_of
from tests.live_panel.conftest import TOKEN, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.live_panel.urls")]


def expire():
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def facts_of(response):
    """Return the names and values in the headline, which are shown as code."""
    found = soup_of(response).select_one('[data-panel="headline"]').select("code")
    return [code.get_text() for code in found]


class TestKinds:
    """One for each kind, called after it."""

    def test_server_error(self, panel_after, settings):
        settings.DEBUG = True

        answer = panel_after("/boom/")

        assert headline_of(answer)[0] == "server-error"
        assert headline_of(answer)[1].startswith("500: RuntimeError")
        assert facts_of(answer) == ["RuntimeError", "name"]

    def test_csrf_refused(self, stub_site):
        browser = Browser(enforce_csrf_checks=True, headers={"host": "testserver"})
        browser.cookies["csrftoken"] = TOKEN

        browser.post("/form/", headers={"Origin": "https://evil.example"})

        kind, text = headline_of(browser.get("/read/", headers={"Live-Panel": "refresh"}))
        assert kind == "csrf-refused"
        assert text.startswith("403: ")
        assert "Origin checking failed - https://evil.example does not match" in text

    def test_row_vanished(self, browser, panel_after):
        browser.get("/set-key/")

        answer = panel_after("/delete-row-meanwhile/")

        assert exchanges_of(answer)[0]["data-status"] == "400"
        kind, text = headline_of(answer)
        assert kind == "row-vanished"
        assert text.startswith("400: ")
        assert "deleted while the request ran" in text
        # Not this request removed what was in it.
        assert "removed" not in text

    def test_sessions(self, browser, panel_after, settings):
        engine = "django.contrib.sessions.backends.cache"
        settings.LIVE_PANEL_SESSION_COOKIES = {"cache_sessionid": engine}

        made = panel_after("/store-elsewhere/")
        changed = panel_after("/store-elsewhere/?name=Grace")
        ended = panel_after("/end-elsewhere/")

        for answer in (made, changed, ended):
            assert headline_of(answer)[0] == "sessions"
            assert facts_of(answer) == ["cache_sessionid"]
        assert "changed" in headline_of(changed)[1]
        assert "ended" in headline_of(ended)[1]

    def test_key_changed(self, browser):
        browser.get("/set-key/")
        old = row_of(browser).session_key

        page = browser.get("/cycle-key/")

        new = row_of(browser).session_key
        assert headline_of(page)[0] == "key-changed"
        assert f"{old[:4]}… → {new[:4]}…" in headline_of(page)[1]
        assert "moved" in headline_of(page)[1]
        assert old not in headline_of(page)[1]

    def test_row_deleted(self, browser):
        browser.get("/set-key/")

        kind, text = headline_of(browser.get("/flush/"))

        assert kind == "row-deleted"
        assert "row was deleted" in text
        assert "cookie" in text
        assert row_of(browser) is None

    def test_row_left(self, browser, row):
        browser.get("/set-key/")

        kind, text = headline_of(browser.get("/drop-session-cookie/"))

        assert kind == "row-left"
        assert "row stays" in text
        assert row() is not None

    def test_row_created(self, browser):
        page = browser.get("/set-key/?name=Ada")

        assert headline_of(page)[0] == "row-created"
        assert facts_of(page) == ['name: "Ada"']

    def test_row_created_beside_the_old_one(self, browser):
        browser.get("/set-key/")

        page = browser.get("/set-key-in-another-session/")

        assert Session.objects.count() == 2
        assert headline_of(page)[0] == "row-created"

    def test_row_changed(self, browser):
        browser.get("/count/")

        page = browser.get("/count/")

        assert headline_of(page)[0] == "row-changed"
        assert "count 1 → 2" in headline_of(page)[1]
        assert "same row" in headline_of(page)[1]

    def test_not_saved(self, browser):
        browser.get("/set-list/")

        page = browser.get("/change-nested/")

        assert headline_of(page)[0] == "not-saved"
        assert facts_of(page) == ["list", "modified"]
        assert "modified is False" in headline_of(page)[1]

    def test_cookie_refused(self, browser):
        page = browser.get(f"/set-cookie/?key=note&value={'x' * 4093}")

        assert headline_of(page)[0] == "cookie-refused"
        assert (
            headline_of(page)[1]
            == "note was refused: 4,097 bytes, and browsers keep at most 4,096."
        )

    def test_cookie_not_deleted(self, browser):
        browser.get("/set-cookie/?key=note&path=/untouched/")

        page = browser.get("/delete-cookie/?key=note&path=/")

        # So far, nobody can tell.
        assert headline_of(page)[0] == "cookie-deleted"
        assert "note" in browser.cookies
        answer = browser.get("/untouched/", headers={"Live-Panel": "refresh"})
        assert headline_of(answer)[0] == "cookie-not-deleted"
        assert facts_of(answer) == ["note"]

    def test_cookie_replaced(self, browser):
        browser.get("/set-cookie/?key=note&value=old")

        page = browser.get("/set-cookie/?key=note&value=new")

        assert headline_of(page)[0] == "cookie-replaced"
        assert facts_of(page) == ["note", "old", "new"]

    def test_cookie_deleted(self, browser):
        browser.get("/set-cookie/?key=note")

        page = browser.get("/delete-cookie/?key=note")

        assert headline_of(page)[0] == "cookie-deleted"
        assert facts_of(page) == ["note"]
        assert (
            headline_of(browser.get("/untouched/", headers={"Live-Panel": "refresh"}))[0]
            == "cookie-deleted"
        )

    def test_cookie_set(self, browser):
        page = browser.get("/set-cookie/?key=note&max_age=1209600")

        assert headline_of(page)[0] == "cookie-set"
        assert headline_of(page)[1] == "note was set, for 14 days."

    def test_row_corrupt(self, browser):
        browser.get("/set-key/")
        Session.objects.update(session_data="spoiled")

        page = browser.get("/untouched/")

        assert headline_of(page)[0] == "row-corrupt"
        assert "signature" in headline_of(page)[1]

    def test_row_expired(self, browser, row):
        browser.get("/set-key/")
        expire()

        kept = headline_of(browser.get("/untouched/"))
        taken = headline_of(browser.get("/read/"))

        assert kept[0] == taken[0] == "row-expired"
        assert "cookie" not in kept[1]
        assert "took the cookie back" in taken[1]
        assert "the row stays" in taken[1]
        assert row() is not None

    def test_key_unknown(self, browser):
        browser.cookies["sessionid"] = "k" * 32

        kept = headline_of(browser.get("/untouched/"))
        taken = headline_of(browser.get("/read/"))

        assert kept[0] == taken[0] == "key-unknown"
        assert "took the cookie back" not in kept[1]
        assert "took the cookie back" in taken[1]

    def test_row_saved(self, browser):
        browser.get("/set-key/")

        page = browser.get("/save-again/")

        assert headline_of(page)[0] == "row-saved"
        assert "same data" in headline_of(page)[1]

    def test_read(self, browser):
        without = headline_of(browser.get("/read/"))
        browser.get("/set-key/")
        with_row = headline_of(browser.get("/read/"))

        assert without[0] == with_row[0] == "read"
        assert "There is none" in without[1]
        assert "There is none" not in with_row[1]

    def test_first_visit(self, stranger):
        page = stranger.get("/form/")

        assert headline_of(page)[0] == "first-visit"
        assert "no cookie" in headline_of(page)[1]
        assert facts_of(page) == ["csrftoken"]

    def test_untouched(self, browser):
        browser.get("/set-key/")

        assert headline_of(browser.get("/untouched/"))[0] == "untouched"

    def test_no_kind_is_missing_here(self):
        tested = {name.removeprefix("test_").replace("_", "-") for name in vars(TestKinds)}

        assert set(headline.KINDS) <= tested
        assert set(headline.KINDS) == set(headline.WORDS)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "until the browser ends its session"),
        (1, "for 1 second"),
        (59, "for 59 seconds"),
        (60, "for 1 minute"),
        (3599, "for 60 minutes"),
        (3600, "for 1 hour"),
        (86399, "for 24 hours"),
        (86400, "for 1 day"),
        (1209600, "for 14 days"),
    ],
)
def test_lifetime(browser, seconds, words):
    query = "" if seconds is None else f"&max_age={seconds}"

    page = browser.get(f"/set-cookie/?key=note{query}")

    assert headline_of(page)[1] == f"note was set, {words}."


class TestServerErrors:
    def test_without_debug_no_exception_is_named(self, panel_after):
        kind, text = headline_of(panel_after("/boom/"))

        assert kind == "server-error"
        assert "RuntimeError" not in text

    def test_session_that_nobody_touched(self, browser, panel_after):
        browser.get("/set-key/")

        answer = panel_after("/boom-untouched/")

        assert headline_of(answer)[0] == "server-error"
        assert "as it is" in headline_of(answer)[1] or "as it was" in headline_of(answer)[1]

    def test_answer_that_the_view_made_itself(self, browser, panel_after):
        browser.get("/set-list/")

        answer = panel_after("/change-nested-and-fail/")

        assert headline_of(answer)[0] == "server-error"
        assert facts_of(answer) == ["list"]
        assert "not saved" in headline_of(answer)[1]

    def test_row_that_was_saved_before(self, browser, panel_after, row):
        browser.get("/set-key/?name=old")

        answer = panel_after("/boom-after-save/")

        assert row().get_decoded() == {"name": "kept"}
        assert "not saved" not in headline_of(answer)[1]
        assert "saved before" in headline_of(answer)[1]

    def test_new_row_that_was_saved_before_and_whose_key_nobody_got(self, panel_after, row):
        answer = panel_after("/boom-after-save/")

        assert row().get_decoded() == {"name": "kept"}
        assert "not saved" not in headline_of(answer)[1]


class TestSignificance:
    def test_session_before_cookies_and_both_are_told(self, browser):
        page = browser.get("/set-cookie-and-key/")

        assert headline_of(page)[0] == "row-created"
        assert facts_of(page) == ['name: "Ada"', "note"]

    @pytest.mark.parametrize("query", ["__Host-a=1&b=2", "a=1&z=2&__Secure-x=3"])
    def test_refused_before_set(self, browser, query):
        page = browser.get(f"/set-two-cookies/?{query}")

        assert headline_of(page)[0] == "cookie-refused"
        assert facts_of(page)[0].startswith("__")
        assert len(facts_of(page)) == query.count("=")

    def test_read_before_first_visit(self, stranger):
        assert headline_of(stranger.get("/read/"))[0] == "read"

    def test_server_error_before_all(self, browser, panel_after):
        browser.get("/set-list/")

        assert headline_of(panel_after("/set-key/500/"))[0] == "server-error"

    def test_click_before_the_page_that_it_led_to(self, browser):
        page = browser.post("/set-key-and-go/?to=/read/", follow=True)

        assert headline_of(page)[0] == "row-created"

    def test_first_of_two_alike(self, browser):
        browser.get("/set-key/")
        page = browser.get("/go/?to=/read/", follow=True)
        assert headline_of(page)[0] == "read"

    def test_deletion_that_the_next_page_of_the_story_refutes(self, browser):
        """Post, redirect, page: the page's own request brings the cookie back."""
        browser.get("/set-cookie/?key=note&path=/x/")
        browser.get("/delete-cookie/?key=note")

        page = browser.get("/untouched/")

        (line, _) = earlier_of(page)
        assert line["data-path"] == "/delete-cookie/"
        assert line.select_one("i").get_text() == "cookie not deleted"

    def test_every_kind_ranks_by_its_place(self):
        assert [headline.RANK[kind] for kind in headline.KINDS] == [*range(len(headline.KINDS))]


class TestCsrftokenNeverLeads:
    def test_form_on_a_page(self, browser):
        page = browser.get("/form/")

        assert page.cookies["csrftoken"]
        assert headline_of(page)[0] == "untouched"
        assert "no cookie was set" not in headline_of(page)[1]

    def test_new_token(self, browser):
        page = browser.get("/rotate-csrf/")

        assert page.cookies["csrftoken"].value != TOKEN
        assert headline_of(page)[0] == "untouched"

    def test_sign_in(self, browser):
        browser.get("/set-key/")
        page = browser.get("/log-in/")

        assert page.cookies["csrftoken"].value != TOKEN
        assert headline_of(page)[0] == "key-changed"
        assert "csrftoken" not in facts_of(page)

    def test_its_line_is_folded_and_nothing_but_a_word(self, browser):
        (exchange,) = exchanges_of(browser.get("/form/"))

        assert exchange.select_one(".lp-quiet").get_text().startswith("csrftoken")
        (line,) = exchange.select('[data-panel="set-cookie"]')
        assert line.find_parent("details")


class TestOtherStores:
    @pytest.mark.parametrize(
        ("engine", "noun"),
        [("cache", "cache entry"), ("file", "file"), ("cached_db", "row")],
    )
    def test_says_what_it_is(self, browser, settings, engine, noun):
        settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"

        made = headline_of(browser.get("/set-key/"))
        changed = headline_of(browser.get("/count/"))
        ended = headline_of(browser.get("/flush/"))

        assert (made[0], changed[0], ended[0]) == ("row-created", "row-changed", "row-deleted")
        for _, text in (made, changed, ended):
            assert noun in text

    def test_signed_cookies(self, browser, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

        made = headline_of(browser.get("/set-key/"))
        changed = headline_of(browser.get("/count/"))
        ended = headline_of(browser.get("/flush/"))

        assert (made[0], changed[0], ended[0]) == ("row-created", "row-changed", "row-left")
        for kind, text in (made, changed, ended):
            assert "row" not in text, kind
        assert "count: 1" in changed[1]

    def test_cache_that_dropped_the_entry(self, browser, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
        browser.get("/set-key/")
        cache.clear()

        assert headline_of(browser.get("/untouched/"))[0] == "key-unknown"


class TestAnyText:
    @pytest.mark.parametrize(
        "text", ["<script>alert(1)</script>", "&lt;b&gt;", '"><b id=x>', "{{ 7*7 }}", "\\u0000"]
    )
    def test_values_are_text(self, browser, text):
        browser.get("/set-under/", {text: "old"})

        page = browser.get("/set-under/", {text: text})

        found = soup_of(page).select_one('[data-panel="headline"]')
        assert {tag.name for tag in found.find_all()} <= {"code", "span"}
        assert facts_of(page)[0] == text
        assert headline_of(page)[0] == "row-changed"

    def test_long_values_are_cut(self, browser):
        page = browser.get("/set-under/", {"k" * 500: "v" * 5000})

        assert headline_of(page)[0] == "row-created"
        assert len(headline_of(page)[1]) < 300

    def test_many_keys_are_counted(self, browser):
        page = browser.get("/set-under/", {f"k{number}": "" for number in range(40)})

        assert len(facts_of(page)) == 3
        assert "and 37 more" in headline_of(page)[1]

    def test_many_cookies_are_counted(self, browser):
        page = browser.get("/set-two-cookies/", {f"k{number:02}": "1" for number in range(30)})

        assert facts_of(page) == ["k00", "k01", "k02"]
        assert "and 27 more" in headline_of(page)[1]

    @pytest.mark.parametrize("length", [1000, 4093, 9000])
    def test_long_names_of_cookies_are_cut(self, browser, length):
        page = browser.get("/set-cookie/", {"key": "n" * length, "value": "v"})

        assert headline_of(page)[0] in ("cookie-set", "cookie-refused")
        assert len(headline_of(page)[1]) < 300

    def test_keys_are_text(self, browser):
        browser.get("/set-key/")
        Session.objects.update(session_key="<b>12345")
        browser.cookies["sessionid"] = "<b>12345"

        page = browser.get("/cycle-key/")

        assert headline_of(page)[0] == "key-changed"
        assert "<b>1… → " in headline_of(page)[1]
        assert not soup_of(page).select('[data-panel="headline"] b')
