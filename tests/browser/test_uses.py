"""The shopping cart and the form in steps, clicked through in a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.helpers import press, shown


def test_cart_survives_the_login_of_a_reader_who_comes_from_the_lesson_before(page):
    page.goto("/sessions/password-change/")
    press(page, "Make an account")
    page.locator("a[rel=next]").click()
    press(page, "Be a stranger here")
    press(page, "Add Teapot")
    press(page, "Add Honey")
    page.get_by_label("How many: Teapot").fill("3")
    press(page, "Change Teapot")
    assert '{"101": 3, "105": 1}' in shown(page, "session-decoded")

    press(page, "Sign in as ada")
    expect(page).to_have_url(re.compile("/sessions/cart/$"))
    expect(page.locator("#total")).to_have_text("$78.80")

    page.get_by_label("How many: Honey").fill("12")
    press(page, "Remove Honey")
    expect(page.locator("#total")).to_have_text("$73.50")
    press(page, "Empty the cart")
    expect(page.locator("#cart")).to_have_count(0)


def test_steps_can_be_neither_skipped_nor_lost(page):
    page.goto("/sessions/steps/")
    press(page, "Continue")
    page.get_by_role("link", name="Open step 3").click()
    expect(page).to_have_url(re.compile(r"\?step=guests$"))

    page.get_by_label("How many guests").fill("4")
    press(page, "Continue")
    press(page, "Continue")
    press(page, "Book the table")

    expect(page.locator("#booked")).to_have_text("Booked: Friday, 4 guests, inside.")
    assert '"booking"' not in shown(page, "session-decoded")
