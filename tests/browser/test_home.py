"""Home in a browser: what was visited is marked, and the picture is of the request itself."""

import pytest
from playwright.sync_api import expect

from course.lessons import tracks
from tests.browser.helpers import header_of, jar_of, press, sessionid, shown

FIRST = tracks()[0].lessons[0]
SECOND = tracks()[0].lessons[2]


def marked(page):
    """Return the paths of the lessons that home marks as visited."""
    return page.locator("#course li:has(.visited) a").evaluate_all(
        "links => links.map((link) => link.pathname)"
    )


def learn(page):
    """Return where the first of the three ways leads, as a path."""
    return page.locator("#learn").evaluate("link => link.pathname")


def visit(page, *lessons):
    for lesson in lessons:
        page.goto(lesson.url)
        page.wait_for_function("path => `visited ${path}` in localStorage", arg=lesson.url)


class TestVisited:
    def test_nothing_is_in_a_fresh_profile_and_home_stores_nothing(self, page, context):
        page.goto("/", wait_until="networkidle")

        assert marked(page) == []
        assert learn(page) == FIRST.url
        expect(page.locator("#visited")).to_be_hidden()
        stored = page.evaluate("Object.keys({...localStorage, ...sessionStorage})")
        assert [key for key in stored if not key.startswith("djdt")] == []
        assert context.cookies() == []

    def test_lessons_are_marked_and_the_latest_is_offered(self, page, context):
        visit(page, SECOND, FIRST, SECOND)

        page.goto("/")

        assert marked(page) == [FIRST.url, SECOND.url]
        assert learn(page) == SECOND.url
        expect(page.locator("#learn")).to_contain_text(SECOND.title)
        expect(page.locator("#visited")).to_be_visible()
        page.locator("#learn").click()
        expect(page).to_have_title(SECOND.title)

    def test_the_server_does_not_learn_of_it(self, page, context):
        visit(page, FIRST, SECOND)
        home = context.new_page()
        sent = []
        home.on("request", lambda request: sent.append(request))

        home.goto("/", wait_until="networkidle")

        assert learn(home) == SECOND.url
        assert set(jar_of(context)) <= {"csrftoken"}
        for request in sent:
            assert SECOND.url not in f"{request.url} {request.all_headers()} {request.post_data}"

    def test_can_be_forgotten(self, page):
        visit(page, FIRST, SECOND)
        page.goto("/")

        with page.expect_navigation():
            page.get_by_role("button", name="Forget it").click()

        assert marked(page) == []
        assert learn(page) == FIRST.url

    @pytest.mark.parametrize("stored", ["no number", "-1", ""])
    def test_survives_what_somebody_wrote_there(self, page, stored):
        visit(page, FIRST)
        page.evaluate(
            """stored => {
                localStorage[`visited ${location.pathname}`] = stored;
                localStorage["visited /nowhere/"] = stored;
            }""",
            stored,
        )

        page.goto("/")

        assert marked(page) == [FIRST.url]
        assert learn(page) == FIRST.url


class TestPicture:
    def test_is_of_the_request_that_the_browser_sent(self, page, context):
        page.goto("/cookies/set/")
        page.locator("#try").get_by_role("textbox").first.fill("Ada")
        press(page, "Set the cookie")
        page.goto("/sessions/set/")
        page.locator("#try").get_by_role("textbox").first.fill("Ada")
        press(page, "Store it in the session")

        response = page.goto("/")

        header = page.locator('.picture [data-now] [data-panel="cookie-header"]')
        expect(header).to_be_visible()
        assert header.text_content() == header_of(response)
        assert "user_name=Ada" in header.text_content()
        assert shown(page, "session-key", ".picture [data-now]") == sessionid(context)
        expect(page.locator('.picture [data-panel="session-decoded"]').first).to_be_visible()

    @pytest.mark.parametrize("width", [390, 1366])
    def test_is_all_that_home_shows_of_the_panel(self, page, width):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto("/")

        expect(page.locator(".picture [data-now]")).to_be_visible()
        expect(page.get_by_role("button", name="Pause")).to_be_visible()
        expect(page.locator('[data-lp-part="story"]')).to_be_hidden()
        expect(page.locator(".picture summary").filter(visible=True)).to_have_count(0)

    def test_follows_what_changes(self, page, context, site):
        page.goto("/")
        assert shown(page, "cookie-header") is None

        context.add_cookies([{"name": "color", "value": "blue", "url": site.url}])

        header = page.locator('[data-now] [data-panel="cookie-header"]')
        expect(header).to_have_text("color=blue")


class TestFirstScreen:
    @pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
    def test_says_what_it_is_and_where_to_begin_and_shows_the_picture(self, page, size):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto("/")

        for part in ["h1", ".ways", ".picture [data-now]"]:
            box = page.locator(part).bounding_box()
            assert box["y"] + box["height"] <= size[1], part

    @pytest.mark.parametrize("width", [320, 390, 683])
    def test_fits_a_narrow_screen(self, page, width):
        page.set_viewport_size({"width": width, "height": 844})
        for path in ["/", "/developer-tools/"]:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

        page.goto("/")
        box = page.locator("#learn").bounding_box()
        assert box["y"] + box["height"] <= 844
