"""The notes and the runs of their views, in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import jar_of, sessionid

SCRIPT = "<script>alert(1)</script>"


def run(page, twin, name):
    """Press a button of one twin, and return the text of its answer."""
    with page.expect_navigation():
        page.locator(f"#{twin}").get_by_role("button", name=name, exact=True).click()
    return page.locator(f"#{twin} .answer").inner_text()


def forget(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Forget what the notes’ views left").click()


def test_notes_remember_me_lets_a_stranger_in_who_types_nothing(page, context):
    page.goto("/notes/run/cookies/dashboard/")
    forget(page)

    assert "302 Found" in run(page, "noted", "Run with GET")
    assert "remember_me" not in jar_of(context)
    assert "302 Found" in run(page, "noted", "Follow it to login_view")
    assert jar_of(context)["remember_me"] == "yes"
    assert "Welcome back" in run(page, "noted", "Follow it to dashboard")

    forget(page)
    assert "remember_me" not in jar_of(context)
    assert "302 Found" in run(page, "mended", "Run with GET")
    assert "form to sign in" in run(page, "mended", "Follow it to login_view")
    assert "302 Found" in run(page, "mended", "Run with POST")
    assert "Welcome back" in run(page, "mended", "Follow it to dashboard")
    assert "remembered_user" in jar_of(context)


def test_mended_login_changes_key_and_token_and_the_page_goes_on(page, context):
    page.goto("/notes/run/sessions/set_session/")
    run(page, "mended", "Run with POST")
    key, token = sessionid(context), jar_of(context)["csrftoken"]
    page.goto("/notes/run/sessions/login_view/")
    assert "ValueError" in run(page, "noted", "Run with GET")
    assert "302 Found" in run(page, "noted", "Run with POST")
    assert sessionid(context) == key

    assert "302 Found" in run(page, "mended", "Run with POST")
    assert sessionid(context) != key
    assert jar_of(context)["csrftoken"] != token
    assert "Welcome to dashboard" in run(page, "mended", "Follow it to dashboard")

    forget(page)
    assert sessionid(context) is None


def test_a_script_in_a_cookie_is_shown_and_does_not_run(page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/notes/run/cookies/get_cookie/")
    with page.expect_navigation():
        page.get_by_role("button", name="Write it").click()

    run(page, "noted", "Run with GET")
    run(page, "mended", "Run with GET")

    expect(page.locator("#noted [data-body]")).to_have_text(f"User name: {SCRIPT}")
    escaped = "User name: &lt;script&gt;alert(1)&lt;/script&gt;"
    expect(page.locator("#mended [data-body]")).to_have_text(escaped)
    assert not dialogs


@pytest.mark.parametrize("path", ["/notes/", "/notes/run/sessions/login_view/"])
@pytest.mark.parametrize(("width", "side_by_side"), [(1366, True), (390, False)])
def test_two_columns_or_one_below_the_other(page, path, width, side_by_side):
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(path)

    rows = page.locator(".statement-of-notes, #twins")
    boxes = rows.first.evaluate(
        "row => [...row.children].map(cell => cell.getBoundingClientRect().toJSON())"
    )
    said, holds = boxes
    assert (holds["left"] > said["right"]) == side_by_side
    assert (holds["top"] >= said["bottom"]) != side_by_side
    assert page.evaluate("document.documentElement.scrollWidth") == width
