"""What `live_panel.browser_rules` says about a `Set-Cookie` line, rule by rule."""

import dataclasses
import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live_panel.browser_rules import (
    MAX_LIFETIME,
    RULES,
    Kept,
    Piece,
    default_path,
    domain_match,
    is_trustworthy,
    judge,
    keep,
    parse_date,
    path_match,
    pieces,
    site,
)

URL = "http://localhost:8000/a/b/page"
SHOP = "http://shop.example.com/a/b/page"
NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)


def verdict(line, url=URL, sent=(), jar=()):
    return judge(line, url, sent, NOW, jar)


def kept(*lines, url=URL):
    """Return the jar of a browser that got these lines from `url`, an hour before NOW."""
    jar, now = (), NOW - timedelta(hours=1)
    for line in lines:
        jar = keep(jar, judge(line, url, (), now), url, now.timestamp())
    return jar


# The line and its pieces


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("n=v", "n", "v"),
        ("n=", "n", ""),
        ("n=a=b", "n", "a=b"),
        ("n", "", "n"),
        ("=v", "", "v"),
        ("\t n \t=\t v \t; Path=/", "n", "v"),
        ("n m = v w ", "n m", "v w"),
        ("\xa0n=v\xa0", "\xa0n", "v\xa0"),
        ('n="a;b"', "n", '"a'),
        ("n=%41,b", "n", "%41,b"),
        ("n=v, m=w", "n", "v, m=w"),
    ],
)
def test_name_and_value(line, name, value):
    kept = verdict(line)

    assert (kept.outcome, kept.name, kept.value) == ("stored", name, value)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", []),
        (" n", [("separator", " ", ""), ("value", "n", "")]),
        ("n=v", [("name", "n", ""), ("equals", "=", ""), ("value", "v", "")]),
        ("n =\t=", [("name", "n", ""), ("equals", " =\t", ""), ("value", "=", "")]),
        (
            "=v ; SameSite = Lax ;secure; ",
            [
                ("equals", "=", ""),
                ("value", "v", ""),
                ("separator", " ; ", "samesite"),
                ("attribute", "SameSite", "samesite"),
                ("equals", " = ", "samesite"),
                ("attribute-value", "Lax", "samesite"),
                ("separator", " ;", "secure"),
                ("attribute", "secure", "secure"),
                ("separator", "; ", ""),
            ],
        ),
        (";=x", [("separator", ";", ""), ("equals", "=", ""), ("attribute-value", "x", "")]),
    ],
)
def test_pieces(line, expected):
    assert pieces(line) == tuple(Piece(*piece) for piece in expected)


# Rules that refuse a line

REFUSED = [
    ("control-character", "n=\x00", URL),
    ("control-character", "n=\x1f", URL),
    ("control-character", "n\x7f=v", URL),
    ("control-character", "n=v; Path=/\r\nX: y", URL),
    ("tab", "n=a\tb", URL),
    ("tab", "a\tb=v", URL),
    ("tab", "n=v; Whatever=a\tb", URL),
    ("size", "n=" + "v" * 4096, URL),
    ("size", "v" * 4097, URL),
    ("size", "n=" + "€" * 1365 + "v", URL),
    ("empty", "", URL),
    ("empty", " = ", URL),
    ("empty", "; Secure", URL),
    ("domain-not-ascii", "n=v; Domain=caf\xe9.example.com", SHOP),
    ("domain-not-ascii", "n=v; Domain=\u212aey.example.com", "http://key.example.com/"),
    ("domain-one-label", "n=v; Domain=com", SHOP),
    ("domain-one-label", "n=v; Domain=localhost", "http://app.localhost/"),
    ("domain-one-label", "n=v; Domain=com.", "http://example.com./"),
    ("domain-mismatch", "n=v; Domain=example.org", SHOP),
    ("domain-mismatch", "n=v; Domain=hop.example.com", SHOP),
    ("domain-mismatch", "n=v; Domain=a.shop.example.com", SHOP),
    ("domain-mismatch", "n=v; Domain=..example.com", SHOP),
    ("domain-mismatch", "n=v; Domain=.", SHOP),
    ("domain-mismatch", "n=v; Domain=.", "http://example.com./"),
    ("domain-mismatch", "n=v; Domain=0.1", "http://127.0.0.1/"),
    ("secure-origin", "n=v; Secure", SHOP),
    ("secure-origin", "n=v; Secure=false", "http://10.0.0.1/"),
    ("secure-origin", "n=v; Secure", "http://localhost.example.com/"),
    ("secure-origin", "n=v; Secure", "http://notlocalhost/"),
    ("samesite-none-insecure", "n=v; SameSite=none", "https://example.com/"),
    ("samesite-none-insecure", "n=v; SameSite=None; Max-Age=0", URL),
    ("prefix-secure", "__Secure-n=v", URL),
    ("prefix-secure", "__sECURE-n=v; HttpOnly", URL),
    ("prefix-host", "__Host-n=v; Path=/", URL),
    ("prefix-host", "__Host-n=v; Secure", "http://localhost/page"),
    ("prefix-host", "__host-n=v; Secure; Path=/a", URL),
    ("prefix-host", "__Host-n=v; Secure; Path=/; Path=", URL),
    ("prefix-host", "__Host-n=v; Secure; Path=/; Domain=localhost", URL),
    ("prefix-http", "__Http-n=v; Secure", URL),
    ("prefix-http", "__http-n=v; HttpOnly", URL),
    ("prefix-host-http", "__Host-Http-n=v; Secure; Path=/", URL),
    ("prefix-host-http", "__host-http-n=v; Secure; HttpOnly", URL),
    ("prefix-host-http", "__Host-Http-n=v; HttpOnly; Path=/", URL),
    ("nameless-prefix", "__Host-n", URL),
    ("nameless-prefix", "= __secure-n=v; Secure", URL),
    ("nameless-prefix", "=__Http-n; Secure; HttpOnly", URL),
    ("nameless-equals", "=a=b", URL),
    ("partitioned-insecure", "n=v; Partitioned", URL),
    ("prefix-host", "__Host-n=v; Secure; Path=", "http://localhost/page"),
    ("secure-origin", "n=v; Secure", "http://[::ffff:127.0.0.1]/"),
    ("secure-origin", "n=v; Secure", "http://[::2]/"),
]


@pytest.mark.parametrize(("rule", "line", "url"), REFUSED)
def test_line_is_refused(rule, line, url):
    refused = verdict(line, url)

    assert (refused.outcome, refused.rule) == ("refused", rule)
    assert (refused.section, refused.sentence) == RULES[rule]


def test_every_rule_that_refuses_is_tried():
    tried = {rule for rule, _, _ in REFUSED}

    others = {"stored", "replaced", "past-expiry", "deletion", "secure-kept"}
    assert tried == RULES.keys() - others


def test_rules_say_which_document_they_come_from():
    sections = {section for section, _ in RULES.values()}

    assert {section.split(maxsplit=1)[0] for section in sections} == {
        "5.6", "5.7", "Chromium", "layered-cookies-02",
    }  # fmt: skip
    assert RULES["prefix-http"][0] == "layered-cookies-02 5.4.3 step 15"
    assert RULES["prefix-host-http"][0] == "layered-cookies-02 5.4.3 step 16"


class PythonOf313:
    """An address as Python 3.13 sees it, which looks into IPv4 in IPv6."""

    is_loopback = True
    ipv4_mapped = "127.0.0.1"


def test_ipv4_in_ipv6_is_no_loopback_in_any_python(monkeypatch):
    monkeypatch.setattr("live_panel.browser_rules.matching.ip_address", lambda text: PythonOf313())

    assert not is_trustworthy("http", "[::ffff:127.0.0.1]")


# Secure cookies and plain http

GUARD = "n=1; Secure; Domain=example.com; Path=/a"


@pytest.mark.parametrize(
    ("line", "url", "is_refused"),
    [
        ("n=2; Path=/a", SHOP, True),
        ("n=2; Path=/a/b", SHOP, True),
        ("n=2; Path=/a; Domain=example.com", SHOP, True),
        ("n=2; Path=/a; Max-Age=0", SHOP, True),
        ("n=2; Path=/a", "http://example.com/", True),
        ("n=2; Path=/", SHOP, False),
        ("n=2; Path=/ab", SHOP, False),
        ("m=2; Path=/a", SHOP, False),
        ("n=2; Path=/a", SHOP.replace("http", "https"), False),
        ("n=2; Path=/a", "http://example.org/", False),
    ],
)
def test_plain_http_leaves_secure_cookies_alone(line, url, is_refused):
    jar = kept(GUARD, url="https://example.com/")

    result = verdict(line, url, jar=jar)

    assert (result.rule == "secure-kept") is is_refused
    assert (result.outcome == "refused") is is_refused
    assert (keep(jar, verdict(line, url), url, NOW.timestamp()) == jar) is is_refused


@pytest.mark.parametrize(
    ("first", "line", "is_refused"),
    [
        ("n=1; Secure; Path=/", "n=2; Path=/; Domain=example.com", True),
        ("n=1; Secure; Path=/; Partitioned", "n=2; Path=/", False),
    ],
)
def test_what_else_plain_http_leaves_alone(first, line, is_refused):
    jar = kept(first, url=SHOP.replace("http", "https"))

    assert (verdict(line, SHOP, jar=jar).rule == "secure-kept") is is_refused


def test_loopback_may_replace_secure_cookies():
    jar = kept("n=1; Secure; Path=/")

    assert verdict("n=2; Path=/", jar=jar).outcome == "replaced"
    assert verdict("n=2; Path=/; Max-Age=0", jar=jar).outcome == "deleted"


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("example.com", "example.com"),
        ("a.b.example.com", "example.com"),
        ("example.com.", "example.com."),
        ("a.example.com.", "example.com."),
        ("localhost", "localhost"),
        ("localhost.", "localhost."),
        ("app.localhost", "app.localhost"),
        ("x.bar.localhost", "bar.localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("", ""),
    ],
)
def test_site(domain, expected):
    assert site(domain) == expected


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("n=v\t; Path=\t/\t", URL),
        ("n=" + "v" * 4095, URL),
        ("n=" + "é" * 4095, URL),
        ("n=" + "€" * 1365, URL),
        ("n=v; Whatever=" + "x" * 70000, URL),
        ("n=v; Secure", "https://example.com/"),
        ("n=v; Secure", "http://app.localhost/"),
        ("n=v; Secure", "http://localhost./"),
        ("n=v; Secure", "http://127.1.2.3/"),
        ("n=v; Secure", "http://[::1]:8000/"),
        ("n=v; SameSite=None; Secure", URL),
        ("__Secure-n=v; Secure", URL),
        ("__Secure=v", URL),
        ("__Host-n=v; Secure; Path=/", URL),
        ("__Host-n=v; Secure; Path=/a; Path=/; Domain=", URL),
        ("__Host-n=v; Secure; Path=/; Domain=127.0.0.1", "http://127.0.0.1/"),
        ("__Http-n=v; Secure; HttpOnly", URL),
        ("__Host-Http-n=v; Secure; HttpOnly; Path=/", URL),
        ("=__Host", URL),
        ("n=v; Partitioned; Secure", URL),
    ],
)
def test_line_is_stored(line, url):
    kept = verdict(line, url)

    assert (kept.outcome, kept.rule) == ("stored", "stored")


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("n=v", 2),
        (" n = v ; Path=/", 2),
        ("justvalue", 9),
        ("n=é", 2),  # latin-1
        ("n=é; Path=/€", 3),  # not latin-1, so all of it is UTF-8
        ("n=\ud800", 4),
    ],
)
def test_size_is_that_on_the_wire(line, size):
    assert verdict(line).size == size


# Where the cookie goes


@pytest.mark.parametrize(
    ("url", "attribute", "domain", "host_only"),
    [
        (SHOP, "", "shop.example.com", True),
        (SHOP, "; Domain", "shop.example.com", True),
        (SHOP, "; Domain=example.org; Domain=", "shop.example.com", True),
        (SHOP, "; Domain=example.com", "example.com", False),
        (SHOP, "; Domain=.Example.COM", "example.com", False),
        (SHOP, "; Domain=shop.example.com", "shop.example.com", False),
        ("http://SHOP.example.com/", "; Domain=shop.example.com", "shop.example.com", False),
        ("http://localhost/", "; Domain=localhost", "localhost", True),
        ("http://app.localhost/", "; Domain=app.localhost", "app.localhost", False),
        ("http://127.0.0.1/", "; Domain=.127.0.0.1", "127.0.0.1", True),
        ("http://[::1]:8000/", "", "[::1]", True),
    ],
)
def test_domain(url, attribute, domain, host_only):
    kept = verdict("n=v" + attribute, url)

    assert (kept.outcome, kept.domain, kept.host_only) == ("stored", domain, host_only)


@pytest.mark.parametrize(
    ("host", "domain", "matches"),
    [
        ("example.com", "example.com", True),
        ("a.b.example.com", "example.com", True),
        ("badexample.com", "example.com", False),
        ("example.com", "a.example.com", False),
        ("127.0.0.1", "0.0.1", False),
        ("example.com.", "", False),
    ],
)
def test_domain_match(host, domain, matches):
    assert domain_match(host, domain) is matches


@pytest.mark.parametrize(
    ("attribute", "path"),
    [
        ("", "/a/b"),
        ("; Path", "/a/b"),
        ("; Path=", "/a/b"),
        ("; Path=abc", "/a/b"),
        ('; Path="/x"', "/a/b"),
        ("; Path=/", "/"),
        ("; PATH = /x/%41 b", "/x/%41 b"),
        ("; Path=/x; Path=/y", "/y"),
        ("; Path=/x; Path=abc", "/a/b"),
        ("; Path=/" + "x" * 1023, "/" + "x" * 1023),
        ("; Path=/" + "x" * 1024, "/a/b"),
        ("; Path=/x; Path=/" + "x" * 1024, "/x"),
        ("; Path=/" + "é" * 1023, "/" + "é" * 1023),
        ("; Path=/€" + "x" * 1020, "/€" + "x" * 1020),
        ("; Path=/€" + "x" * 1021, "/a/b"),
    ],
)
def test_path(attribute, path):
    assert verdict("n=v" + attribute).path == path


@pytest.mark.parametrize(
    ("page", "path"),
    [("/", "/"), ("/x", "/"), ("/x/", "/x"), ("/x/y/z", "/x/y"), ("/x//y", "/x/"), ("//y", "/")],
)
def test_default_path(page, path):
    assert default_path(page) == path


@pytest.mark.parametrize(
    "url", ["", "nonsense", "http://[", "http://h?/x/y", "mailto:a/b", "\ud800"]
)
def test_default_path_of_a_url_without_a_path(url):
    assert verdict("n=v", url).path == "/"


@pytest.mark.parametrize(
    ("page", "path", "matches"),
    [
        ("/x", "/x", True),
        ("/x/y", "/x", True),
        ("/x/y", "/x/", True),
        ("/x/y", "/", True),
        ("/xy", "/x", False),
        ("/x", "/x/", False),
        ("/X/y", "/x", False),
    ],
)
def test_path_match(page, path, matches):
    assert path_match(page, path) is matches


# How long the cookie lives


@pytest.mark.parametrize(
    ("attributes", "lifetime"),
    [
        ("", None),
        ("Max-Age=60", 60),
        ("max-age=+0060", 60),
        ("Max-Age=1", 1),
        ("Max-Age=", None),
        ("Max-Age=-", None),
        ("Max-Age=60.5", None),
        ("Max-Age=6 0", None),
        ("Max-Age=٦٠", None),
        ("Max-Age=60; Max-Age=120", 120),
        ("Max-Age=60; Max-Age=soon", None),
        ("Max-Age=60; Max-Age=" + "1" * 1025, 60),
        ("Expires=Tue, 01 Jan 2030 01:00:00 GMT", 3600),
        ("Expires=Tue, 01 Jan 2030 01:00:00 GMT; Expires=soon", None),
        ("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 60),
        ("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60", 60),
        ("Max-Age=soon; Expires=Tue, 01 Jan 2030 01:00:00 GMT", 3600),
    ],
)
def test_lifetime(attributes, lifetime):
    kept = verdict("n=v; " + attributes)

    assert (kept.outcome, kept.lifetime, kept.capped) == ("stored", lifetime, False)


@pytest.mark.parametrize(
    ("attributes", "capped"),
    [
        ("Max-Age=34560000", False),
        ("Max-Age=34560001", True),
        ("Max-Age=" + "9" * 1000, True),
        ("Expires=05 Feb 2031 00:00:00", False),
        ("Expires=05 Feb 2031 00:00:01", True),
        ("Expires=01 Jan 99999 00:00:00", True),
    ],
)
def test_lifetime_is_cut_to_400_days(attributes, capped):
    kept = verdict("n=v; " + attributes)

    assert (kept.lifetime, kept.capped) == (MAX_LIFETIME, capped)


@pytest.mark.parametrize(
    "attributes",
    [
        "Max-Age=0",
        "Max-Age=-0",
        "Max-Age=-5",
        "Max-Age=-" + "9" * 1000,
        "Max-Age=0; Expires=01 Jan 2031 00:00:00",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Expires=01 Jan 2030 00:00:00",
    ],
)
def test_lifetime_is_over(attributes):
    gone = verdict("n=v; " + attributes)

    assert (gone.outcome, gone.lifetime, gone.capped) == ("deletion", 0, False)


@pytest.mark.parametrize(
    "now",
    [
        NOW - timedelta(milliseconds=1),
        (NOW - timedelta(seconds=1)).astimezone(timezone(timedelta(hours=5))),
        (NOW - timedelta(seconds=1)).replace(tzinfo=None),
    ],
)
def test_lifetime_counts_from_now(now):
    kept = judge("n=v; Expires=01 Jan 2030 00:00:00", URL, now=now)

    assert (kept.outcome, kept.lifetime) == ("stored", 1)


def test_now_is_the_present_by_default():
    tomorrow = datetime.now(timezone.utc) + timedelta(days=1)

    kept = judge(f"n=v; Expires={tomorrow:%d %b %Y %H:%M:%S}", URL)

    assert kept.lifetime == pytest.approx(24 * 60 * 60, abs=10)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 09 Jun 2021 10:18:14 GMT",
        "Wed, 09-Jun-21 10:18:14 GMT",
        '"Wed, 09-Jun-2021 10:18:14 GMT"',
        "Wed Jun  9 10:18:14 2021",
        "2021 9 june 010:18:14",
        "10:18:14 Junk 09 Feb 2021",
        "x9 9th 09 1Jun Jun 2021x 2021 10:18 10:18:14 11:11:11 12 Jul",
        "09 Jun 2021 10:18:14 +0200",
        "09 Jun 2021 10:18:14.5",
        "9 Jun 021 10:18:14",
    ],
)
def test_date(text):
    assert parse_date(text) == datetime(2021, 6, 9, 10, 18, 14, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("year", "expected"),
    [("0", 2000), ("69", 2069), ("70", 1970), ("099", 1999), ("100", 100), ("1600", 1600)],
)
def test_year(year, expected):
    assert parse_date(f"09 Jun {year} 10:18:14").year == expected


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("29 Feb 2096 00:00:00", True),
        ("29 Feb 2100 00:00:00", False),
        ("29 Feb 12000 00:00:00", True),
        ("29 Feb 12100 00:00:00", False),
        ("01 Jan 123456 00:00:00", False),
        ("00 Jan 2030 00:00:00", False),
        ("32 Jan 2030 00:00:00", False),
        ("01 Jan 2030 24:00:00", False),
        ("01 Jan 2030 23:59:60", False),
        ("01 Jan 2030 23:59", False),
        ("01 Jan 2030 23:59:59pm", False),
        ("01 Jan 2030 23:59:5\xb2", False),
        ("\u0661 Jan 2030 00:00:00", False),
        ("01 Jan 2030 99:99:99 00:00:00", False),
        ("01 Jan 2030 00:00:" + "9" * 30, False),
        ("01 Jan 2030 00:00:" + "9" * 5000, False),
        ("2030-01-01T00:00:00Z", False),
        ("tomorrow", False),
        ("0", False),
        ("", False),
    ],
)
def test_what_is_a_date(text, is_date):
    assert (parse_date(text) is not None) is is_date


# Flags and SameSite


@pytest.mark.parametrize(
    ("attributes", "secure", "httponly", "partitioned"),
    [
        ("", False, False, False),
        ("SECURE; HttpOnly=false; Partitioned=0", True, True, True),
        ("secure=" + "x" * 1024, True, False, False),
        ("Secure=" + "x" * 1025 + "; HttpOnly=" + "x" * 1025, False, False, False),
        ("=Secure; Http Only", False, False, False),
    ],
)
def test_flags(attributes, secure, httponly, partitioned):
    kept = verdict("n=v; " + attributes)

    assert (kept.secure, kept.httponly, kept.partitioned) == (secure, httponly, partitioned)


@pytest.mark.parametrize(
    ("attributes", "samesite"),
    [
        ("", "Lax (by default)"),
        ("SameSite", "Lax (by default)"),
        ("SameSite=Bogus", "Lax (by default)"),
        ("SameSite=Strict; SameSite=Bogus", "Lax (by default)"),
        ("SameSite=Bogus; SameSite=Strict", "Strict"),
        ("samesite=LAX", "Lax"),
        ("SameSite=none; Secure", "None"),
    ],
)
def test_samesite(attributes, samesite):
    assert verdict("n=v; " + attributes).samesite == samesite


# Notes


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ("Path=/" + "x" * 1024, ["Path", "1024 bytes"]),
        ("Max-Age=soon", ["Max-Age", "ignored"]),
        ("Expires=soon", ["Expires", "ignored"]),
        ("Max-Age=60; Expires=09 Jun 2031 10:18:14", ["Max-Age", "Expires"]),
        ("Max-Age=34560001", ["Chromium", "400 days", "should not"]),
        ("Expires=09 Jun 2099 10:18:14", ["400 days"]),
        ("SameSite=Bogus", ["SameSite", "ignored"]),
        ("SameSite", ["SameSite", "ignored"]),
        ("Path=abc", ["Path"]),
        ("Path", ["Path"]),
        ("Path=/x; path=/y", ["Path", "more than once"]),
        ("Secure=false", ["Secure", "no value"]),
        ("Domain=localhost", ["Domain"]),
        ("Comment=x; Version=1; Comment=y", ["Comment, Version."]),
        ("=x", ["x."]),
        ("Whatever" * 20, ["Whatever", "…"]),
    ],
)
def test_one_note(attributes, words):
    (note,) = verdict("n=v; " + attributes).notes

    assert all(word in note for word in words)


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        ";;",
        "Max-Age=60; Path=/x; Secure; HttpOnly; SameSite=Lax; Partitioned; Priority=High",
        "Expires=09 Jun 2030 10:18:14",
        "Domain",
    ],
)
def test_no_notes(attributes):
    assert verdict("n=v; " + attributes).notes == ()


def test_notes_do_not_repeat_themselves():
    assert len(verdict("n=v" + "; Path=/" * 100 + "; Whatever" * 100).notes) == 2


# What the request and the jar tell about earlier cookies


@pytest.mark.parametrize(
    ("line", "jar", "outcome", "rule"),
    [
        ("n=v", [], "stored", "stored"),
        ("n=v", ["n=1"], "replaced", "replaced"),
        ("n=v; Path=/a/b; Secure", ["n=1; HttpOnly"], "replaced", "replaced"),
        ("n=v", ["n=1; Path=/"], "stored", "stored"),
        ("n=v", ["n=1", "n=2; Path=/"], "replaced", "replaced"),
        ("n=v", ["N=1", "m=1"], "stored", "stored"),
        ("n=v; Secure; Partitioned", ["n=1"], "stored", "stored"),
        ("v", ["w"], "replaced", "replaced"),
        ("n=; Max-Age=0", [], "deletion", "deletion"),
        ("n=; Max-Age=0", ["n=1"], "deleted", "past-expiry"),
        ("n=; Max-Age=0", ["n=1; Path=/"], "deletion", "deletion"),
        ("n=; Max-Age=0; Path=/", ["n=1; Path=/"], "deleted", "past-expiry"),
        ("n=; Max-Age=0; SameSite=None", ["n=1"], "refused", "samesite-none-insecure"),
        ("n=v", ["n=1; Max-Age=3600"], "stored", "stored"),
        ("n=v", ["n=1; Max-Age=3601"], "replaced", "replaced"),
    ],
)
@pytest.mark.parametrize("sent", [(), ["n", ""], {"n": "old", "": "w"}])
def test_outcome(line, jar, outcome, rule, sent):
    result = verdict(line, sent=sent, jar=kept(*jar))

    assert (result.outcome, result.rule) == (outcome, rule)
    assert result.sentence == RULES[rule][1]


def test_domain_and_host_only_are_part_of_the_identity():
    jar = kept("n=1; Domain=shop.example.com", url=SHOP)

    assert verdict("n=2", SHOP, jar=jar).outcome == "stored"
    assert verdict("n=2; Domain=example.com", SHOP, jar=jar).outcome == "stored"
    assert verdict("n=2; Domain=SHOP.example.com", SHOP, jar=jar).outcome == "replaced"


@pytest.mark.parametrize(
    ("line", "sent", "jar", "words"),
    [
        ("n=v; SameSite=None", ["n"], [], "stays as it was"),
        ("n=v", ["n"], [], "neither path nor domain: only if both are the same, it is replaced"),
        ("n=; Max-Age=0", ["n"], [], "only if both are the same, it is deleted"),
        ("n=v; Path=/x", ["n"], [], "another path, so it stays"),
        ("n=; Path=/x; Max-Age=0", ["n"], [], "another path, so it stays"),
        ("n=v; Path=/x", [], [], "cannot show whether there is one already"),
        ("n=v", ["n"], ["n=1; Path=/"], "stays as it was: its path is /."),
        ("n=v", [], ["n=1", "n=1; Path=/"], "stays as it was: its path is /."),
        ("n=; Max-Age=0", ["n"], ["n=1; Path=/a"], "stays as it was: its path is /a."),
        ("n=v; Secure; Partitioned", ["n"], ["n=1"], "one of the two is partitioned"),
    ],
)
def test_earlier_cookie(line, sent, jar, words):
    assert words in verdict(line, sent=sent, jar=kept(*jar)).earlier


@pytest.mark.parametrize(
    ("line", "first", "words"),
    [
        ("n=2", "n=1; Domain=example.com", "its domain is example.com."),
        ("n=2; Domain=example.com", "n=1", "it is for the host shop.example.com alone."),
    ],
)
def test_earlier_cookie_of_another_domain(line, first, words):
    assert words in verdict(line, SHOP, ["n"], kept(first, url=SHOP)).earlier


@pytest.mark.parametrize(
    ("line", "sent", "jar"),
    [
        ("n=v", ["m"], []),
        ("n=; Max-Age=0", ["m"], []),
        ("n=v; SameSite=None", ["m"], []),
        ("n=v", ["n"], ["n=1"]),
        ("n=; Max-Age=0", ["n"], ["n=1"]),
        ("n=v; Path=/x", [], ["n=1; Path=/x"]),
    ],
)
def test_nothing_to_say_about_an_earlier_cookie(line, sent, jar):
    assert verdict(line, sent=sent, jar=kept(*jar)).earlier is None


# Any text at all

ANY_TEXT = st.text(st.characters())
ATTRIBUTE = st.tuples(
    st.sampled_from(["Expires", "Max-Age", "Domain", "Path", "Secure", "SameSite", "", "Other"]),
    st.sampled_from(["=", " = ", ""]),
    ANY_TEXT | st.text("0123456789:-+ JanDec", max_size=30),
).map("".join)
LINE = ANY_TEXT | st.lists(ANY_TEXT | ATTRIBUTE, min_size=1, max_size=6).map(";".join)
HUGE = [text * 70_000 for text in ["x", " ", "\t", ";", "=", "; ", " =", "\x00", "\ud800", "€"]]
HUGE += [f"n=v; {name}={'1' * 70_000}" for name in ["Expires", "Max-Age", "Domain", "Path"]]


@settings(deadline=None)
@given(LINE, ANY_TEXT | st.sampled_from([URL, SHOP]), st.sets(ANY_TEXT), ANY_TEXT)
def test_any_text_is_judged(line, url, sent, other):
    jar = kept(line, f"{line};Path={other}", url=url)
    result = verdict(line, url, sent, jar)

    assert result.outcome in {"stored", "replaced", "deleted", "deletion", "refused"}
    assert all(isinstance(cookie, Kept) for cookie in jar)
    assert (result.section, result.sentence) == RULES[result.rule]
    assert result.lifetime is None or 0 <= result.lifetime <= MAX_LIFETIME


@settings(deadline=None)
@given(LINE)
def test_pieces_of_any_text_join_to_it(line):
    assert "".join(piece.text for piece in pieces(line)) == line


@settings(deadline=None)
@given(LINE)
def test_pieces_and_verdict_agree(line):
    texts = {piece.kind: piece.text for piece in pieces(line) if piece.attribute == ""}
    texts |= {
        piece.attribute: piece.text for piece in pieces(line) if piece.kind == "attribute-value"
    }

    result = verdict(line)

    assert (result.name, result.value) == (texts.get("name", ""), texts.get("value", ""))
    if texts.get("path", "").startswith("/") and len(texts["path"]) < 100:
        assert result.path == texts["path"]


@pytest.mark.parametrize("line", HUGE, ids=lambda line: ascii(line[:20]))
def test_huge_line(line):
    assert verdict(line, sent=["n"]).rule in RULES
    assert "".join(piece.text for piece in pieces(line)) == line


@settings(deadline=None)
@given(LINE)
def test_verdict_survives_json(line):
    facts = dataclasses.asdict(verdict(line))

    assert json.loads(json.dumps(facts)) == facts | {"notes": list(facts["notes"])}
