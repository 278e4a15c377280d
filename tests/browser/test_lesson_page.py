"""The page of a lesson: where the click was, the prediction, without scripts, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import press

VISIBLE = """() => [...document.querySelectorAll(".outcome")]
    .filter((each) => each.checkVisibility())
    .map((each) => each.id)"""


def held(page):
    """Return the locator of the line that says whether the prediction held."""
    return page.locator("[data-held]")


def right_choice(page):
    return page.locator("#predict input[data-right]")


def wrong_choice(page):
    return page.locator("#predict input:not([data-right])").first


class TestWhereTheClickWas:
    def test_keyboard_alone_presses_twice(self, page):
        page.goto("/sessions/update/")
        page.get_by_role("button", name="Add one").focus()
        for count in ("1", "2"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            expect(page.locator("#outcome")).to_contain_text(count)
            expect(page.get_by_role("button", name="Add one")).to_be_focused()

    def test_page_stays_where_it_was(self, page):
        page.set_viewport_size({"width": 390, "height": 500})
        page.goto("/sessions/update/")
        button = page.get_by_role("button", name="Add one")
        button.evaluate("each => each.scrollIntoView({block: 'start'})")
        before = page.evaluate("scrollY")
        press(page, "Add one")

        expect(page.locator("#outcome")).to_be_in_viewport(ratio=1)
        assert page.evaluate("scrollY") == before > 0

    @pytest.mark.parametrize("fragment", ["traps", "try", "notes"])
    def test_page_that_was_opened_elsewhere_comes_back_to_the_act(self, page, fragment):
        page.goto(f"/sessions/update/#{fragment}")
        press(page, "Add one")

        expect(page.locator("#outcome")).to_be_in_viewport(ratio=1)
        assert "#" not in page.url

    def test_button_of_a_trap_has_its_own_line(self, page):
        page.goto("/cookies/limits/")
        press(page, "Set 3000 double quotes")

        assert page.evaluate(VISIBLE) != ["outcome"]
        assert len(page.evaluate(VISIBLE)) == 1
        expect(page.locator(".outcome:visible")).to_be_in_viewport(ratio=1)

    def test_page_that_is_only_loaded_says_nothing(self, page):
        page.goto("/sessions/update/")
        press(page, "Add one")
        page.goto("/cookies/why/")
        page.goto("/sessions/update/")

        assert page.evaluate(VISIBLE) == []
        expect(page.locator("main > [role=status]")).to_be_empty()


class TestPrediction:
    def test_that_held_is_said_beside_the_button(self, page):
        page.goto("/cookies/set/")
        right_choice(page).check()
        expect(page.locator("#answer")).to_be_hidden()
        page.get_by_label("Your name").fill("Ada")
        press(page, "Set the cookie")

        expect(right_choice(page)).to_be_checked()
        expect(held(page)).to_have_text("Your prediction held.")
        expect(page.locator("#answer, #remember")).to_have_count(2)
        expect(page.locator("#remember")).to_be_visible()

    def test_that_did_not_hold_learns_what_happened(self, page):
        page.goto("/cookies/set/")
        wrong_choice(page).check()
        page.get_by_label("Your name").fill("Ada")
        press(page, "Set the cookie")

        expect(held(page)).to_contain_text("did not hold")
        words = right_choice(page).locator("xpath=..").inner_text().strip()
        expect(held(page)).to_contain_text(words)

    def test_another_button_does_not_settle_it(self, page):
        page.goto("/sessions/clear/")
        press(page, "Store it again")
        press(page, "flush")

        expect(page.locator("#answer")).to_be_hidden()
        expect(held(page)).to_be_empty()

    def test_a_trap_does_not_settle_it(self, page):
        page.goto("/cookies/scope/")
        press(page, "Set three cookies")
        expect(held(page)).not_to_be_empty()
        press(page, "Set two cookies")

        expect(page.locator(".outcome:visible")).to_have_count(1)
        expect(held(page)).to_be_empty()

    def test_score_counts_the_first_time_and_stays_in_the_tab(self, page, context):
        for path, button, choice in [
            ("/cookies/set/", "Set the cookie", wrong_choice),
            ("/sessions/set/", "Store it in the session", right_choice),
        ]:
            page.goto(path)
            choice(page).check()
            page.get_by_label("Your name").fill("Ada")
            press(page, button)
        expect(held(page)).to_contain_text("1 of 2")

        page.goto("/cookies/set/")
        right_choice(page).check()
        page.get_by_label("Your name").fill("Ada")
        press(page, "Set the cookie")
        expect(held(page)).to_contain_text("1 of 2")

        other = context.new_page()
        other.goto("/cookies/set/")
        expect(other.locator("#predict input:checked")).to_have_count(0)
        assert other.evaluate("sessionStorage.length") == 0
        assert not [cookie for cookie in context.cookies() if "predict" in cookie["name"]]

    def test_link_asks_for_the_answer_before_the_act(self, page):
        page.goto("/cookies/set/")
        page.locator("#compare a").click()

        expect(page.locator("#answer")).to_be_in_viewport()
        expect(held(page)).to_be_empty()


class TestWithoutScripts:
    @pytest.fixture
    def page(self, browser, site):
        context = browser.new_context(base_url=site.url, java_script_enabled=False)
        yield context.new_page()
        context.close()

    def test_act_leads_to_its_outcome(self, page):
        page.goto("/sessions/update/")
        press(page, "Add one")

        expect(page).to_have_url(re.compile("/sessions/update/#outcome$"))
        expect(page.locator("#outcome")).to_be_focused()
        expect(page.locator("#outcome")).to_be_in_viewport(ratio=1)

    def test_answer_is_a_link(self, page):
        page.goto("/cookies/set/")
        expect(page.locator("#answer")).to_be_hidden()
        page.locator("#compare a").click()

        expect(page.locator("#answer")).to_be_in_viewport()


class TestMarkedLines:
    def test_link_leads_to_what_the_line_made(self, page):
        page.goto("/cookies/set/")
        page.get_by_label("Your name").fill("Ada")
        press(page, "Set the cookie")
        mark = page.locator("#code .is-marked .made").first
        target = mark.get_attribute("href")
        mark.click()

        expect(page.locator(target)).to_be_in_viewport()

    def test_opens_what_is_folded_on_a_phone(self, page):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("/cookies/set/")
        page.locator('#code .made[href="#lp-crossed"]').first.click()

        expect(page.locator("#lp-crossed")).to_be_in_viewport()


class TestOnPaper:
    def test_is_a_handout(self, page):
        page.goto("/cookies/set/")
        page.emulate_media(media="print")

        for part in ("#predict", "#answer", "#code", "#notes"):
            expect(page.locator(part)).to_be_visible()
        for part in ("#try", "#live-panel", "#compare", ".neighbors", ".site-header nav"):
            expect(page.locator(part).first).to_be_hidden()
        expect(page.locator("#questions details p").first).to_be_visible()
