"""What only a real server shows, as `make run` starts it: debug toolbar, threads, sockets."""

import re
import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from threading import Barrier
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

SET = "/sessions/set/"
VISITORS = 40


class Browser:
    """A client with a cookie jar of its own. Redirects are answers, not followed."""

    def __init__(self, site):
        self.url = site.url
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), NoRedirect
        )

    def open(self, path, form=None):
        """Return (status, text) of a GET, or of a POST if there is a form."""
        data = None if form is None else urlencode(form).encode()
        try:
            with self.opener.open(self.url + path, data, timeout=60) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            with error:
                return error.status, error.read().decode()

    def cookie(self, name):
        return next((cookie.value for cookie in self.jar if cookie.name == name), None)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def token_of(page):
    return BeautifulSoup(page, "html.parser").select_one("[name=csrfmiddlewaretoken]")["value"]


def request_id_of(page):
    return re.search('data-request-id="([0-9a-f]+)"', page)[1]


@pytest.fixture(scope="module")
def visitors(site):
    """Forty visitors, each with a name in a session, who came and posted all at once."""
    barrier = Barrier(VISITORS)

    def visit(number):
        browser = Browser(site)
        barrier.wait()
        status, page = browser.open(SET)
        assert status == 200
        barrier.wait()
        form = {"user_name": f"Visitor{number:02}", "csrfmiddlewaretoken": token_of(page)}
        browser.status, _ = browser.open(SET, form)
        barrier.wait()
        _, browser.page = browser.open(SET)
        browser.name = f"Visitor{number:02}"
        return browser

    with ThreadPoolExecutor(VISITORS) as pool:
        return list(pool.map(visit, range(VISITORS)))


class TestDebugToolbar:
    def test_is_there(self, visitors):
        assert all(request_id_of(browser.page) for browser in visitors)

    def test_parallel_first_visits_get_forms_that_work(self, visitors):
        assert [browser.status for browser in visitors] == [302] * VISITORS

    def test_no_panel_of_a_visitor_shows_another(self, visitors):
        """The visits were parallel, so whatever listens to all threads heard of others."""
        own = visitors[0]
        for browser in [own, *visitors[1::8]]:
            others = [other for other in visitors if other is not browser]
            secrets = [*(other.cookie("sessionid") for other in others)]
            secrets += [other.name for other in others]
            for panel, text in panels_of(browser, request_id_of(browser.page)).items():
                assert not [secret for secret in secrets if secret in text], panel

    def test_nobody_finds_the_requests_of_others(self, site, visitors):
        stranger = Browser(site)
        _, page = stranger.open("/")
        own = request_id_of(page)
        answers = [
            stranger.open(path)
            for path in [
                "/__debug__/history_sidebar/?" + urlencode({"request_id": own}),
                "/__debug__/history_refresh/?" + urlencode({"request_id": own}),
                "/__debug__/template_source/?template=base.html",
                "/__debug__/",
            ]
        ]

        assert {status for status, _ in answers} == {404}
        text = "".join(text for _, text in answers)
        text += "".join(panels_of(stranger, own).values())
        for browser in visitors:
            assert browser.cookie("sessionid") not in text
            assert request_id_of(browser.page) not in text


def panels_of(browser, request_id):
    """Return what each panel of the toolbar shows of a request."""
    toolbar = browser.open("/")[1]
    ids = sorted(set(re.findall(r'id="djdt-(\w+Panel)"', toolbar)) | {"HistoryPanel", "CachePanel"})
    assert "ExchangePanel" in ids
    return {
        panel: browser.open(
            "/__debug__/render_panel/?" + urlencode({"request_id": request_id, "panel_id": panel})
        )[1]
        for panel in ids
    }


class TestSockets:
    """Raw requests: what the gate refuses, and what becomes of the bytes after it."""

    @staticmethod
    def say(site, text):
        """Send `text`, and return all that the server says until it closes the connection."""
        with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
            connection.sendall(text.replace("\n", "\r\n").encode("latin-1"))
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    @pytest.mark.parametrize(
        ("header", "status"), [("Content-Length: abc", 400), ("Transfer-Encoding: chunked", 411)]
    )
    def test_body_without_a_length_is_never_the_next_request(self, site, header, status):
        smuggled = "GET /cookies/why/ HTTP/1.1\nHost: localhost\n\n"

        said = self.say(site, f"POST {SET} HTTP/1.1\nHost: localhost\n{header}\n\n{smuggled}")

        assert re.findall(r"HTTP/1.1 (\d+)", said) == [str(status)]
        assert "X-Content-Type-Options: nosniff" in said

    def test_large_form_is_read_to_its_end_so_that_a_browser_shows_the_page(self, site):
        status, page = Browser(site).open(SET, {"user_name": "x" * 3_000_000})

        assert status == 413
        assert "<h1>" in page

    def test_very_large_upload_is_answered_before_it_is_sent(self, site):
        said = self.say(
            site, f"POST {SET} HTTP/1.1\nHost: localhost\nContent-Length: 500000000\n\nuser_name="
        )

        assert said.startswith("HTTP/1.1 413")
        assert "Connection: close" in said

    @pytest.mark.parametrize(
        "line",
        [
            "GET /static/../manage.py HTTP/1.1",
            "GET /static/%2e%2e/manage.py HTTP/1.1",
            f"GET /?{'&'.join('a' for _ in range(1001))} HTTP/1.1",
            "GET / HTTP/1.1\nContent-Type: x; a*=bogus''b",
            "GET /static/css/site.css HTTP/1.1\nContent-Type: x; a*=bogus''b",
            "POST /cookies/set HTTP/1.1\nContent-Length: 0",
        ],
    )
    def test_refused_with_debug_on(self, site, line):
        said = self.say(site, f"{line}\nHost: localhost\nConnection: close\n\n")

        assert said.startswith("HTTP/1.1 400")
        assert "Content-Security-Policy" in said

    def test_static_files_come_with_the_headers_of_every_page(self, site):
        said = self.say(
            site, "GET /static/css/site.css HTTP/1.1\nHost: localhost\nConnection: close\n\n"
        )

        assert said.startswith("HTTP/1.1 200")
        assert "X-Content-Type-Options: nosniff" in said
        assert "Content-Security-Policy" in said
