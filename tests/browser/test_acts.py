"""Do the main act of every lesson in a real browser: the panel says what it did, on one screen."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from course.lessons import places
from tests.browser.access import violations_of
from tests.browser.acts import ACTS, KINDS, perform

SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}

# Lessons whose story is too long for one screen, and why. This list may only shrink.
LONGER_THAN_A_SCREEN = {
    "cookies_demo:cookie_encoding": "Eight cookies, some long, come and go.",
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


# What came of the click, where the click was: the line, the control that has the focus, and what is
# said to those who listen.
OUTCOME = """() => {
    const outcomes = [...document.querySelectorAll(".outcome")];
    const shown = outcomes.filter((each) => each.checkVisibility());
    const rects = [shown[0], document.activeElement].map((each) => each?.getBoundingClientRect());
    return {
        lines: shown.map((each) => each.textContent),
        inView: rects.every((rect) => rect && rect.top >= 0 && rect.bottom <= innerHeight),
        focus: document.activeElement.localName,
        said: document.querySelector("main > [role=status]").textContent,
        held: document.querySelector("[data-held]").textContent,
        answer: document.getElementById("answer").checkVisibility(),
        sideways: document.documentElement.scrollWidth > innerWidth,
    };
}"""


def assert_outcome_is_where_the_click_was(page):
    """One line, in view with the control that was pressed; the answer is open."""
    expect(page.locator("main > [role=status]")).not_to_be_empty()
    found = page.evaluate(OUTCOME)
    assert len(found["lines"]) == 1
    assert found["lines"][0].strip()
    assert found["inView"], found
    assert found["focus"] in ("a", "button", "p"), found
    # Where the page stays, the panel's own headline says the rest.
    assert found["said"] in (f"{found['lines'][0]} {found['held']}", found["held"])
    assert found["held"]
    assert found["answer"]
    assert not found["sideways"]


@pytest.fixture
def page(act, context):
    """A page in a fresh browser profile, whose console may complain if the act says so."""
    yield context.new_page()
    if act.complains:
        context.complaints.clear()


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param(sorted(act.lesson for act in ACTS), sorted(places()), id="lessons"),
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
    assert_outcome_is_where_the_click_was(page)

    page.evaluate("scrollTo(0, 0)")
    found = page.evaluate(MEASURE)
    assert found["boxes"] == 0
    fits = found["highest"] >= 0 and found["lowest"] <= SCREEN["height"]
    assert fits == (act.lesson not in LONGER_THAN_A_SCREEN), found
    assert violations_of(page) == []
    context.complaints.clear()  # axe writes a style into the page, which the site forbids.


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.lesson)
def test_on_a_phone(page, act):
    """The same where nothing of the panel is on the screen: only what holds now is open below."""
    page.set_viewport_size(PHONE)
    perform(page, act)

    assert_outcome_is_where_the_click_was(page)
    assert page.locator(".lp-fold").get_attribute("open") is None
