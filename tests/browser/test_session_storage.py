"""What only a browser decides about sessions: which cookies it keeps, and for how long."""

import re

from playwright.sync_api import expect

from tests.browser.helpers import press


def session_cookie(context):
    """Return what the browser holds for `sessionid`."""
    return next(cookie for cookie in context.cookies() if cookie["name"] == "sessionid")


def test_cookie_clock_ticks_and_ends_as_the_browser_has_it(page, context):
    page.goto("/sessions/expiry/")
    press(page, "At closing")
    assert session_cookie(context)["expires"] == -1

    press(page, "30 seconds")

    now = page.evaluate("Date.now() / 1000")
    assert 25 < session_cookie(context)["expires"] - now <= 30
    for name in ("cookie", "row"):
        clock = page.locator(f'[data-clock="{name}"] [data-seconds]')
        expect(clock).to_have_text(re.compile("^2[0-8]$"))


def test_cookie_engine_survives_logout_and_loses_what_is_too_large(page, context):
    page.goto("/sessions/engines/")
    cell = {
        engine: page.locator(f'[data-engine="{engine}"] td').nth(2)
        for engine in ("db", "cache", "signed_cookies")
    }
    press(page, "Store")
    press(page, "Make it large")
    expect(cell["db"]).to_contain_text("letters")
    # The browser refused the longer cookie and kept the one before.
    expect(cell["signed_cookies"]).to_have_text("visits: 1")

    press(page, "Copy the cookies")
    press(page, "Sign out")
    expect(cell["signed_cookies"]).to_have_text("nothing")
    press(page, "Send the copies")

    expect(cell["signed_cookies"]).to_have_text("visits: 1")
    expect(cell["db"]).to_have_text("nothing")
    expect(cell["cache"]).to_have_text("nothing")
    # None of them is sent to another lesson, and none is left after starting over.
    page.goto("/start-over/")
    assert "signed_cookies_sessionid" not in page.locator("[data-now]").text_content()
    press(page, "Start over")
    assert not [c for c in context.cookies() if c["path"] == "/sessions/engines/"]


def test_lessons_after_the_expiry_keep_their_session(page, context):
    page.goto("/sessions/expiry/")
    press(page, "30 seconds")

    page.goto("/sessions/data/")
    press(page, "Store a name")

    left = session_cookie(context)["expires"] - page.evaluate("Date.now() / 1000")
    assert left > 13 * 24 * 3600
    press(page, "Sign with old key")
    expect(page.locator('[data-reading="with_key"]')).to_have_text("{}")
