"""Start over in a browser: afterward its jar is empty, whatever paths and domains it held."""

import pytest
from django.conf import settings
from django.urls import reverse

from course.lessons import places
from tests.browser.helpers import jar_of

# Press every button of every form on the page, and the first one of each form once more.
PRESS_ALL = """async () => {
    for (const form of document.querySelectorAll("main form")) {
        // A field may be named "action", and then hides the form's own.
        const target = form.getAttribute("action") || location.href;
        if (form.getAttribute("method") != "post" || target.includes("start-over")) continue;
        for (const input of form.querySelectorAll("input:not([type])")) input.value ||= "Ada";
        const buttons = [...form.querySelectorAll("button:not([type=button])")];
        for (const button of [...buttons, buttons[0]].filter((button) => !button?.formTarget)) {
            const action = button?.getAttribute("formaction") || target;
            const body = new URLSearchParams(new FormData(form, button));
            await fetch(action, {method: "POST", body});
        }
    }
}"""

COOKIE_LESSONS = [view for view in places() if view.startswith("cookies_demo:")]
TOKEN = "x" * 32


def press_all(page, origin, *views):
    for view in views:
        page.goto(origin + reverse(view))
        page.evaluate(PRESS_ALL)


def start_over(page, origin):
    page.goto(origin + reverse("start_over"))
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Start over").click()
    assert page.url == origin + reverse("cookies_demo:why_cookies")


@pytest.fixture
def page(context):
    """A page whose console may complain: some buttons are for forms that are refused."""
    yield context.new_page()
    context.complaints.clear()


def test_jar_is_empty_afterward(page, context, site):
    views = [*COOKIE_LESSONS, "sessions_demo:set_session", "sessions_demo:session_engines"]
    press_all(page, site.url, *views, "sessions_demo:clear_expired")
    for name in (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME):
        for path in ("/sessions", "/sessions/", "/cookies", "/interview/"):
            planted = {"name": name, "value": TOKEN, "path": path, "domain": "127.0.0.1"}
            context.add_cookies([planted])
    planted = {"name": "csrftoken", "value": TOKEN, "path": "/cookies/get/", "domain": "127.0.0.1"}
    context.add_cookies([planted])
    paths = {cookie["path"] for cookie in context.cookies()}
    assert len(context.cookies()) > 40
    assert len(paths) > 8

    start_over(page, site.url)

    assert context.cookies() == []


@pytest.mark.parametrize("host", ["app.localhost", "shop.app.localhost"])
def test_a_domain_is_emptied_from_any_host_in_it(page, context, site, host):
    press_all(page, f"http://app.localhost:{site.port}", "cookies_demo:cookie_scope")
    domains = {cookie["domain"] for cookie in context.cookies() if cookie["name"] == "for_domain"}
    assert domains == {".app.localhost"}

    start_over(page, f"http://{host}:{site.port}")

    assert "for_domain" not in jar_of(context)
    # What belongs to one host alone can be deleted there alone.
    start_over(page, f"http://app.localhost:{site.port}")
    assert context.cookies() == []


def test_another_host_cannot_empty_it(page, context, site):
    press_all(page, f"http://app.localhost:{site.port}", "cookies_demo:cookie_scope")

    start_over(page, f"http://localhost:{site.port}")

    assert "for_domain" in jar_of(context)
