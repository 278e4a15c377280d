"""Signing in with Django in a real browser: what it keeps, and what an old tab is told."""

from playwright.sync_api import expect

from tests.browser.helpers import assert_panel_is_true, jar_of, press, sessionid, shown


def test_login_in_one_tab_makes_the_form_in_another_stale(page, context):
    page.goto("/sessions/set/")
    page.get_by_label("Your name").fill("Ada")
    press(page, "Store it in the session")
    before = jar_of(context)
    page.goto("/sessions/django-login/")
    old_tab = context.new_page()
    old_tab.goto("/sessions/django-login/")

    response = press(page, "Sign in")

    assert sessionid(context) not in (None, before["sessionid"])
    assert jar_of(context)["csrftoken"] != before["csrftoken"]
    assert_panel_is_true(page, response)
    assert '"user_name": "Ada"' in shown(page, "session-decoded")
    assert '"_auth_user_hash"' in shown(page, "session-decoded")
    # The history moves along with the token: the exchanges before the login are still shown.
    expect(page.locator('[data-earlier][data-path="/sessions/set/"]')).not_to_have_count(0)

    assert press(old_tab, "Sign in").status == 403
    context.complaints.clear()  # Chromium reports the 403 in the console.

    page.goto("/sessions/django-logout/")
    press(page, "Sign out")
    assert sessionid(context) is None


def test_second_login_of_the_same_user_keeps_the_key(page, context):
    page.goto("/sessions/django-login/")
    keys = page.locator("#two-keys tbody tr").nth(1).locator("td")
    press(page, "Begin as a stranger, with a name")
    stranger = sessionid(context)

    press(page, "Sign in as ada")
    ada = sessionid(context)
    expect(keys).to_have_text([stranger, ada])
    expect(page.locator("#two-keys")).to_be_in_viewport()
    assert ada != stranger

    press(page, "Sign in as ada")
    expect(keys).to_have_text([ada, ada])
    assert sessionid(context) == ada

    press(page, "Sign in as grace")
    expect(keys).to_have_text([ada, sessionid(context)])
    assert sessionid(context) != ada


def test_password_change_ends_the_other_session_and_keeps_this_one(page, context):
    page.goto("/sessions/password-change/")
    press(page, "Make an account")
    key = sessionid(context)

    press(page, "Change the password")
    expect(page.locator("#try tbody tr").last.locator("td")).to_have_text(["yes", "no"])
    assert sessionid(context) not in (None, key)

    press(page, "Other browser’s turn")
    expect(page.locator("#other-saw b")).to_have_text("nobody")

    press(page, "Change it only")
    expect(page.get_by_role("button", name="Make an account", exact=True)).to_be_visible()
    assert sessionid(context) is None
