"""Requests that really overlap: two threads, and a browser, against a running server."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import press, sessionid, shown


class Visitor:
    """A browser's cookies and forms in plain Python, for requests from several threads."""

    def __init__(self, site, path):
        self.site, self.path = site, path
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', self.get()).group(1)

    def get(self):
        with self.opener.open(self.site.url + self.path) as response:
            return response.read().decode()

    def post(self, path, **data):
        body = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": self.token})
        with self.opener.open(self.site.url + path, body.encode()) as response:
            assert response.status == 200


@pytest.mark.parametrize(
    ("experiment", "in_session", "in_table"),
    [("order-slowly", "1", "0"), ("order-in-one-step", "0", "2")],
)
def test_two_threads_lose_one_update_in_the_session_and_none_in_the_table(
    site, experiment, in_session, in_table
):
    visitor = Visitor(site, "/sessions/lost-update/")
    visitor.post(visitor.path, second_order="tea")
    path = f"/sessions/experiments/{experiment}/"

    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda who: visitor.post(path, who=who), ["A", "B"]))

    text = " ".join(re.sub("<[^>]+>", "", visitor.get()).split())
    assert f"In the session: tea {in_session}, coffee 0." in text
    assert f"In the table: {in_table}." in text


def test_one_click_loses_one_of_two_cups(page):
    page.goto("/sessions/lost-update/")

    press(page, "Order a tea and a coffee")

    timeline = page.locator("#timeline tbody tr")
    expect(timeline).to_have_count(4)
    expect(timeline).to_contain_text([re.compile("loaded")] * 2 + [re.compile("saved")] * 2)
    # Which of the two saves last is for the race to say; one cup is lost in any case.
    cups = page.locator("#try .result b").first.text_content()
    assert cups in ("tea 1, coffee 0", "tea 0, coffee 1")
    # The script loads the page anew, and the reader stays at the button.
    expect(page.locator(".outcome:visible")).to_have_attribute("id", "outcome-own-key")
    expect(page.locator("#outcome-own-key")).to_be_in_viewport()


def test_one_click_deletes_the_row_under_a_slow_request(page, context):
    page.goto("/sessions/session-deleted/")

    page.get_by_role("button", name="Save slowly, sign out meanwhile").click()

    answers = page.locator("#interrupted td:last-child")
    expect(answers).to_have_text(["400 SessionInterrupted", "a redirect"])
    expect(page.locator('[data-exchange][data-status="400"]')).to_have_count(1)
    assert sessionid(context) is None
    assert shown(page, "row") is None
    expect(page.locator("#outcome")).to_be_in_viewport()
    (complaint,) = context.complaints
    assert "status of 400" in complaint
    context.complaints.clear()


def test_slow_save_brings_back_only_the_session_that_lives_in_the_cookie(page, context):
    page.goto("/sessions/engines/")

    press(page, "Save slowly, sign out meanwhile")

    expect(page.locator("[data-refused]")).to_have_text(["db", "cache", "cached_db", "file"])
    kept = {
        cookie["name"] for cookie in context.cookies() if cookie["path"] == "/sessions/engines/"
    }
    assert kept == {"signed_cookies_sessionid"}
    read_by_view = page.locator("[data-engine] td:nth-of-type(3)")
    expect(read_by_view).to_have_text(["nothing"] * 4 + ["visits: 2"])
    expect(page.locator(".outcome:visible")).to_have_attribute("id", "outcome-overtaken")
    expect(page.locator("#outcome-overtaken")).to_be_in_viewport()


def test_private_window_sees_the_variable_and_not_the_session(page, browser, site):
    page.goto("/sessions/module-variable/")
    press(page, "Coffee, in the module")
    press(page, "Tea, in the session")

    private = browser.new_context(base_url=site.url)
    elsewhere = private.new_page()
    elsewhere.goto("/sessions/module-variable/")

    expect(elsewhere.locator("#try td")).to_have_text(["coffee", "nothing"])
    expect(page.locator("#try td")).to_have_text(["coffee", "tea"])
    private.close()
