"""Does a real Chromium do what `live_panel.browser_rules` says that a browser does?

Each line goes out in a response of its own, to a browser without cookies.
"""

import time
from datetime import datetime, timedelta, timezone

import pytest

from live_panel.browser_rules import judge, keep
from tests.browser.cookie_server import IP, PAGE, SHOP
from tests.browser.cookie_server import chromium as chromium
from tests.browser.cookie_server import server as server
from tests.browser.cookie_server import shared_chromium as shared_chromium

pytestmark = pytest.mark.browser

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
    "secure-kept": {"OverwriteSecure"},
    "nameless-prefix": {"InvalidPrefix"},
}


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


@pytest.mark.parametrize("hours", [-24, 0, 24])
def test_expires_counts_from_the_date_of_the_response(chromium, hours):
    date = datetime.now(timezone.utc) + timedelta(hours=hours)
    expires = date + timedelta(hours=1)
    line = f"n=v; Expires={expires:%a, %d %b %Y %H:%M:%S} GMT"

    url, _, _ = chromium.receive(f"{line}\r\nDate: {date:%a, %d %b %Y %H:%M:%S} GMT")

    (cookie,) = chromium.context.cookies()
    lifetime = judge(line, url, now=date).lifetime
    assert lifetime == pytest.approx(3600, abs=1)
    assert cookie["expires"] - time.time() == pytest.approx(lifetime, abs=3)


@pytest.mark.parametrize(("host", "domain"), DOMAINS, ids=ascii)
def test_domain(chromium, host, domain):
    assert_same(chromium, f"n=v; Domain={domain}", host)


@pytest.mark.parametrize(
    "path", ["/", "/x", "/x/", "/x/y", "/x//y", "//y", "/caf%c3%a9/y", "/%63/y", "/a;b/y", "/a.b/y"]
)
def test_default_path(chromium, path):
    assert_same(chromium, "n=v", path=path)


@pytest.mark.parametrize("path", ["", "; Path=", "; Path", "; Path=x", "; Path=/"])
def test_host_prefix_on_a_page_at_the_root(chromium, path):
    assert_same(chromium, f"__Host-n=v; Secure{path}", path="/page")


@pytest.mark.parametrize("line", STRANGERS)
def test_line_over_plain_http(chromium, line):
    assert_same(chromium, line, SHOP)


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "app.localhost", "localhost.", "10.1.2.3", "a.test", "localhost.test",
        "[::ffff:127.0.0.1]",
    ],
)  # fmt: skip
def test_where_secure_is_accepted(chromium, host):
    assert_same(chromium, "n=v; Secure", host)


@pytest.mark.parametrize("value", ["caf\xe9", "\x80\xff", "\u00c3\u00a9", 'a "b", c=d'], ids=ascii)
def test_bytes_come_back_as_they_went(chromium, server, value):
    line = f" n = {value} ; Path=/"

    url, _, _ = chromium.receive(line)
    chromium.receive("m=")

    verdict = judge(line, url)
    assert server.cookie_header == f"{verdict.name}={verdict.value}"


# Two lines, the rule that decides on the second, and the values that are left.
SECOND_LINES = [
    ("n=1", "n=2", "replaced", ["2"]),
    ("n=1; Secure; HttpOnly", "n=2", "replaced", ["2"]),
    ("n=1; Path=/", "n=2; Path=/a", "stored", ["1", "2"]),
    ("n=1; Path=/", "n=2; Path=/x", "stored", ["1", "2"]),
    ("n=1; Path=/x", "n=2; Path=/x", "replaced", ["2"]),
    ("n=1", "m=2", "stored", ["1", "2"]),
    ("n=1", "N=2", "stored", ["1", "2"]),
    ("1", "2", "replaced", ["2"]),
    ("n=1", "n=; Max-Age=0", "past-expiry", []),
    ("n=1", 'n=""; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0', "past-expiry", []),
    ("n=1; Path=/", "n=; Path=/a; Max-Age=0", "deletion", ["1"]),
    ("n=1; Path=/", "n=; Path=/x; Max-Age=0", "deletion", ["1"]),
    ("n=1; Path=/x", "n=; Path=/x; Max-Age=0", "past-expiry", []),
    ("n=1", "m=; Max-Age=0", "deletion", ["1"]),
    ("__Host-n=1; Secure; Path=/", "__Host-n=; Path=/; Max-Age=0", "prefix-host", ["1"]),
    ("n=1; Secure", "n=; SameSite=None; Max-Age=0", "samesite-none-insecure", ["1"]),
    ("n=1", "n=2; Domain=app.localhost", "stored", ["1", "2"]),
    ("n=1; Domain=app.localhost", "n=; Max-Age=0", "deletion", ["1"]),
    ("n=1; Domain=app.localhost", "n=; Max-Age=0; Domain=.APP.localhost", "past-expiry", []),
    ("n=1; Domain=app.localhost", "n=2; Domain=app.localhost; Path=/a/b", "replaced", ["2"]),
    ("n=1; Secure", "n=2; Secure; Partitioned", "stored", ["1", "2"]),
    ("n=1; Secure; Partitioned", "n=2; Secure; Partitioned", "replaced", ["2"]),
    ("n=1; Secure; Partitioned", "n=; Secure; Max-Age=0", "deletion", ["1"]),
]


@pytest.mark.parametrize(("first", "second", "rule", "left"), SECOND_LINES)
def test_second_line(chromium, first, second, rule, left):
    url, _, _ = chromium.receive(first, "app.localhost")
    jar = keep((), judge(first, url), url, 0)

    url, sent, _ = chromium.receive(second, "app.localhost")

    verdict = judge(second, url, sent, jar=jar)
    jar = keep(jar, verdict, url, 1)
    assert verdict.rule == rule
    assert sorted(cookie.value for cookie in jar) == left
    assert sorted(cookie["value"] for cookie in chromium.context.cookies()) == left


@pytest.mark.parametrize(("first", "second", "rule", "left"), SECOND_LINES)
def test_second_line_without_a_jar(chromium, first, second, rule, left):
    """What line and request show may be less, but it is never wrong."""
    chromium.receive(first, "app.localhost")

    url, sent, _ = chromium.receive(second, "app.localhost")

    verdict = judge(second, url, sent)
    jar = chromium.context.cookies()
    assert verdict.rule == {"past-expiry": "deletion", "replaced": "stored"}.get(rule, rule)
    same_name = [cookie["value"] for cookie in jar if cookie["name"] == verdict.name]
    if verdict.earlier is None:
        assert same_name == ([verdict.value] if verdict.outcome == "stored" else [])
    elif "it stays" in verdict.earlier or "stays as it was" in verdict.earlier:
        assert "1" in same_name
