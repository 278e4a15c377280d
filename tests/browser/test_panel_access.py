"""What axe says of the panel, in each theme, with forced colors, on a laptop and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.acts import ACTS, perform

LESSONS = (
    "sessions_demo:set_session",
    "cookies_demo:name_prefixes",
    "sessions_demo:session_engines",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light", "viewport": {"width": 1366, "height": 768}},
        {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
        {"forced_colors": "active", "viewport": {"width": 1024, "height": 768}},
        {"reduced_motion": "reduce", "viewport": {"width": 683, "height": 384}},
    ],
    ids=lambda look: " ".join(str(value) for value in list(look.values())[:1]),
)
def test_axe_finds_nothing(browser, site, look):
    context = browser.new_context(base_url=site.url, **look)
    page = context.new_page()
    for act in (act for act in ACTS if act.lesson in LESSONS):
        perform(page, act)
        page.evaluate(
            """() => document.querySelectorAll("#live-panel details").forEach(
                (details) => details.open = true)"""
        )
        page.locator("[data-earlier] > a").first.click()
        page.locator(".lp-opened").wait_for()

        found = Axe().run(page, context="#live-panel", options=RULES).response["violations"]

        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    context.close()


def test_nothing_moves_where_motion_is_unwanted(browser, site):
    context = browser.new_context(base_url=site.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/sessions/set/")
    context.add_cookies([{"name": "typed", "value": "in", "url": site.url}])
    arrived = page.locator(".lp-arrived").first
    arrived.wait_for()

    assert arrived.evaluate("each => getComputedStyle(each).animationName") == "none"
    context.close()
