"""What `live_panel.browser_rules` says that a browser keeps, and what it sends back."""

import dataclasses
import json
import pickle
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live_panel.browser_rules import (
    Kept,
    cookie_header,
    cross_site_of,
    held_back,
    judge,
    keep,
    used,
)

URL = "http://localhost:8000/a/b/page"
SHOP = "http://shop.example.com/a/b/page"
NOW = 1_900_000_000.0


def after(*lines, jar=(), url=URL, now=NOW):
    """Return the jar of a browser that got these lines from `url`, one a second."""
    for line in lines:
        moment = datetime.fromtimestamp(now, timezone.utc)
        jar = keep(jar, judge(line, url, (), moment), url, now)
        now += 1
    return jar


def header(*lines, url=URL, later=0.0, **arguments):
    return cookie_header(after(*lines, url=url), url, NOW + len(lines) + later, **arguments)


# What is kept


def test_every_field_of_a_kept_cookie():
    line = "n=v; Path=/x; Max-Age=60; Secure; HttpOnly; SameSite=Strict; Partitioned"

    assert after(line) == (
        Kept(
            name="n",
            value="v",
            domain="localhost",
            host_only=True,
            path="/x",
            expires=NOW + 60,
            secure=True,
            httponly=True,
            samesite="Strict",
            partitioned=True,
            created=NOW,
            last_access=NOW,
        ),
    )


def test_a_session_cookie_has_no_end():
    (cookie,) = after("n=v; Domain=example.com", url=SHOP)

    assert (cookie.expires, cookie.domain, cookie.host_only) == (None, "example.com", False)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["n=1", "m=2"], ["n=1", "m=2"]),
        (["n=1", "n=2"], ["n=2"]),
        (["n=1", "n=2; Path=/"], ["n=1", "n=2"]),
        (["n=1; Path=/a/b", "n=2"], ["n=2"]),
        (["n=1", "N=2"], ["n=1", "N=2"]),
        (["n=1", "n=2; Secure; Partitioned"], ["n=1", "n=2"]),
        (["n=1", "n=; SameSite=None"], ["n=1"]),
        (["n=1", "n=; Max-Age=0"], []),
        (["n=1", "n=; Max-Age=0; Path=/"], ["n=1"]),
        (["n=1", "m=; Max-Age=0"], ["n=1"]),
        (["n=1", "n=1; Max-Age=-5"], []),
        (["n=1; Max-Age=1", "m=2"], ["m=2"]),
        (["n=1; Max-Age=2", "m=2"], ["n=1", "m=2"]),
        (["z=1", "a=2", "z=3"], ["a=2", "z=3"]),
        (["z=1", "a=2", "z=1"], ["z=1", "a=2"]),
        (["z=1; Max-Age=1", "a=2", "z=1"], ["a=2", "z=1"]),
    ],
)
def test_keep(lines, expected):
    assert [f"{cookie.name}={cookie.value}" for cookie in after(*lines)] == expected


def test_the_same_value_keeps_its_creation_and_takes_the_rest():
    first, second = after("n=1"), after("n=1", "n=1; Secure; Max-Age=60")

    assert (second[0].created, second[0].last_access) == (first[0].created, NOW + 1)
    assert (second[0].secure, second[0].expires) == (True, NOW + 61)


def test_keep_changes_nothing_that_it_got():
    jar = after("n=1", "m=2; Path=/")

    assert after("n=3", jar=jar) != jar
    assert jar == after("n=1", "m=2; Path=/")


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("n=2", "n=1"),
        ("n=; Max-Age=0", "n=1"),
        ("m=2; Path=/", "n=1; m=2"),
    ],
)
def test_plain_http_leaves_secure_cookies_alone(line, left):
    jar = after("n=1; Secure; Path=/", url=SHOP.replace("http", "https"))

    jar = after(line, jar=jar, url=SHOP, now=NOW + 1)

    assert cookie_header(jar, SHOP.replace("http", "https"), NOW + 2) == left


# Too many


def lines(prefix, count, attributes=""):
    return [f"{prefix}{number}=v; Path=/{attributes}" for number in range(count)]


@pytest.mark.parametrize(
    ("sent", "kept"), [(180, 180), (181, 150), (210, 179), (211, 180), (212, 150), (240, 178)]
)
def test_a_site_has_180_cookies(sent, kept):
    assert len(after(*lines("n", sent))) == kept


def test_cookies_without_secure_leave_first():
    jar = after(*lines("s", 100, "; Secure"), *lines("n", 81))

    assert sum(cookie.secure for cookie in jar) == 100
    assert next(cookie.name for cookie in jar if not cookie.secure) == "n31"


def test_even_the_newest_may_leave():
    jar = after(*lines("s", 180, "; Secure"), "n=1")

    assert len(jar) == 150
    assert jar[0].name == "s30"
    assert all(cookie.secure for cookie in jar)


def test_least_recently_used_leave_first():
    jar = after(*lines("n", 180))
    jar = tuple(
        replace(cookie, last_access=NOW + 1000) if cookie.name in ("n0", "n7") else cookie
        for cookie in jar
    )

    jar = after("m=1; Path=/", jar=jar, now=NOW + 2000)

    assert [cookie.name for cookie in jar][:3] == ["n0", "n7", "n33"]


def test_partitioned_cookies_take_no_room():
    assert len(after(*lines("n", 100), *lines("p", 100, "; Secure; Partitioned"))) == 200


def test_over_ones_leave_before():
    jar = after(*lines("n", 100), *lines("m", 80, "; Max-Age=100"))

    assert len(after("o=1", jar=jar, now=NOW + 1000)) == 101


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("http://x.bar.localhost/", "http://y.bar.localhost/", 169),
        ("http://shop.example.com/", "http://example.com/", 169),
        ("http://localhost/", "http://app.localhost/", 200),
        ("http://localhost/", "http://127.0.0.1/", 200),
        ("http://10.1.2.3/", "http://10.1.2.4/", 200),
        ("http://example.com/", "http://example.org/", 200),
    ],
)
def test_hosts_of_a_site_share_its_room(one, other, kept):
    jar = after(*lines("n", 100), url=one)

    assert len(after(*lines("n", 100), jar=jar, url=other, now=NOW + 200)) == kept


# What goes along


@pytest.mark.parametrize(
    ("line", "from_url", "to_url", "reason"),
    [
        ("n=v", URL, URL, ""),
        ("n=v", URL, "http://localhost:9000/a/b", ""),
        ("n=v", URL, "https://localhost/a/b/", ""),
        ("n=v", URL, "http://app.localhost/a/b", "host"),
        ("n=v", URL, "http://127.0.0.1/a/b", "host"),
        ("n=v", URL, "nonsense", "host"),
        ("n=v", URL, "http://localhost/a", "path"),
        ("n=v", URL, "http://localhost/a/bc", "path"),
        ("n=v; Path=/x/", URL, "http://localhost/x", "path"),
        ("n=v; Path=/x/", URL, "http://localhost/x/?q", ""),
        ("n=v; Path=/", URL, "http://localhost", ""),
        ("n=v; Domain=example.com", SHOP, "http://example.com/a/b", ""),
        ("n=v; Domain=example.com", SHOP, "http://a.b.example.com/a/b", ""),
        ("n=v; Domain=example.com", SHOP, "http://badexample.com/a/b", "host"),
        ("n=v; Domain=shop.example.com", SHOP, "http://example.com/a/b", "host"),
        ("n=v", SHOP, "http://a.shop.example.com/a/b", "host"),
        ("n=v; Secure", SHOP.replace("http", "https"), SHOP, "scheme"),
        ("n=v; Secure", SHOP.replace("http", "https"), SHOP.replace("http", "wss"), ""),
        ("n=v; Secure", URL, URL, ""),
        ("n=v; Secure", "http://127.0.0.1/", "http://127.0.0.1/", ""),
        ("n=v; Max-Age=2", URL, URL, ""),
        ("n=v; Max-Age=1", URL, URL, "expired"),
    ],
)
def test_held_back(line, from_url, to_url, reason):
    (cookie,) = after(line, url=from_url)

    assert held_back(cookie, to_url, NOW + 1) == reason


@pytest.mark.parametrize(
    ("attributes", "navigation", "post", "late_post", "other"),
    [
        ("SameSite=Strict", "site", "site", "site", "site"),
        ("SameSite=Lax", "", "site", "site", "site"),
        ("", "", "", "site", "site"),
        ("SameSite=Bogus", "", "", "site", "site"),
        ("SameSite=None; Secure", "", "", "", ""),
        ("SameSite=None; Secure; Partitioned", "", "", "", "site"),
    ],
)
def test_requests_of_another_site(attributes, navigation, post, late_post, other):
    (cookie,) = after(f"n=v; {attributes}")

    assert held_back(cookie, URL, NOW + 1) == ""
    assert held_back(cookie, URL, NOW + 1, "navigation") == navigation
    assert held_back(cookie, URL, NOW + 120, "post") == post
    assert held_back(cookie, URL, NOW + 121, "post") == late_post
    assert held_back(cookie, URL, NOW + 1, "other") == other


@pytest.mark.parametrize(
    ("site", "mode", "dest", "method", "expected"),
    [
        ("", "", "", "GET", ""),
        ("none", "navigate", "document", "GET", ""),
        ("same-origin", "navigate", "document", "POST", ""),
        ("same-site", "cors", "empty", "GET", ""),
        ("cross-site", "navigate", "document", "GET", "navigation"),
        ("cross-site", "navigate", "document", "HEAD", "navigation"),
        ("cross-site", "navigate", "document", "POST", "post"),
        ("cross-site", "navigate", "iframe", "GET", "other"),
        ("cross-site", "no-cors", "image", "GET", "other"),
        ("cross-site", "cors", "empty", "POST", "other"),
    ],
)
def test_cross_site_of(site, mode, dest, method, expected):
    assert cross_site_of(site, mode, dest, method) == expected


# The header


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([], None),
        (["n=v"], "n=v"),
        (["n=", "=v"], "n=; v"),
        (["z=1", "a=2", "m=3"], "z=1; a=2; m=3"),
        (["n=1; Path=/", "n=2; Path=/a", "n=3; Path=/a/b"], "n=3; n=2; n=1"),
        (["n=1; Path=/a", "n=2; Path=/a/"], "n=2; n=1"),
        (["b=1; Path=/a", "a=2; Path=/x", "c=3; Path=/a"], "b=1; c=3"),
        (["z=1", "a=2", "z=3"], "a=2; z=3"),
        (["z=1", "a=2", "z=1"], "z=1; a=2"),
        (["n=1", "n=; Max-Age=0"], None),
        (['n="a b"; Secure; HttpOnly; SameSite=Strict'], 'n="a b"'),
    ],
)
def test_cookie_header(sent, expected):
    assert header(*sent) == expected


def test_cookie_header_of_another_site():
    sent = ["a=1; SameSite=Strict", "b=2; SameSite=Lax", "c=3", "d=4; SameSite=None; Secure"]

    assert header(*sent, cross_site="navigation") == "b=2; c=3; d=4"
    assert header(*sent, cross_site="post") == "c=3; d=4"
    assert header(*sent, cross_site="post", later=200) == "d=4"
    assert header(*sent, cross_site="other") == "d=4"


def test_order_is_that_of_creation_in_whatever_order_the_jar_is():
    jar = after("z=1", "a=2", "m=3")

    assert cookie_header(jar[::-1], URL, NOW + 9) == "z=1; a=2; m=3"


def test_use_is_noted_after_a_minute():
    jar = after("n=1", "m=2; Path=/x")

    assert used(jar, URL, NOW + 60) == jar
    assert [cookie.last_access for cookie in used(jar, URL, NOW + 61)] == [NOW + 61, NOW + 1]
    assert used(jar, URL, NOW + 61, "other") == jar


# Any text at all

TEXT = st.text(max_size=30) | st.sampled_from(["/", "/a", "localhost", "n", ""])


@settings(deadline=None)
@given(st.lists(TEXT, max_size=5), TEXT | st.sampled_from([URL, SHOP]), TEXT)
def test_any_text(texts, url, other_url):
    jar = after(*texts, "n=v; Path=/; Max-Age=60", url=url)

    sent = cookie_header(jar, url, NOW)
    cookie_header(jar, other_url, NOW, "other")

    assert (sent is None) == all(held_back(cookie, url, NOW) for cookie in jar)
    for cookie in jar:
        facts = dataclasses.asdict(cookie)
        assert Kept(**json.loads(json.dumps(facts))) == cookie
        assert pickle.loads(pickle.dumps(cookie)) == cookie
