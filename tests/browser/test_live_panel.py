"""The panel keeps itself up to date, explains its pieces, and never disturbs."""

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import press

SOON = 2000  # milliseconds


@pytest.fixture
def stored(page):
    """A page of a browser whose session holds a name."""
    page.goto("/sessions/set/")
    page.get_by_label("Your name").fill("Ada")
    press(page, "Store it in the session")
    return page


def now(page, name):
    return page.locator(f'[data-now] [data-panel="{name}"]')


class TestSelfRefresh:
    def test_shows_a_cookie_that_was_changed_in_the_browser(self, stored, context, site):
        context.add_cookies([{"name": "typed", "value": "in", "url": site.url}])

        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)

    def test_shows_a_cookie_that_was_deleted_in_the_browser(self, stored, context):
        context.clear_cookies(name="sessionid")

        expect(now(stored, "cookie-header")).not_to_contain_text("sessionid", timeout=SOON)
        expect(now(stored, "row")).to_have_attribute("data-absent", "", timeout=SOON)

    def test_shows_a_row_that_was_changed_by_manage_shell(self, stored, site):
        key = now(stored, "session-key").text_content()
        site.manage(
            "shell",
            "-c",
            "from django.contrib.sessions.backends.db import SessionStore;"
            f"s = SessionStore('{key}'); s['user_name'] = 'Grace'; s.save()",
        )

        expect(now(stored, "session-decoded")).to_contain_text('"Grace"', timeout=SOON)
        expect(stored.locator("[data-now] .lp-arrived").first).to_be_visible()

    def test_shows_what_another_tab_did(self, stored, context):
        tab = context.new_page()
        tab.goto("/sessions/update/")
        press(tab, "Add one")
        tab.close()

        expect(now(stored, "session-decoded")).to_contain_text('"login_count": 2', timeout=SOON)
        expect(stored.locator('[data-path="/sessions/update/"]').first).to_be_visible()

    def test_shows_only_the_cookies_of_the_page_it_is_on(self, page):
        page.goto("/cookies/delete-path/")
        press(page, "Set")
        expect(now(page, "cookie-header")).to_contain_text("note=still-here", timeout=SOON)

        page.goto("/sessions/set/")
        page.wait_for_timeout(1500)
        assert "note" not in now(page, "cookie-header").text_content()

    def test_keeps_what_the_reader_unfolded(self, stored, context, site):
        folded = stored.locator("[data-exchange]").last
        folded.locator("summary").click()
        context.add_cookies([{"name": "typed", "value": "in", "url": site.url}])
        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)

        expect(stored.locator("[data-exchange]").last).to_have_attribute("open", "")

    def test_asks_nothing_while_the_page_is_hidden(self, stored, context):
        stored.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})")
        stored.wait_for_timeout(1200)
        asked = []
        stored.on("request", lambda request: asked.append(request.url))
        stored.wait_for_timeout(1500)

        assert not asked

    def test_says_when_the_server_is_gone(self, stored, context):
        stored.route("**/*", lambda route: route.abort())

        expect(stored.locator(".lp-status")).to_have_text(
            "the server does not answer", timeout=SOON
        )
        context.complaints.clear()
        stored.unroute("**/*")
        expect(stored.locator(".lp-status")).to_have_text("watching", timeout=SOON)
        context.complaints.clear()


class TestExplanations:
    def test_open_by_mouse_and_by_keyboard(self, stored):
        piece = stored.locator("[data-now] [popovertarget=lp-session-value]")
        sentence = stored.locator("#lp-session-value")
        expect(sentence).to_be_hidden()

        piece.click()
        expect(sentence).to_be_visible()
        stored.keyboard.press("Escape")
        expect(sentence).to_be_hidden()

        piece.focus()
        stored.keyboard.press("Enter")
        expect(sentence).to_be_visible()

    def test_are_announced(self, stored):
        piece = stored.locator("[data-now] [popovertarget=lp-csrf-name]")
        sentence = stored.locator("#lp-csrf-name").text_content()

        expect(piece).to_have_accessible_description(sentence)


class TestBothSides:
    def test_key_lights_up_in_the_cookie_and_in_the_row(self, stored):
        ground = "element => getComputedStyle(element).backgroundColor"
        row_key = stored.locator("[data-now] .lp-key")
        dark = row_key.evaluate(ground)

        stored.locator("[data-now] [popovertarget=lp-session-value]").hover()

        assert row_key.evaluate(ground) != dark


class TestHistory:
    def test_arrow_keys_step_from_one_exchange_to_the_next(self, stored):
        exchanges = stored.locator("[data-exchange]")
        exchanges.nth(0).locator("summary").focus()

        stored.keyboard.press("ArrowDown")
        stored.keyboard.press("ArrowDown")
        expect(exchanges.nth(2)).to_have_attribute("open", "")
        expect(exchanges.nth(2).locator("summary")).to_be_focused()
        expect(exchanges.nth(1)).not_to_have_attribute("open", "")

        stored.keyboard.press("ArrowUp")
        expect(exchanges.nth(1)).to_have_attribute("open", "")
        expect(exchanges.nth(1).locator("summary")).to_be_focused()

    def test_form_redirect_and_page_are_one_story(self, stored):
        story = stored.locator(".lp-story").first

        expect(story.locator("[data-exchange]")).to_have_count(2)
        expect(story.locator(".lp-step")).to_have_text(["2.", "1."])


class TestWithoutScripts:
    def test_everything_but_the_refresh_works(self, browser, site):
        context = browser.new_context(base_url=site.url, java_script_enabled=False)
        page = context.new_page()
        page.goto("/sessions/set/")
        page.get_by_label("Your name").fill("Ada")
        press(page, "Store it in the session")

        assert '"user_name": "Ada"' in now(page, "session-decoded").text_content()
        post = page.locator('[data-exchange][data-method="POST"]')
        assert post.get_attribute("open") is not None
        post.locator("summary").click()
        assert post.get_attribute("open") is None
        page.locator("[data-now] [popovertarget=lp-session-value]").click()
        expect(page.locator("#lp-session-value")).to_be_visible()
        context.close()


class TestDebugToolbar:
    def test_shows_the_exchange_however_often_the_page_asked_for_news(self, stored):
        """The toolbar keeps the last 25 requests. A refresh is none of them."""
        stored.evaluate(
            """() => Promise.all([...Array(30)].map(
                () => fetch(location, {headers: {"Live-Panel": "refresh"}})))"""
        )

        stored.locator("#djShowToolBarButton").click()
        stored.locator("a.ExchangePanel").click()

        panel = stored.locator("#ExchangePanel")
        expect(panel.locator('[data-panel="cookie-header"]')).to_contain_text("sessionid=")
        expect(panel.locator('[data-panel="why"]')).to_be_visible()

    def test_does_not_change_what_the_panel_shows(self, page, context):
        response = page.goto("/cookies/why/")

        assert "vary" not in response.all_headers()
        assert context.cookies() == []
