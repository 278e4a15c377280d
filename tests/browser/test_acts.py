"""Do the main act of every lesson in a real browser: the panel says what it did, on one screen."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from course.lessons import places
from tests.browser.acts import ACTS, KINDS, perform

SCREEN = {"width": 1366, "height": 768}

# Lessons whose story is too long for one screen, and why. This list may only shrink.
LONGER_THAN_A_SCREEN = {
    "cookies_demo:cookie_encoding": "Eight cookies, some long, come and go.",
    "sessions_demo:password_change": "Django's three entries, and two keys.",
    "sessions_demo:session_engines": "Five sessions, whose cookies are set at once.",
    "sessions_demo:lost_update": "Three requests cross one another before the page loads.",
}

# The headline, both sides of what holds now, and the verdict of every Set-Cookie line; and the
# boxes that scroll by themselves.
MEASURE = """() => {
    const root = document.getElementById("live-panel");
    const wanted = [
        root.querySelector('[data-panel="headline"]'),
        root.querySelector('[data-now] [data-panel="cookie-header"]'),
        root.querySelector('[data-now] [data-panel="row"]'),
        ...root.querySelectorAll('[data-lp-part="story"] [data-panel="verdict"]'),
    ];
    const boxes = [...root.querySelectorAll("*")].filter((each) => {
        const style = getComputedStyle(each);
        return /auto|scroll/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 1;
    });
    return {
        lowest: Math.max(...wanted.map((each) => each.getBoundingClientRect().bottom)),
        highest: wanted[0].getBoundingClientRect().top,
        boxes: boxes.length,
    };
}"""


@pytest.fixture
def page(act, context):
    """A page in a fresh browser profile, whose console may complain if the act says so."""
    yield context.new_page()
    if act.complains:
        context.complaints.clear()


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param([act.lesson for act in ACTS], list(places()), id="lessons"),
        pytest.param([act.kind for act in ACTS if act.kind not in KINDS], [], id="kinds"),
    ],
)
def test_table_names_every_lesson(named, expected):
    assert named == expected


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.lesson)
def test_main_act(page, context, act):
    """The headline says what happened, and a laptop's screen shows it without scrolling."""
    page.set_viewport_size(SCREEN)
    response = perform(page, act)

    assert response.status == act.status
    assert urlsplit(page.url).path == act.result_path
    headline = page.locator('[data-panel="headline"]').first
    expect(headline).to_have_attribute("data-kind", act.kind)
    for fact in act.facts:
        expect(headline).to_contain_text(fact)
    assert bool(context.complaints) == act.complains

    page.evaluate("scrollTo(0, 0)")
    found = page.evaluate(MEASURE)
    assert found["boxes"] == 0
    fits = found["highest"] >= 0 and found["lowest"] <= SCREEN["height"]
    assert fits == (act.lesson not in LONGER_THAN_A_SCREEN), found
