"""A browser's own rows as they come and go: left behind, open again, deleted, expired."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import press, sessionid

ROWS = "/sessions/rows/"
CLEAR = "/sessions/clear/"


def states(page):
    """Return what the page says of each row, the newest first: its state and beginning."""
    page.goto(ROWS)
    return page.locator("#own-rows tbody tr").evaluate_all(
        "rows => rows.map(row => [row.dataset.row,"
        " row.querySelector('[data-beginning]').textContent])"
    )


def clear(page, *buttons):
    for button in buttons:
        page.goto(CLEAR)
        press(page, button)


def put_back(page, key):
    page.evaluate("key => { document.cookie = `sessionid=${key}; path=/` }", key)


def expire(site, key):
    with closing(sqlite3.connect(site.database, timeout=20)) as database, database:
        command = "UPDATE django_session SET expire_date = '2020-01-01' WHERE session_key = ?"
        assert database.execute(command, [key]).rowcount == 1


def test_rows_come_and_go(page, context, site):
    page.goto(ROWS)
    expect(page.locator("[data-none]")).to_be_visible()

    clear(page, "Store it again")
    key = sessionid(context)
    assert states(page) == [["open", key[:4]]]

    clear(page, "Delete only the cookie")
    assert sessionid(context) is None
    assert states(page) == [["left", key[:4]]]

    put_back(page, key)
    assert states(page) == [["open", key[:4]]]
    expect(page.locator("[data-item]").first).to_contain_text("Ada")

    clear(page, "flush")
    assert states(page) == [["deleted", key[:4]]]

    clear(page, "Store it again")
    second = sessionid(context)
    expire(site, second)
    assert states(page) == [["expired", second[:4]], ["deleted", key[:4]]]
    # To look deleted nothing, and the cookie is still there.
    assert sessionid(context) == second

    page.goto("/start-over/")
    press(page, "Start over")
    page.goto(ROWS)
    expect(page.locator("[data-none]")).to_be_visible()


def test_another_browser_sees_none_of_them(page, browser, site):
    clear(page, "Store it again", "Delete only the cookie", "Store it again")
    assert [state for state, _ in states(page)] == ["open", "left"]

    other = browser.new_context(base_url=site.url)
    try:
        stranger = other.new_page()
        stranger.goto(CLEAR)
        stranger.goto(ROWS)
        expect(stranger.locator("[data-none]")).to_be_visible()
    finally:
        other.close()


def test_debug_toolbar_has_no_key_that_the_page_cuts_short(page, context):
    clear(page, "Store it again")
    key = sessionid(context)
    clear(page, "Delete only the cookie")
    assert states(page) == [["left", key[:4]]]

    page.locator("#djShowToolBarButton").click()
    panels = page.locator("#djDebugPanelList a[class]").evaluate_all(
        "links => links.map(link => link.className)"
    )
    assert "SQLPanel" in panels
    for panel in panels:
        page.locator(f"#djDebugPanelList a.{panel}").click()
        content = page.locator(f"#{panel}")
        expect(content.locator(".djDebugPanelContent, .djdt-scroll").first).to_be_visible()
        expect(content.locator(".djdt-loader")).to_have_count(0)
        assert key not in content.inner_html()


@pytest.mark.parametrize("width", [320, 390, 1024, 1366, 1920])
def test_table_fits(page, width):
    clear(page, "Store it again", "flush", "Store it again", "Delete only the cookie")
    clear(page, "Store it again")
    page.set_viewport_size({"width": width, "height": 844})

    assert [state for state, _ in states(page)] == ["open", "left", "deleted"]

    assert page.evaluate("document.documentElement.scrollWidth") == width
    table = page.locator("#own-rows")
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
