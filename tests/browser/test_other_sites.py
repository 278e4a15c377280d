"""What Chromium sends to this site from another one: localhost and 127.0.0.1 are two."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import header_of, jar_of, press


def visit_other_site(page, link):
    """Follow the lesson’s link to the other site, and wait until its page has loaded."""
    page.get_by_role("link", name=link, exact=True).click()
    page.wait_for_url(re.compile("^http://localhost:"))


def test_samesite_matrix(page):
    page.goto("/cookies/samesite/")
    press(page, "Set the four cookies")
    visit_other_site(page, "Go to the other site")
    expect(page.get_by_text("The fetch() was sent.")).to_be_visible()
    page.get_by_role("link", name="Follow the link").click()
    visit_other_site(page, "Go to the other site")
    page.get_by_role("button", name="Send the form").click()
    page.wait_for_url(re.compile("^http://127.0.0.1:.*#post$"))

    rows = page.locator("#matrix tbody tr")
    observed = {row.get_attribute("id"): row.locator("b").all_inner_texts() for row in rows.all()}
    # Strict, Lax, None, absent. The cookies are younger than two minutes.
    assert observed == {
        "link": ["stayed", "came", "came", "came"],
        "post": ["stayed", "stayed", "came", "came"],
        "image": ["stayed"] * 4,
        "frame": ["stayed"] * 4,
        "fetch": ["stayed"] * 4,
    }
    differs = page.locator("#matrix .differs")
    assert differs.count() == 3
    assert "samesite_strict" in header_of(page.goto("/cookies/samesite/"))


def test_reload_stays_cross_site_until_the_page_asks(page):
    """The button repeats a navigation that came from another site; the page's own do not."""
    strict_stayed = page.locator("#this-request b", has_text="samesite_strict")
    page.goto("/cookies/samesite/")
    press(page, "Set the four cookies")
    expect(strict_stayed).to_have_count(0)

    def arrive():
        page.get_by_role("link", name="go to the other site", exact=True).click()
        page.get_by_role("link", name="Follow the link").click()
        page.wait_for_url(re.compile("^http://127.0.0.1:.*#outcome$"))
        expect(strict_stayed).to_be_visible()

    arrive()
    # The top of the panel has it all the same: the panel's own request starts on this page.
    expect(page.locator('[data-now] [data-panel="cookie-header"]')).to_contain_text(
        "samesite_strict"
    )
    for _ in range(2):
        assert "samesite_strict" not in header_of(page.reload())
        expect(strict_stayed).to_be_visible()

    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="location.reload()").click()
    assert "samesite_strict" in header_of(navigation.value)
    expect(strict_stayed).to_have_count(0)

    arrive()
    with page.expect_navigation() as navigation:
        page.get_by_role("link", name="Load this page by a link", exact=True).click()
    assert "samesite_strict" in header_of(navigation.value)
    expect(strict_stayed).to_have_count(0)


def test_lesson_on_a_host_without_a_second_name_leads_to_one_that_has(page, site):
    page.goto(f"http://many.localhost:{site.port}/cookies/samesite/")

    page.get_by_role("link", name="Open this page at 127.0.0.1").click()

    expect(page).to_have_url(f"{site.url}/cookies/samesite/")
    expect(page.locator("[data-one-name-only]")).to_have_count(0)


@pytest.mark.parametrize(("choice", "arrives"), [("None", True), ("Lax", False)])
def test_forged_post(page, context, choice, arrives):
    page.goto("/cookies/forged-request/")
    press(page, choice)
    visit_other_site(page, "Go to the other site")

    page.get_by_role("button", name="Claim your prize").click()

    if arrives:
        transfers = page.locator("[data-transfers] li")
        expect(transfers).to_have_text([re.compile("asked for by a page of http://localhost:")])
        # The panel knows the browser by csrftoken, which is Lax: the POST itself is not listed.
        assert page.locator("[data-method=POST][data-path$='/unprotected/']").count() == 0
    else:
        expect(page.get_by_role("heading", level=1)).to_have_text("Nobody to take money from")
        assert_refused(context)


def test_forged_post_is_refused_by_the_protected_view(page, context):
    page.goto("/cookies/forged-request/")
    press(page, "None")
    visit_other_site(page, "Go to the other site")

    page.get_by_role("button", name="Claim it from the protected view").click()

    expect(page.locator("main .remember code")).to_contain_text(
        "Origin checking failed - http://localhost:"
    )
    assert_refused(context)
    page.get_by_role("link", name="Back to the lesson").click()
    expect(page).to_have_url(re.compile("^http://127.0.0.1:.*/cookies/forged-request/$"))
    expect(page.locator("[data-transfers]")).to_contain_text("nothing was sent")


def test_forms_that_lack_token_or_cookie(page, context):
    page.goto("/cookies/forged-request/")
    page.get_by_role("link", name="Open a form that forgot it").click()
    press(page, "Send 10 without a token")
    expect(page.locator("main .remember code")).to_have_text("CSRF token missing.")
    assert_refused(context)

    page.goto("/cookies/forged-request/")
    press(page, "Delete csrftoken, open the form")
    press(page, "Send 10 without a token")
    expect(page.locator("main .remember code")).to_have_text("CSRF cookie not set.")
    assert_refused(context)


def test_tracking_image_is_first_party_only(page):
    page.goto("/cookies/tracking/")
    press(page, "Yes, everywhere")
    with page.expect_response("**/image/hats.svg") as first_party:
        page.get_by_role("link", name="a page with hats").click()
    page.get_by_role("link", name="Back to the lesson").click()
    with page.expect_response("**/image/news.svg") as third_party:
        page.get_by_role("link", name="Read the news on another site").click()

    assert "visitor=" in header_of(first_party.value)
    assert "visitor=" not in (header_of(third_party.value) or "")
    page.get_by_role("link", name="Back to the lesson").click()
    expect(page.locator("#visitor-number b")).to_have_text("hats")


def test_consent_is_honored(page, context):
    page.goto("/cookies/tracking/")
    press(page, "No, thanks")
    page.goto("/cookies/experiments/shop/hats/")
    assert set(jar_of(context)) == {"csrftoken"}

    page.goto("/cookies/tracking/")
    press(page, "Yes, on this site")
    assert set(jar_of(context)) == {"csrftoken", "visitor"}
    press(page, "Withdraw my consent")
    assert set(jar_of(context)) == {"csrftoken"}


def assert_refused(context):
    """Expect that Chromium reported the 403 in its console, and nothing else."""
    assert len(context.complaints) == 1
    assert "403" in context.complaints.pop()
