"""What stays in the browser: a preference, and a password that should not be there."""

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import header_of, jar_of, press


@pytest.fixture
def page_without_scripts(browser, site):
    """A page in a fresh profile that prefers light pages and runs no scripts."""
    context = browser.new_context(
        base_url=site.url, java_script_enabled=False, color_scheme="light"
    )
    yield context.new_page()
    context.close()


def look(page):
    """Return color scheme, background and text size that the browser came to."""
    return page.locator("html").evaluate(
        """html => [
          getComputedStyle(html).colorScheme,
          getComputedStyle(document.body).backgroundColor,
          getComputedStyle(html).fontSize,
        ]"""
    )


def test_preferences_shape_every_page_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.goto("/cookies/preferences/")
    assert look(page) == ["light dark", "rgb(253, 252, 248)", "17px"]

    page.get_by_label("Dark", exact=True).check()
    page.get_by_label("Larger", exact=True).check()
    press(page, "Keep it for a year")

    for path in ["/cookies/preferences/", "/sessions/why/", "/", "/notes/"]:
        page.goto(path)
        assert look(page) == ["dark", "rgb(22, 24, 28)", "21px"]


def test_language_is_remembered_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.goto("/cookies/preferences/")
    press(page, "Deutsch")

    response = page.goto("/cookies/preferences/")

    assert "django_language=de" in header_of(response)
    expect(page.locator("[data-language=de]")).to_contain_text("Dieses Feld ist zwingend")


def test_script_reads_the_password_unless_it_is_httponly(page, context):
    page.goto("/cookies/password/")
    page.locator("#try").get_by_label("HttpOnly").uncheck()
    press(page, "Put a password into a cookie")
    password = jar_of(context)["password"]
    expect(page.locator("[data-document-cookie]")).to_have_text(f"password={password}")
    assert page.evaluate("document.cookie") == f"password={password}"

    response = press(page, "Put a password into a cookie")

    password = jar_of(context)["password"]
    assert page.evaluate("document.cookie") == ""
    assert f"password={password}" in header_of(response)
    expect(page.locator("#eyes + .result code")).to_have_text(f"password={password}")


def test_page_says_whether_the_script_wrote_the_cookie(page, context):
    page.goto("/cookies/password/")
    outcome = page.locator("[data-cookie-writer=password] output")

    page.get_by_role("button", name="Write the cookie").click()
    expect(outcome).to_contain_text("Written")
    assert jar_of(context)["password"] == "made-up"

    press(page, "Put a password into a cookie")
    page.get_by_role("button", name="Write the cookie").click()
    expect(outcome).to_contain_text("Not written")
    assert jar_of(context)["password"] != "made-up"


def test_made_up_password_is_refused_on_the_server(page):
    page.goto("/cookies/password/")
    page.get_by_role("button", name="Write the cookie").click()
    page.get_by_role("link", name="Load the page again").click()

    expect(page.locator("[data-check=present]")).to_have_text("yes: let in")
    expect(page.locator("[data-check=known]")).to_have_text("no: refused")


def test_edited_cookie_does_not_change_the_session(page):
    page.goto("/cookies/cookie-or-session/")
    press(page, "Keep green")
    page.get_by_role("button", name="Write the cookie").click()
    page.get_by_role("link", name="Load the page again").click()

    expect(page.locator("#kept-twice td")).to_have_text(["gold", "green"])
