"""A server that sets any cookie on any host, and a Chromium that says what it made of it.

The server is also the proxy of that browser, so it answers for any host: Chromium asks it for
shop.example.com too. A test file imports the fixtures `server`, `shared_chromium` and `chromium`.
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from urllib.parse import urlsplit

import pytest

IP = "127.0.0.1"
SHOP = "shop.example.com"
PAGE = "/a/b/page"


class CookieHandler(BaseHTTPRequestHandler):
    """Answer with the lines whose number is the query. Every answer repeats its number.

    The headers and the method of a request are kept under its number.
    """

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        number = urlsplit(self.path).query
        self.server.cookie_header = self.headers.get("Cookie", "")
        self.server.requests[number] = self.command, self.headers
        fields = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 0"]
        fields.append(f"Number: {number}")
        # So that a page of any origin may fetch with cookies.
        if origin := self.headers.get("Origin"):
            fields.append(f"Access-Control-Allow-Origin: {origin}")
            fields.append("Access-Control-Allow-Credentials: true")
        fields += [f"Set-Cookie: {line}" for line in self.server.lines.get(number, ())]
        # By hand, because `send_header` may refuse the control characters that a test needs.
        self.wfile.write("\r\n".join([*fields, "", ""]).encode("latin-1"))

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *args):
        pass


class Chromium:
    """A browser context with one page for each host."""

    def __init__(self, context, server):
        self.context = context
        self.server = server
        self.pages = {}
        self.numbers = count(1)

    def origin(self, host):
        # Chromium never asks a proxy for the machine that it runs on.
        here = host == IP or host.removesuffix(".").endswith("localhost")
        return f"http://{host}:{self.server.server_port}" if here else f"http://{host}"

    def page(self, host):
        """Return a page on `host`, and what DevTools knows of its responses by their number."""
        if host not in self.pages:
            page, responses = self.context.new_page(), {}
            page.goto(self.origin(host))
            session = self.context.new_cdp_session(page)
            session.send("Network.enable")
            session.on(
                "Network.responseReceivedExtraInfo",
                lambda response: responses.update({response["headers"].get("Number"): response}),
            )
            self.pages[host] = page, responses
        return self.pages[host]

    def number(self, lines=()):
        """Return a number whose answer has these lines."""
        number = str(next(self.numbers))
        self.server.lines[number] = lines
        return number

    def receive(self, line, host=IP, path=PAGE):
        """Let `host` answer a fetch of `path` with `line`.

        Return the URL, the names in its `Cookie` header, and why the cookie was blocked.
        """
        page, responses = self.page(host)
        url, number = self.origin(host) + path, self.number([line])
        page.evaluate("url => fetch(url).then(response => response.text())", f"{url}?{number}")
        for _ in range(1000):
            if number in responses:
                break
            page.wait_for_timeout(1)
        header = self.server.cookie_header
        sent = [pair.rpartition("=")[0] for pair in header.split("; ")] if header else []
        blocked = responses[number]["blockedCookies"]
        return url, sent, {reason for cookie in blocked for reason in cookie["blockedReasons"]}

    def ask(self, host=IP, path=PAGE, lines=()):
        """Let a page of `host` fetch `path`, and the answer carry `lines`.

        Return the URL without its query, and the `Cookie` header, or None.
        """
        number = self.number(lines)
        url = self.origin(host) + path
        self.page(host)[0].evaluate(
            "url => fetch(url).then(response => response.text())", f"{url}?{number}"
        )
        return url, self.server.requests[number][1].get("Cookie")

    def come_from(self, other, how, host=IP, path=PAGE):
        """Let a page of the host `other` cause a request: a "link", "form", "frame" or "fetch".

        Return the URL without its query, the method and the headers of the request.
        """
        number = self.number()
        url = self.origin(host) + path
        page = self.context.new_page()
        page.goto(self.origin(other))
        if how in ("link", "form"):
            with page.expect_navigation():
                page.evaluate(GO[how], f"{url}?{number}")
        else:
            page.evaluate(GO[how], f"{url}?{number}")
        page.close()
        return url, *self.server.requests[number]


GO = {
    "fetch": "url => fetch(url, {credentials: 'include'}).then(response => response.text())",
    "frame": """url => new Promise(done => {
        const frame = document.createElement('iframe');
        frame.onload = done;
        frame.src = url;
        document.documentElement.append(frame);
    })""",
    "link": "url => { const a = document.createElement('a'); a.href = url; a.click(); }",
    "form": """url => {
        const form = document.createElement('form');
        form.method = 'post';
        form.action = url;
        document.documentElement.append(form);
        form.submit();
    }""",
}


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer((IP, 0), CookieHandler)
    server.lines, server.requests = {}, {}
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def shared_chromium(browser, server):
    context = browser.new_context(proxy={"server": f"http://{IP}:{server.server_port}"})
    yield Chromium(context, server)
    context.close()


@pytest.fixture
def chromium(shared_chromium):
    shared_chromium.context.clear_cookies()
    return shared_chromium
