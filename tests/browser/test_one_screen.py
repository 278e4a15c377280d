"""After a lesson's main act, a laptop's screen shows what happened without scrolling."""

import pytest

from tests.browser.acts import ACTS, perform

SCREEN = {"width": 1366, "height": 768}

# Lessons whose story is too long for one screen, and why. This list may only shrink.
EXCEPTIONS = {
    "cookies_demo:cookie_limits": "The cookie that fits is shown with its 4,096 bytes.",
    "cookies_demo:cookie_encoding": "Eight cookies, some long, come and go.",
    "sessions_demo:password_change": "Django's three entries, and two keys.",
    "sessions_demo:session_engines": "Five sessions, whose cookies are set at once.",
    "sessions_demo:lost_update": "Three requests cross one another before the page loads.",
}

# The headline, both sides of what holds now, and the verdict of every Set-Cookie line.
MEASURE = """() => {
    const root = document.getElementById("live-panel");
    const wanted = [
        root.querySelector('[data-panel="headline"]'),
        root.querySelector('[data-now] [data-panel="cookie-header"]'),
        root.querySelector('[data-now] [data-panel="row"]'),
        ...root.querySelectorAll('[data-lp-part="story"] [data-panel="verdict"]'),
    ];
    const below = wanted.map((each) => each.getBoundingClientRect().bottom);
    const boxes = [...root.querySelectorAll("*")].filter((each) => {
        const style = getComputedStyle(each);
        return /auto|scroll/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 1;
    });
    return {lowest: Math.max(...below), highest: wanted[0].getBoundingClientRect().top,
            boxes: boxes.length};
}"""


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.lesson)
def test_one_screen(page, context, act):
    page.set_viewport_size(SCREEN)
    perform(page, act)
    page.evaluate("scrollTo(0, 0)")

    found = page.evaluate(MEASURE)

    if act.complains:
        context.complaints.clear()
    assert found["boxes"] == 0
    fits = found["highest"] >= 0 and found["lowest"] <= SCREEN["height"]
    assert fits == (act.lesson not in EXCEPTIONS), found


def test_exceptions_are_few():
    assert len(EXCEPTIONS) <= 5
