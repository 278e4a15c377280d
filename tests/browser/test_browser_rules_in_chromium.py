"""Does a real Chromium do what `live_panel.browser_rules` says that a browser does?

Each line goes out in a response of its own, to a browser without cookies. The test server is also
the proxy of that browser, so it answers for any host: Chromium asks it for shop.example.com too.
"""

from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from urllib.parse import urlsplit

import pytest

from live_panel.browser_rules import judge

pytestmark = pytest.mark.browser

IP = "127.0.0.1"
SHOP = "shop.example.com"
PAGE = "/a/b/page"

# What DevTools calls a broken rule. Of the rules that are not here, Chromium says nothing.
REASONS = {
    "control-character": {"DisallowedCharacter"},
    "tab": {"DisallowedCharacter"},
    "size": {"NameValuePairExceedsMaxSize"},
    "empty": {"NoCookieContent"},
    "domain-not-ascii": {"InvalidDomain"},
    "domain-one-label": {"InvalidDomain"},
    "domain-mismatch": {"InvalidDomain"},
    "secure-origin": {"SecureOnly"},
    "samesite-none-insecure": {"SameSiteNoneInsecure"},
    "prefix-secure": {"InvalidPrefix"},
    "prefix-host": {"InvalidPrefix"},
    "prefix-http": {"InvalidPrefix"},
    "prefix-host-http": {"InvalidPrefix"},
    "nameless-prefix": {"InvalidPrefix"},
}


class CookieHandler(BaseHTTPRequestHandler):
    """Answer with the line whose number is the query. Every answer repeats its number."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.cookie_header = self.headers.get("Cookie", "")
        number = urlsplit(self.path).query
        fields = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 0"]
        fields.append(f"Number: {number}")
        if number in self.server.lines:
            fields.append(f"Set-Cookie: {self.server.lines[number]}")
        # By hand, because `send_header` may refuse the control characters that a test needs.
        self.wfile.write("\r\n".join([*fields, "", ""]).encode("latin-1"))

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

    def receive(self, line, host=IP, path=PAGE):
        """Let `host` answer a fetch of `path` with `line`.

        Return the URL, the names in its `Cookie` header, and why the cookie was blocked.
        """
        page, responses = self.page(host)
        url, number = self.origin(host) + path, str(next(self.numbers))
        self.server.lines[number] = line
        page.evaluate("url => fetch(url).then(response => response.text())", f"{url}?{number}")
        for _ in range(1000):
            if number in responses:
                break
            page.wait_for_timeout(1)
        header = self.server.cookie_header
        sent = [pair.rpartition("=")[0] for pair in header.split("; ")] if header else []
        blocked = responses[number]["blockedCookies"]
        return url, sent, {reason for cookie in blocked for reason in cookie["blockedReasons"]}


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer((IP, 0), CookieHandler)
    server.lines = {}
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


def as_chromium_reports(verdict):
    """Return the cookie of `verdict` as `context.cookies()` shows it, but for its expiry."""
    return {
        "name": wire_text(verdict.name),
        "value": wire_text(verdict.value),
        "path": wire_text(verdict.path),
        "domain": verdict.domain if verdict.host_only else f".{verdict.domain}",
        "secure": verdict.secure,
        "httpOnly": verdict.httponly,
        "sameSite": verdict.samesite.removesuffix(" (by default)"),
        "partitioned": verdict.partitioned,
    }


def wire_text(text):
    """Return header text as DevTools shows it, which takes the bytes for UTF-8."""
    return text.encode("latin-1").decode()


def assert_same(chromium, line, host=IP, path=PAGE):
    """Compare what Chromium did to `line` with what `judge` says, in every attribute."""
    now = datetime.now(timezone.utc)
    url, _, reasons = chromium.receive(line, host, path)
    verdict = judge(line, url, now=now)

    assert reasons == REASONS.get(verdict.rule, set())
    jar = chromium.context.cookies()
    assert len(jar) == (1 if verdict.outcome == "stored" else 0), verdict
    for cookie in jar:
        expires = cookie.pop("expires")
        cookie["partitioned"] = cookie.pop("partitionKey", None) is not None
        cookie.pop("_crHasCrossSiteAncestor", None)
        assert cookie == as_chromium_reports(verdict)
        if verdict.lifetime is None:
            assert expires == -1
        else:
            assert expires == pytest.approx(now.timestamp() + verdict.lifetime, rel=0, abs=2)


# A character is a byte, so "\u00c3\u00a9" is one "é" in UTF-8.
LINES = [
    # Name and value
    "n=v", "n=", "n=a=b", "n==", "n", "=v", "=", "", "; Secure", "=; Secure", "=; Max-Age=0",
    "=__Host", "=a=b", "==b", "n=v;", "n=v;;;Secure;", "n=v;Secure", " n = v ; Secure ", "n=a b",
    "n m=v", "n=a,b", "n,m=v", "n=v, m=w", "n=v HttpOnly", 'n="v"', 'n="a b"', 'n="a;b"', "n=a%20b",
    "n=\\073", "N=v", "Set-Cookie: n=v", "n=\u00c3\u00a9", "caf\u00c3\u00a9=v",
    "n=\u00c2\u00a0v\u00c2\u00a0",
    # White space and control characters
    "\tn\t=\tv\t;\tSecure\t", "n=a\tb", "a\tb=v", "n=v; Path=/a\tb", "n=v; Other=a\tb",
    "n=v; Oth\ter=a", "n=\x01", "\x1fn=v", "n=\x7f", "n=v; Other=\x01", "n=v; Oth\x7fer", "n=v\x0b",
    "n=\u00c2\u0085",
    # Sizes
    "n=" + "v" * 4095, "n=" + "v" * 4096, "n" * 4096 + "=", "n" * 4097 + "=", "v" * 4096,
    "v" * 4097, "n=" + "\u00c3\u00a9" * 2047 + "v", "n=" + "\u00c3\u00a9" * 2048,
    "n" + " " * 5000 + "=" + " " * 5000 + "v", "n=v; Other=" + "x" * 60000,
    "n=v; Path=/" + "x" * 1023, "n=v; Path=/" + "x" * 1024, "n=v; Path=/x; Path=/" + "x" * 1024,
    "n=v; Secure=" + "x" * 1024, "n=v; Secure=" + "x" * 1025, "n=v; HttpOnly=" + "x" * 1025,
    "n=v; SameSite=Strict; SameSite=" + "x" * 1025, "n=v; Max-Age=60; Max-Age=" + "1" * 1024,
    "n=v; Max-Age=60; Max-Age=" + "1" * 1025, "n=v; Domain=" + "x" * 1025,
    "n=v" + "; Other" * 100 + "; Path=/x",
    # Flags and unknown attributes
    "n=v; Secure", "n=v; secure", "n=v; SECURE=false", "n=v; HttpOnly", "n=v; httponly=0",
    "n=v; Secure; HttpOnly", "n=v; Partitioned", "n=v; Secure; Partitioned",
    "n=v; Secure; Partitioned=x; SameSite=None", "n=v; Priority=High", "n=v; Version=1; Comment=x",
    "n=v; =Secure", "n=v; Sec ure",
    # SameSite
    "n=v; SameSite=Strict", "n=v; samesite=LAX", "n=v; SameSite=None", "n=v; SameSite=none; Secure",
    "n=v; SameSite=Bogus", "n=v; SameSite=", "n=v; SameSite", 'n=v; SameSite="Strict"',
    "n=v; SameSite=Strict; SameSite=Bogus", "n=v; SameSite=Bogus; SameSite=Strict",
    "n=v; SameSite=None; SameSite=Lax", "n=v; SameSite=None; Max-Age=0",
    # Max-Age, alone and with Expires
    "n=v; Max-Age=60", "n=v; max-age=0060", "n=v; Max-Age=+60", "n=v; Max-Age=1", "n=v; Max-Age=0",
    "n=v; Max-Age=-0", "n=v; Max-Age=-5", "n=v; Max-Age=34560000", "n=v; Max-Age=34560100",
    "n=v; Max-Age=99999999999999999999999", "n=v; Max-Age=-99999999999999999999999",
    "n=v; Max-Age=", "n=v; Max-Age", "n=v; Max-Age=-", "n=v; Max-Age=soon", "n=v; Max-Age=60.5",
    "n=v; Max-Age=6 0", 'n=v; Max-Age="60"', "n=v; Max-Age=--60", "n=v; Max-Age=\u00c2\u00b2",
    "n=v; Max-Age=60; Max-Age=120", "n=v; Max-Age=60; Max-Age=soon",
    "n=v; Max-Age=soon; Max-Age=60", "n=v; Max-Age=60; Max-Age=",
    "n=v; Max-Age=60; Expires=Wed, 09 Jun 2021 10:18:14 GMT",
    "n=v; Expires=Wed, 09 Jun 2021 10:18:14 GMT; Max-Age=60",
    "n=v; Max-Age=0; Expires=Wed, 09 Jun 2099 10:18:14 GMT",
    "n=v; Max-Age=soon; Expires=Wed, 09 Jun 2021 10:18:14 GMT",
    # Path
    "n=v; Path=/", "n=v; Path=/x", "n=v; path = /x/", "n=v; Path=//", "n=v; Path=/x y",
    "n=v; Path=/%41", "n=v; Path=/a/../b", "n=v; Path=/\\x", "n=v; Path=/?q#f",
    "n=v; Path=/\u00c3\u00a9", "n=v; Path=abc", "n=v; Path=", "n=v; Path", 'n=v; Path="/x"',
    "n=v; Path==/x", "n=v; Path=/x; Path=/y", "n=v; Path=/x; Path=abc", "n=v; Path=/x; Path=",
    "n=v; Pa th=/x",
    # Prefixes
    "__Secure-n=v; Secure", "__secure-n=v; Secure", "__Secure-n=v", "__SECURE-n=v", "__Secure=v",
    "__Host-n=v; Secure; Path=/", "__Host-n=v; Path=/", "__hOST-n=v; Path=/", "__Host-n=v; Secure",
    "__Host-n=v; Secure; Path=", "__Host-n=v; Secure; Path=/x",
    "__Host-n=v; Secure; Path=/; Path=/x", "__Host-n=v; Secure; Path=/x; Path=/",
    "__Host-n=v; Secure; Path=/; Domain=", "__Host-n=v; Secure; Path=/; Domain=127.0.0.1",
    "__Host-n=v; Secure; Path=/; Domain=.127.0.0.1", "__Host-=v; Secure; Path=/", "__Host-=v",
    "__Host-n=v; Max-Age=0", "__Http-n=v; Secure; HttpOnly", "__Http-n=v; Secure",
    "__http-n=v; HttpOnly", "__Host-Http-n=v; Secure; HttpOnly; Path=/",
    "__Host-Http-n=v; Secure; Path=/", "__Host-Http-n=v; Secure; HttpOnly",
    "__host-http-n=v; HttpOnly; Path=/", "__Http-Host-n=v", "=__Host-n", "=__secure-n",
    "= __Http-n", "__Host-Http-n", "=__Secure-n; Secure",
    "n=v; Expires", "n=v; Expires=09 Jun 2099 10:18:14; Expires=soon",
]  # fmt: skip

DATES = [
    "Wed, 09 Jun 2021 10:18:14 GMT", "Wed, 09 Jun 2099 10:18:14 GMT",
    "Wed, 09-Jun-2099 10:18:14 GMT", '"Wed, 09-Jun-2099 10:18:14 GMT"', "Wed Jun  9 10:18:14 2099",
    "2099 09 Jun 10:18:14", "Jun 2099 10:18:14 09", "a Jun b 9 c 2099 10:18:14",
    "09 jUNE 2099 10:18:14", "09 Junk 2099 10:18:14", "09 Ju 2099 10:18:14", "09 Jun 2099 1:2:3",
    "09 Jun 2099 010:18:14", "09 Jun 2099 10:18", "09 Jun 2099 10::14", "09 Jun 2099 10:18:14:15",
    "09 Jun 2099 10:18:14pm", "09 Jun 2099 x10:18:14", "09 Jun 2099 10:18:14 11:99:99",
    "10:18 10:18:14 09 Jun 2099", "09 Jun 2099 24:00:00", "09 Jun 2099 23:60:00",
    "09 Jun 2099 23:59:60", "09 Jun 2099 10:18:145", "09 Jun 2099 99:99:99 10:18:14",
    "09 Jun 2099 10:18:14.999", "00 Jun 2099 10:18:14", "32 Jun 2099 10:18:14",
    "99 09 Jun 2099 10:18:14", "9th Jun 2099 10:18:14", "09 9th Jun 2099 10:18:14",
    "30 Feb 2096 10:18:14", "29 Feb 2096 10:18:14", "29 Feb 2100 10:18:14", "29 Feb 12000 10:18:14",
    "30 Feb 12000 10:18:14", "09 Jun 69 10:18:14", "09 Jun 70 10:18:14", "09 Jun 9 10:18:14",
    "09 Jun 099 10:18:14", "09 Jun 100 10:18:14", "09 Jun 1600 10:18:14", "09 Jun 1601 10:18:14",
    "09 Jun 12345 10:18:14", "09 Jun 123456 10:18:14", "09 Jun 2099x 10:18:14",
    "09 Jun 2026 2099 10:18:14", "09 Jun 2099 10:18:14 +0200", "2099-06-09T10:18:14Z", "0", "-1",
    "", "soon", "09\u00c3\u00a9Jun 2099 10:18:14", "09 Jun 2099 10:18:1\u00c2\u00b2",
]  # fmt: skip

DOMAINS = [
    (IP, "127.0.0.1"), (IP, ".127.0.0.1"), (IP, "127.1"), (IP, "0.1"), (IP, ""), (IP, "."),
    (IP, "localhost"), (IP, "127.0.0.1; Domain=localhost"), (IP, "localhost; Domain=127.0.0.1"),
    (IP, "localhost; Domain="), ("localhost", "localhost"), ("localhost", ".LocalHost"),
    ("localhost", "localhost."), ("localhost", "..localhost"), ("localhost", "."),
    ("localhost", "app.localhost"), ("localhost", "com"), ("localhost", '"localhost"'),
    ("localhost", "localhost:80"), ("localhost", "%6cocalhost"), ("localhost", "l\u00c3\u00a9"),
    ("app.localhost", "localhost"), ("app.localhost", "app.localhost"),
    ("app.localhost", ".APP.localhost"), ("app.localhost", "pp.localhost"),
    ("app.localhost", "x.app.localhost"), ("x.app.localhost", "app.localhost"),
    (SHOP, "example.com"), (SHOP, ".example.com"), (SHOP, "..example.com"), (SHOP, "com"),
    (SHOP, ".com"), (SHOP, SHOP), (SHOP, "hop.example.com"), (SHOP, f"a.{SHOP}"),
    (SHOP, "example.org"), (SHOP, "example.com."), (SHOP, "*.example.com"),
    ("intranet", "intranet"), ("a.intranet", "intranet"), ("example.com.", "example.com."),
    ("example.com.", "example.com"), ("example.com.", "com."),
]  # fmt: skip

# Plain http from a host that is not this machine.
STRANGERS = [
    "n=v", "n=v; HttpOnly", "n=v; Max-Age=60", "n=v; SameSite=Strict", "n=v; Secure",
    "n=v; Secure; Max-Age=0", "n=v; Secure; SameSite=None", "n=v; SameSite=None",
    "__Host-n=v; Path=/", "__Secure-n=v",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=lambda line: ascii(line[:60]))
def test_line(chromium, line):
    assert_same(chromium, line)


@pytest.mark.parametrize("date", DATES, ids=ascii)
def test_expires(chromium, date):
    assert_same(chromium, f"n=v; Expires={date}")


@pytest.mark.parametrize(
    "style", ["%a, %d %b %Y %H:%M:%S GMT", "%d-%b-%y %H:%M:%S", "%H:%M:%S %b %d %Y"]
)
def test_expires_to_the_second(chromium, style):
    date = datetime.now(timezone.utc) + timedelta(hours=2)

    assert_same(chromium, f"n=v; Expires={date.strftime(style)}")


@pytest.mark.parametrize(("host", "domain"), DOMAINS, ids=ascii)
def test_domain(chromium, host, domain):
    assert_same(chromium, f"n=v; Domain={domain}", host)


@pytest.mark.parametrize(
    "path", ["/", "/x", "/x/", "/x/y", "/x//y", "//y", "/caf%c3%a9/y", "/%63/y", "/a;b/y", "/a.b/y"]
)
def test_default_path(chromium, path):
    assert_same(chromium, "n=v", path=path)


@pytest.mark.parametrize("line", STRANGERS)
def test_line_over_plain_http(chromium, line):
    assert_same(chromium, line, SHOP)


@pytest.mark.parametrize(
    "host", ["localhost", "app.localhost", "localhost.", "10.1.2.3", "a.test", "localhost.test"]
)
def test_where_secure_is_accepted(chromium, host):
    assert_same(chromium, "n=v; Secure", host)


@pytest.mark.parametrize("value", ["caf\xe9", "\x80\xff", "\u00c3\u00a9", 'a "b", c=d'], ids=ascii)
def test_bytes_come_back_as_they_went(chromium, server, value):
    line = f" n = {value} ; Path=/"

    url, _, _ = chromium.receive(line)
    chromium.receive("m=")

    verdict = judge(line, url)
    assert server.cookie_header == f"{verdict.name}={verdict.value}"


# Two lines, the rule that decides on the second, and the values that are left. A request hides
# path and domain, so "replaced" may mean that both are left, and "past-expiry" that one is.
SECOND_LINES = [
    ("n=1", "n=2", "replaced", ["2"]),
    ("n=1; Secure; HttpOnly", "n=2", "replaced", ["2"]),
    ("n=1; Path=/", "n=2; Path=/a", "replaced", ["1", "2"]),
    ("n=1; Path=/", "n=2; Path=/x", "stored", ["1", "2"]),
    ("n=1; Path=/x", "n=2; Path=/x", "stored", ["2"]),
    ("n=1", "m=2", "stored", ["1", "2"]),
    ("n=1", "N=2", "stored", ["1", "2"]),
    ("1", "2", "replaced", ["2"]),
    ("n=1", "n=; Max-Age=0", "past-expiry", []),
    ("n=1", 'n=""; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0', "past-expiry", []),
    ("n=1; Path=/", "n=; Path=/a; Max-Age=0", "past-expiry", ["1"]),
    ("n=1; Path=/", "n=; Path=/x; Max-Age=0", "past-expiry-unseen", ["1"]),
    ("n=1; Path=/x", "n=; Path=/x; Max-Age=0", "past-expiry-unseen", []),
    ("n=1", "m=; Max-Age=0", "past-expiry-unseen", ["1"]),
    ("__Host-n=1; Secure; Path=/", "__Host-n=; Path=/; Max-Age=0", "prefix-host", ["1"]),
    ("n=1; Secure", "n=; SameSite=None; Max-Age=0", "samesite-none-insecure", ["1"]),
    ("n=1", "n=2; Domain=app.localhost", "replaced", ["1", "2"]),
    ("n=1; Domain=app.localhost", "n=; Max-Age=0", "past-expiry", ["1"]),
    ("n=1; Domain=app.localhost", "n=; Max-Age=0; Domain=.APP.localhost", "past-expiry", []),
]


@pytest.mark.parametrize(("first", "second", "rule", "left"), SECOND_LINES)
def test_second_line(chromium, first, second, rule, left):
    chromium.receive(first, "app.localhost")

    url, sent, _ = chromium.receive(second, "app.localhost")

    verdict = judge(second, url, sent)
    jar = chromium.context.cookies()
    assert verdict.rule == rule
    assert sorted(cookie["value"] for cookie in jar) == left
    if verdict.earlier is None:
        same_name = [cookie["value"] for cookie in jar if cookie["name"] == verdict.name]
        assert same_name == ([verdict.value] if verdict.outcome == "stored" else [])
