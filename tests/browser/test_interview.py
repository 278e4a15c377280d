"""Interview preparation in a browser: keys, two tabs, paper, and no scripts."""

import re

from playwright.sync_api import expect

from tests.browser.helpers import header_of, jar_of, press

CARD = "/interview/cards/set-cookie-defaults/?subject=cookies&tier=B"
NEXT = "/interview/cards/cookie-on-redirect/?subject=cookies&tier=B"


def reveal(page):
    page.get_by_text("Reveal the answer").click()


class TestCards:
    def test_by_keyboard_to_the_proof(self, page, site):
        page.goto(CARD)
        answer = page.locator(".short")
        expect(answer).to_be_hidden()

        page.keyboard.press("Enter")
        expect(answer).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(site.url + NEXT)
        page.wait_for_load_state()  # The script listens to keys only then.
        page.keyboard.press("ArrowLeft")
        expect(page).to_have_url(site.url + CARD)

        reveal(page)
        page.get_by_role("link", name="Prove it").click()
        expect(page).to_have_url(f"{site.url}/cookies/update/#try")
        expect(page.locator("#try")).to_be_in_viewport()

    def test_without_scripts(self, browser, site):
        context = browser.new_context(base_url=site.url, java_script_enabled=False)
        page = context.new_page()
        page.goto(CARD)
        reveal(page)

        expect(page.locator(".short")).to_be_visible()
        expect(page.locator(".keys")).to_be_hidden()
        page.locator(".neighbors [rel=next]").click()
        expect(page).to_have_url(site.url + NEXT)
        context.close()


class TestMockInterview:
    def test_two_tabs_and_two_clicks_from_a_wrong_answer_to_its_proof(self, page, context):
        page.goto("/interview/mock/")
        press(page, "Start")
        other = context.new_page()
        other.goto(page.url)
        other.get_by_role("link", name="Next").click()

        press(page, "I did not")
        press(other, "I knew it")
        page.goto("/interview/mock/")
        expect(page.locator("td.mark").nth(0)).to_have_text("not known")
        expect(page.locator("td.mark").nth(1)).to_have_text("known")
        expect(page.locator(".remember")).to_contain_text("2 of 10 marked")

        page.locator("#revisit .proof a").click()
        page.wait_for_url(re.compile(r"/(cookies|sessions)/.+#"))

        other.goto("/interview/mock/")
        press(other, "Abandon")
        expect(other.get_by_role("button", name="Start")).to_be_visible()
        assert "mock_interview" not in jar_of(context)

    def test_outlives_a_session_and_goes_to_no_lesson(self, page):
        page.goto("/interview/mock/")
        press(page, "Start")
        press(page, "I knew it")

        page.goto("/sessions/set/")
        page.get_by_label("Your name").fill("Ada")
        response = press(page, "Store it in the session")
        assert "mock_interview" not in header_of(response)
        page.goto("/sessions/django-logout/")
        press(page, "Sign out")

        response = page.goto("/interview/mock/")
        assert "mock_interview=" in header_of(response)
        assert "sessionid" not in header_of(response)
        expect(page.locator("td.mark").first).to_have_text("known")


class TestCheatSheet:
    def test_fills_both_sides_of_one_sheet_of_paper(self, page):
        page.emulate_media(media="print", color_scheme="dark")
        page.goto("/interview/cheat-sheet/")

        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
        for size in ["A4", "Letter"]:
            paper = page.pdf(format=size)
            assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2, size

    def test_leaves_little_of_the_paper_blank(self, page):
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 710, "height": 1047})  # A4 within its margins
        page.goto("/interview/cheat-sheet/")

        for side in ["#front", "#back"]:
            assert page.locator(side).bounding_box()["height"] > 0.9 * 1047, side


class TestHeader:
    def test_is_compact_on_a_phone_and_searches(self, page):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("/")
        assert page.locator("header").bounding_box()["height"] < 100

        page.get_by_role("link", name="Search").click()
        page.locator("#search").fill("delete cookie")
        page.keyboard.press("Enter")

        expect(page.locator(".results a").first).to_have_text("Delete a cookie")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.context.cookies() == []
