"""The page of every lesson before its act: at a glance, for everybody, and how much it weighs.

What holds after the act is in `test_acts`.
"""

import pytest

from course.lessons import places
from tests.browser.access import violations_of
from tests.server import Site

LAPTOP = {"width": 1366, "height": 768}
PROJECTOR = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1920, "height": 1080}
# What is left of a laptop's screen at 400 % zoom (WCAG 2.2, 1.4.10)
ZOOMED = {"width": 320, "height": 256}

MOST_REQUESTS = 6
MOST_BYTES = 40_000  # on the wire, headers included
MOST_PIXELS_TO_THE_CODE = 2_000  # on a phone

# Lessons whose first button is below the fold, and why. These lists may only shrink.
BELOW_THE_FOLD = {
    "laptop": {},
    "projector": {},
}

# Every kind of page that is no lesson
OTHER_PAGES = [
    "/",
    "/developer-tools/",
    "/notes/",
    "/notes/run/sessions/set_session/",
    "/interview/",
    "/interview/cards/",
    "/interview/mock/",
    "/interview/true-or-false/",
    "/interview/cheat-sheet/",
    "/search/?q=session+key",
    "/start-over/",
    "/sessions/rows/",
    "/nowhere/",
    "/cookies/experiments/many/",
    "/cookies/experiments/shop/hats/",
    "/cookies/scope/shop/",
    "/cookies/experiments/readings/",
    "/cookies/experiments/rights/",
    "/cookies/experiments/notes/",
]

# Where the title, the question, the first button of "Do it" and the panel end, in pixels.
GLANCE = """() => {
    const rect = (each) => each.getBoundingClientRect();
    const find = (selector) => document.querySelector(selector);
    const act = [...document.querySelectorAll("#try :is(button, a.button)")]
        .find((each) => each.checkVisibility());
    return {
        lowest: Math.max(...[find("h1"), find("#predict"), act].map((each) => rect(each).bottom)),
        panel: rect(find('[data-now] [data-panel="cookie-header"]')).bottom,
        beside: rect(find("#live-panel")).left >= rect(find(".lesson-do")).right,
    };
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The left edges of what stands one below the other, rounded: there is one.
EDGES = """() => [...new Set(
    [...document.querySelectorAll(".site-name, .breadcrumb, h1, .lesson-learn > section")]
        .filter((each) => each.checkVisibility())
        .map((each) => Math.round(each.getBoundingClientRect().left)))]"""
EDGES_OF_OTHERS = """() => [...new Set(
    [...document.querySelectorAll(".site-name, h1")]
        .map((each) => Math.round(each.getBoundingClientRect().left)))]"""
CODE = '() => Math.round(document.querySelector("#code").getBoundingClientRect().top + scrollY)'


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The site with DEBUG off, as a class sees it: no debug toolbar in the page."""
    site = Site(tmp_path_factory.mktemp("classroom"), DEBUG="off", SECRET_KEY="k" * 50)
    yield site
    site.stop()


@pytest.fixture
def page(browser, classroom):
    """A page in a fresh browser profile. It fails the test if a page complained."""
    context = browser.new_context(base_url=classroom.url, viewport=LAPTOP)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A page that turns a stranger away is a 403, and axe writes a style, which the site forbids.
    expected = ("403", "404", "inline style")
    assert not [each for each in complaints if not any(word in each for word in expected)]


@pytest.mark.parametrize("place", places().values(), ids=lambda place: place.lesson.view)
def test_first_look_at_a_lesson(page, place):
    """One visit, so that each check costs no page load of its own."""
    lesson = place.lesson
    weight = Weight(page)
    page.goto(lesson.url, wait_until="networkidle")

    assert weight.requests <= MOST_REQUESTS, weight.urls
    assert weight.bytes <= MOST_BYTES

    for name, screen in (("laptop", LAPTOP), ("projector", PROJECTOR)):
        page.set_viewport_size(screen)
        found = page.evaluate(GLANCE)
        assert found["beside"], name
        assert found["panel"] <= screen["height"], name
        fits = found["lowest"] <= screen["height"]
        assert fits == (lesson.view not in BELOW_THE_FOLD[name]), (name, found)

    page.set_viewport_size(WIDE)
    assert len(page.evaluate(EDGES)) == 1
    for screen in (LAPTOP, ZOOMED, PHONE):
        page.set_viewport_size(screen)
        assert page.evaluate(OVERFLOW) == 0, screen
    assert page.evaluate(CODE) <= MOST_PIXELS_TO_THE_CODE


@pytest.mark.parametrize("place", places().values(), ids=lambda place: place.lesson.view)
def test_axe_finds_nothing_before_the_act(page, place):
    page.goto(place.lesson.url)

    assert violations_of(page) == []


@pytest.mark.parametrize("path", OTHER_PAGES)
def test_the_other_pages_are_for_everybody_too(page, path):
    page.goto(path)

    assert violations_of(page) == []
    page.set_viewport_size(WIDE)
    assert len(page.evaluate(EDGES_OF_OTHERS)) == 1
    page.set_viewport_size(ZOOMED)
    assert page.evaluate(OVERFLOW) == 0


class Weight:
    """Count the requests of `page` from now on, and their bytes on the wire."""

    def __init__(self, page):
        self.urls = []
        self.bytes = 0
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.requestWillBeSent", self.add)
        client.on("Network.loadingFinished", self.weigh)

    def add(self, event):
        request = event["request"]
        # The icon is in the page, and the panel asks for news later.
        if not request["url"].startswith("data:") and "Live-Panel" not in request["headers"]:
            self.urls.append(request["url"])

    def weigh(self, event):
        self.bytes += event["encodedDataLength"]

    @property
    def requests(self):
        return len(self.urls)
