"""The panel keeps itself up to date, explains its pieces, and never disturbs."""

import pytest
from playwright.sync_api import expect

from tests.browser.acts import ACTS, perform
from tests.browser.helpers import press

SOON = 2000  # milliseconds
ORDINARY = ("cookies_demo:set_cookie", "sessions_demo:set_session", "sessions_demo:login_by_hand")


@pytest.fixture
def stored(page):
    """A page of a browser whose session holds a name."""
    page.goto("/sessions/set/")
    page.get_by_label("Your name").fill("Ada")
    press(page, "Store it in the session")
    return page


def now(page, name):
    return page.locator(f'[data-now] [data-panel="{name}"]')


def headline(page):
    return page.locator('[data-panel="headline"]')


class TestSelfRefresh:
    def test_shows_a_cookie_that_was_changed_in_the_browser(self, stored, context, site):
        context.add_cookies([{"name": "typed", "value": "in", "url": site.url}])

        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)
        expect(stored.locator('[data-cookie][data-name="typed"]')).to_have_attribute(
            "data-sent", ""
        )

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
        expect(headline(stored)).to_have_attribute("data-kind", "row-changed")
        expect(stored.locator('[data-exchange][data-path="/sessions/update/"]')).to_have_count(2)

    def test_shows_only_the_cookies_of_the_page_it_is_on(self, page):
        page.goto("/cookies/delete-path/")
        press(page, "Set")
        expect(now(page, "cookie-header")).to_contain_text("note=narrow", timeout=SOON)

        page.goto("/sessions/set/")
        page.wait_for_timeout(1500)
        assert "note" not in now(page, "cookie-header").text_content()
        row = page.locator('[data-cookie][data-name="note"]')
        expect(row).to_contain_text("only /cookies/delete-path/")
        expect(row).not_to_have_attribute("data-sent", "")

    def test_asks_nothing_while_the_page_is_hidden(self, stored):
        stored.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})")
        stored.wait_for_timeout(1200)
        asked = []
        stored.on("request", lambda request: asked.append(request.url))
        stored.wait_for_timeout(1500)

        assert not asked

    def test_can_be_paused(self, stored, context, site):
        stored.get_by_role("button", name="Pause").click()
        context.add_cookies([{"name": "typed", "value": "in", "url": site.url}])
        stored.wait_for_timeout(1500)
        assert "typed" not in now(stored, "cookie-header").text_content()

        stored.get_by_role("button", name="Go on").click()

        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)

    def test_asks_less_often_when_nothing_happens(self, page):
        page.clock.install()
        page.goto("/sessions/set/")
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for _ in range(70):
            page.clock.run_for(1000)
            page.wait_for_timeout(50)
        busy = len(asked)
        for _ in range(30):
            page.clock.run_for(1000)
            page.wait_for_timeout(50)

        assert busy > 40
        assert len(asked) - busy <= 8

    def test_says_when_the_server_is_gone(self, stored, context):
        stored.route("**/*", lambda route: route.abort())

        expect(stored.locator(".lp-status")).to_have_text(
            "the server does not answer", timeout=SOON
        )
        context.complaints.clear()
        stored.unroute("**/*")
        expect(stored.locator(".lp-status")).to_have_text("watching", timeout=SOON)
        context.complaints.clear()

    def test_never_replaces_the_story_of_the_page_by_an_older_one(self, page):
        """The request came without the cookies that tell the browser; the refresh has them."""
        page.goto("/cookies/set/")
        page.get_by_label("Your name").fill("Ada")
        press(page, "Set the cookie")
        page.goto(page.url.replace("127.0.0.1", "localhost"))
        told = headline(page).text_content()
        page.wait_for_timeout(1500)

        assert headline(page).text_content() == told


class TestRefreshDisturbsNothing:
    def change(self, context, site):
        context.add_cookies([{"name": "typed", "value": "in", "url": site.url}])

    def test_keeps_what_the_reader_unfolded(self, stored, context, site):
        more = stored.locator(".lp-more").first
        more.locator("summary").first.click()
        self.change(context, site)
        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)

        expect(more).to_have_attribute("open", "")
        expect(stored.locator(".lp-more").last).not_to_have_attribute("open", "")

    def test_what_was_open_in_the_last_story_stays_open_below(self, stored, context):
        stored.locator(".lp-more").first.locator("summary").first.click()
        tab = context.new_page()
        tab.goto("/cookies/why/")
        tab.close()

        expect(headline(stored)).to_have_attribute("data-kind", "untouched", timeout=SOON)
        opened = stored.locator('[data-earlier][data-method="POST"] .lp-more')
        expect(opened).to_have_attribute("open", "")

    def test_keeps_the_focus(self, stored, context, site):
        summary = stored.locator(".lp-more").nth(1).locator("summary").first
        summary.focus()
        self.change(context, site)
        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)

        expect(summary).to_be_focused()

    def test_waits_while_an_explanation_is_open(self, stored, context, site):
        stored.locator('[data-now] [data-about="session-value"]').click()
        self.change(context, site)
        stored.wait_for_timeout(1500)
        expect(stored.locator(".lp-explanation")).to_be_visible()
        assert "typed" not in now(stored, "cookie-header").text_content()

        stored.keyboard.press("Escape")

        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)

    def test_the_headline_is_the_one_live_region_and_changes_only_with_news(
        self, stored, context, site
    ):
        regions = stored.locator("#live-panel :is([role=status], [aria-live], [role=alert])")
        expect(regions).to_have_count(1)
        stored.evaluate(
            """() => {
                window.changes = 0;
                const region = document.querySelector("#live-panel [role=status]");
                new MutationObserver((list) => window.changes += list.length).observe(
                    region, {childList: true, subtree: true, characterData: true});
            }"""
        )
        self.change(context, site)
        expect(now(stored, "cookie-header")).to_contain_text("typed=in", timeout=SOON)
        assert stored.evaluate("window.changes") == 0

        tab = context.new_page()
        tab.goto("/sessions/update/")
        press(tab, "Add one")
        tab.close()
        expect(headline(stored)).to_have_attribute("data-kind", "row-changed", timeout=SOON)
        assert stored.evaluate("window.changes") > 0


class TestPieces:
    def test_are_explained_by_mouse(self, stored):
        sentence = stored.locator("#lp-sentence")
        expect(sentence).to_be_hidden()

        stored.locator('[data-now] [data-about="session-value"]').click()

        expect(sentence).to_contain_text("The session key")
        stored.keyboard.press("Escape")
        expect(sentence).to_be_hidden()

    def test_are_explained_by_keyboard_one_tab_stop_a_line(self, stored):
        line = stored.locator('[data-now] [data-panel="cookie-header"]')
        line.focus()

        stored.keyboard.press("ArrowRight")
        stored.keyboard.press("ArrowRight")

        value = line.locator('[data-about="csrf-value"]')
        expect(value).to_be_focused()
        expect(value).to_have_accessible_description(stored.locator("#lp-sentence").text_content())
        stored.keyboard.press("ArrowLeft")
        expect(line.locator('[data-about="csrf-name"]')).to_be_focused()
        assert line.evaluate("line => line.querySelectorAll('[tabindex=\"0\"]').length") == 0

    def test_each_has_an_explanation(self, stored):
        missing = stored.evaluate(
            """() => [...document.querySelectorAll("#live-panel [data-about]")]
                .map((piece) => piece.dataset.about)
                .filter((about) => !document.getElementById(`lp-about-${about}`))"""
        )

        assert missing == []

    def test_can_be_copied(self, stored, context):
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        value = stored.locator('[data-now] [data-about="session-value"]')
        value.click()
        stored.get_by_role("button", name="Copy").click()

        expect(stored.get_by_role("button", name="Copied")).to_be_visible()
        assert stored.evaluate("navigator.clipboard.readText()") == value.text_content()

    def test_can_be_selected_like_any_text(self, stored):
        value = stored.locator('[data-now] [data-about="session-value"]')
        box = value.evaluate("value => value.getClientRects()[0].toJSON()")
        stored.mouse.move(box["x"] + 2, box["y"] + 8)
        stored.mouse.down()
        stored.mouse.move(box["x"] + 90, box["y"] + 8, steps=4)
        selected = stored.evaluate("getSelection().toString()")
        stored.mouse.up()

        assert len(selected) > 3
        assert selected in value.text_content()
        expect(stored.locator(".lp-explanation")).to_be_hidden()


class TestKeyboard:
    @pytest.mark.parametrize("lesson", ORDINARY)
    def test_at_most_twelve_tab_stops(self, page, lesson):
        act = next(act for act in ACTS if act.lesson == lesson)
        perform(page, act)
        page.wait_for_timeout(300)

        stops = page.evaluate(
            """() => [...document.querySelectorAll("#live-panel *")].filter(
                (each) => each.tabIndex >= 0 && each.checkVisibility()).length"""
        )
        assert 3 < stops <= 12

    def test_there_is_a_way_past_the_panel(self, stored):
        skip = stored.locator(".lp-skip")
        skip.focus()
        expect(skip).to_be_in_viewport()
        stored.keyboard.press("Enter")
        stored.keyboard.press("Tab")

        assert stored.evaluate("!document.activeElement.closest('#live-panel')")
        assert stored.evaluate("document.activeElement.closest('.lesson-learn') !== null")


class TestBothSides:
    def test_key_lights_up_in_the_cookie_and_in_the_row(self, stored):
        ground = "element => getComputedStyle(element).backgroundColor"
        row_key = stored.locator("[data-now] .lp-key")
        dark = row_key.evaluate(ground)

        stored.locator('[data-now] [data-about="session-value"]').hover()

        assert row_key.evaluate(ground) != dark


class TestEarlier:
    def test_opens_in_place_and_closes(self, stored):
        line = stored.locator("[data-earlier] > a").first
        url = stored.url
        line.click()

        opened = stored.locator("[data-earlier] [data-exchange]")
        expect(opened).to_have_attribute("data-method", "GET")
        expect(line).to_have_attribute("aria-expanded", "true")
        assert stored.url == url
        line.click()
        expect(opened).to_have_count(0)

    def test_arrow_keys_step_from_one_line_to_the_next(self, stored):
        stored.goto("/cookies/why/")
        lines = stored.locator("[data-earlier] > a")
        lines.nth(0).focus()

        stored.keyboard.press("ArrowDown")
        stored.keyboard.press("ArrowDown")
        expect(lines.nth(2)).to_be_focused()
        stored.keyboard.press("ArrowUp")
        expect(lines.nth(1)).to_be_focused()
        stored.keyboard.press("Enter")
        expect(stored.locator("[data-earlier]").nth(1).locator("[data-exchange]")).to_be_visible()


class TestStory:
    def test_form_redirect_and_page_stand_in_order_of_time(self, stored):
        story = stored.locator(".lp-story").first

        methods = story.locator("[data-exchange]").evaluate_all(
            "all => all.map((each) => each.dataset.method)"
        )
        assert methods == ["POST", "GET"]
        expect(story.locator(".lp-step")).to_have_text(["1", "2"])


class TestWithoutScripts:
    def test_everything_but_the_refresh_works(self, browser, site):
        context = browser.new_context(base_url=site.url, java_script_enabled=False)
        page = context.new_page()
        page.goto("/sessions/set/")
        page.get_by_label("Your name").fill("Ada")
        press(page, "Store it in the session")

        assert '"user_name": "Ada"' in now(page, "session-decoded").text_content()
        expect(headline(page)).to_have_attribute("data-kind", "row-created")
        page.locator(".lp-explained summary").click()
        expect(page.locator("#lp-about-session-value")).to_be_visible()
        page.locator("[data-earlier] a").first.click()
        assert "/live-panel/" in page.url
        expect(page.locator("[data-exchange]")).to_have_attribute("data-method", "GET")
        context.close()

    def test_the_page_of_an_exchange_is_for_its_browser_alone(self, stored, browser, site):
        address = stored.locator("[data-earlier] a").first.get_attribute("href")
        assert stored.goto(address).status == 200
        other = browser.new_context(base_url=site.url)
        page = other.new_page()
        page.goto("/sessions/set/")

        page.goto(address)
        assert "Ada" not in page.content()
        other.close()

    def test_what_is_not_there_any_more_is_said(self, stored, context):
        assert stored.goto("/live-panel/99/").status == 404
        context.complaints.clear()


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
        expect(panel.locator("[data-exchange]")).to_have_attribute("data-method", "GET")
        panel.locator(".lp-more summary").first.click()
        expect(panel.locator('[data-panel="cookie-header"]')).to_contain_text("sessionid=")
        expect(panel.locator('[data-panel="why"]')).to_be_visible()

    def test_does_not_change_what_the_panel_shows(self, page, context):
        response = page.goto("/cookies/why/")

        assert "cookie" not in response.all_headers().get("vary", "").lower()
        assert context.cookies() == []
