"""What the panel learns about a browser's cookies from headers alone."""

import dataclasses
import json
import pickle
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live_panel import jar
from live_panel.browser_rules import judge

URL = "http://localhost:8000/a/b/page"
OTHER = "http://localhost:8000/x"
SHOP = "https://shop.example.com/a/b/page"
NOW = 1_900_000_000.0


def verdicts(*lines, url=URL):
    return [judge(line, url) for line in lines]


def learn(known, header, *lines, url=URL, now=NOW, **arguments):
    return jar.learn(known, url, header, verdicts(*lines, url=url), now, **arguments)


def told(cookies):
    """Return name and value, path, certainty and state of each cookie."""
    return [
        (f"{cookie.name}={cookie.value}", cookie.path, cookie.certainty, cookie.state)
        for cookie in cookies
    ]


# Lines


def test_every_field_of_a_line():
    line = "n=v; Path=/x; Max-Age=60; Secure; HttpOnly; SameSite=Strict; Partitioned"

    assert learn((), None, line) == (
        jar.Seen(
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
            certainty="sent by the server",
            state="kept",
        ),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["n=1", "m=2"], ["n=1 kept", "m=2 kept"]),
        (["n=1", "n=2"], ["n=2 kept"]),
        (["n=1", "m=2", "n=3"], ["m=2 kept", "n=3 kept"]),
        (["n=1", "m=2", "n=1"], ["n=1 kept", "m=2 kept"]),
        (["n=1", "n=2; Path=/"], ["n=1 kept", "n=2 kept"]),
        (["n=1", "n=; Max-Age=0"], ["n=1 deleted"]),
        (["n=1", "n=; Max-Age=0; Path=/"], ["n=1 kept", "n= deleted"]),
        (["n=1", "n=; Max-Age=0", "n=2"], ["n=2 kept"]),
        (["n=1", "n=; Max-Age=0", "n=; Max-Age=0"], ["n= deleted"]),
        (["n=1; SameSite=None"], ["n=1 refused"]),
        (["n=1", "n=2; SameSite=None"], ["n=1 kept", "n=2 refused"]),
        (["n=1; SameSite=None", "n=2; SameSite=None"], ["n=2 refused"]),
        (["n=1; SameSite=None", "n=2; Path=/"], ["n=2 kept"]),
        (["n=1; SameSite=None", "m=2"], ["n=1 refused", "m=2 kept"]),
        (["n=1; Secure; Partitioned", "n=2"], ["n=1 kept", "n=2 kept"]),
        (["v", "w"], ["=w kept"]),
    ],
)
def test_lines(lines, expected):
    cookies = learn((), None, *lines)

    assert [f"{cookie.name}={cookie.value} {cookie.state}" for cookie in cookies] == expected
    assert {cookie.certainty for cookie in cookies} == {"sent by the server"}


def test_a_line_that_could_not_be_judged_teaches_nothing():
    (verdict,) = verdicts("n=1")

    assert jar.learn((), URL, None, [replace(verdict, outcome="unknown")], NOW) == ()


def test_a_deleted_cookie_shows_what_it_was():
    (cookie,) = learn((), None, "n=1; HttpOnly; Max-Age=60", "n=; Max-Age=0")

    assert (cookie.value, cookie.httponly, cookie.expires) == ("1", True, NOW + 60)


def test_the_same_value_again_stays_confirmed():
    known = learn(learn((), None, "n=1"), "n=1")

    (cookie,) = learn(known, "n=1", "n=1; Max-Age=60", now=NOW + 5)

    assert (cookie.certainty, cookie.created, cookie.expires) == ("came back", NOW, NOW + 65)


# Headers


def test_a_cookie_that_comes_is_confirmed():
    known = learn((), None, "n=1", "m=2; Path=/x")

    assert told(learn(known, "n=1")) == [
        ("n=1", "/a/b", "came back", "kept"),
        ("m=2", "/x", "sent by the server", "kept"),
    ]


@pytest.mark.parametrize(
    ("lines", "header", "later", "states"),
    [
        (["n=1"], None, 1, ["gone"]),
        (["n=1"], "m=1", 1, ["gone", "kept"]),
        (["n=1", "m=1"], "m=1", 1, ["gone", "kept"]),
        (["n=1; Max-Age=60"], None, 59, ["gone"]),
        (["n=1; Max-Age=60"], None, 60, ["over"]),
        (["n=1; Max-Age=60; Path=/x"], None, 60, ["over"]),
        (["n=1; Path=/x"], None, 1, ["kept"]),
        (["n=1; Max-Age=60"], "n=1", 61, ["kept"]),  # clocks differ
        (["n=1; SameSite=None"], None, 1, ["refused"]),
        (["n=1; SameSite=None"], "n=1", 1, ["refused", "kept"]),
        (["n=1", "n=; Max-Age=0"], None, 1, ["deleted"]),
        (["n=1", "n=; Max-Age=0"], "n=1", 1, ["deleted", "kept"]),
    ],
)
def test_a_cookie_that_does_not_come(lines, header, later, states):
    known = learn((), None, *lines)

    cookies = learn(known, header, now=NOW + later)

    assert [cookie.state for cookie in cookies] == states


def test_a_cookie_that_was_gone_may_come_again():
    known = learn(learn((), None, "n=1"), None)

    assert told(learn(known, "n=2")) == [("n=2", "/a/b", "came back", "kept")]


def test_another_value_is_taken_over():
    known = learn((), None, "n=1", "m=1")

    assert told(learn(known, "n=9; m=1"))[0] == ("n=9", "/a/b", "came back", "kept")


def test_a_request_that_was_sent_before_a_cookie_was_set_misses_nobody():
    known = learn((), None, "n=1")

    assert learn(known, None, now=NOW - 1) is known


def test_the_jar_tells_judge_what_is_known():
    known = learn((), "i=1", "n=1", "m=1; SameSite=None", "o=1", "o=; Max-Age=0")

    judged = [
        judge(line, URL, jar=jar.known(known)).outcome
        for line in ("n=2", "n=2; Path=/", "m=1", "o=1", "i=1; Path=/", "n=; Max-Age=0")
    ]

    assert judged == ["replaced", "stored", "stored", "stored", "stored", "deleted"]


def test_requests_of_another_site_miss_no_strict_cookie():
    known = learn((), None, "n=1; SameSite=Strict", "m=1")

    states = [cookie.state for cookie in learn(known, None, cross_site="navigation")]

    assert states == ["kept", "gone"]


def test_unknown_cookies_are_inferred():
    (cookie,) = learn((), "n=1")

    assert told([cookie]) == [("n=1", None, "inferred", "kept")]
    assert (cookie.domain, cookie.expires, cookie.covers) == ("localhost", None, "/a/b/page")


@pytest.mark.parametrize(
    ("urls", "covers"),
    [
        (["/a/b/page"], "/a/b/page"),
        (["/a/b/page", "/a/b/page/more"], "/a/b/page"),
        (["/a/b/page", "/a/b/other"], "/a/b"),
        (["/a/b/page", "/a/bc"], "/a"),
        (["/a/b/page", "/x", "/a/b/page"], "/"),
    ],
)
def test_an_inferred_cookie_covers_where_it_came(urls, covers):
    cookies = ()
    for path in urls:
        cookies = learn(cookies, "n=1", url=f"http://localhost{path}")

    (cookie,) = cookies
    assert (cookie.covers, cookie.path) == (covers, None)


def test_an_inferred_cookie_is_gone_only_where_it_must_come():
    known = learn((), "n=1")

    assert learn(known, None, url=OTHER) is known
    assert learn(known, None, url="http://127.0.0.1/a/b/page") is known
    assert learn(known, None)[0].state == "gone"


@pytest.mark.parametrize(
    ("line", "header", "expected"),
    [
        ("n=2; Path=/", "n=2", ["n=2 / came back"]),
        ("n=2; Path=/", "n=2; n=1", ["n=2 / came back", "n=1 None inferred"]),
        ("n=2; Path=/a/b/page/more", "n=1", ["n=1 None inferred", "n=2 /a/b/page/more sent"]),
        ("n=1; Path=/", "n=1", ["n=1 / came back"]),
    ],
)
def test_a_line_may_mean_an_inferred_cookie(line, header, expected):
    cookies = learn(learn(learn((), "n=1"), "n=1", line), header)

    assert [
        f"{cookie.name}={cookie.value} {cookie.path} {cookie.certainty}".removesuffix(
            " by the server"
        )
        for cookie in cookies
    ] == expected


def test_a_deletion_may_mean_an_inferred_cookie():
    known = learn((), "n=1", "n=; Path=/; Max-Age=0")

    assert told(known) == [("n=1", "/", "sent by the server", "deleted")]
    assert told(learn(known, "n=1"))[1] == ("n=1", None, "inferred", "kept")


def test_cookies_of_one_name_are_told_apart_by_value_and_then_by_order():
    known = learn((), None, "n=root; Path=/", "n=deep; Path=/a/b")

    assert [cookie.state for cookie in learn(known, "n=root")] == ["kept", "gone"]
    assert [cookie.state for cookie in learn(known, "n=deep")] == ["gone", "kept"]
    assert [cookie.value for cookie in learn(known, "n=new; n=other")] == ["other", "new"]
    assert [cookie.value for cookie in learn(known, "n=deep; n=new")] == ["new", "deep"]


def test_a_new_value_belongs_to_a_cookie_that_is_there():
    known = learn((), None, "n=deep; Path=/a/b", "n=root; Path=/")
    known = learn(known, "n=root")

    assert told(learn(known, "n=new")) == [
        ("n=deep", "/a/b", "sent by the server", "gone"),
        ("n=new", "/", "came back", "kept"),
    ]


def test_what_comes_over_plain_http_is_no_secure_cookie():
    known = learn((), None, "n=1; Secure", url=SHOP)

    cookies = learn(known, "n=1", url=SHOP.replace("https", "http"))

    assert [cookie.certainty for cookie in cookies] == ["sent by the server", "inferred"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", []),
        (";; =; ", []),
        ("n", ["=n"]),
        ("n=", ["n="]),
        ("=v", ["=v"]),
        (" n = v ;m=w=x", ["n=v", "m=w=x"]),
        ("n=1; n=1", ["n=1", "n=1"]),
        ("n=caf\xe9", ["n=caf\\xe9"]),
        ("n=\u20ac", ["n=\\xe2\\x82\\xac"]),
        ("n=<script>", ["n=<script>"]),
        ("n=\ud800\x00", ["n=\\xed\\xa0\\x80\\x00"]),
    ],
)
def test_what_a_header_says(header, expected):
    assert [f"{cookie.name}={cookie.value}" for cookie in learn((), header)] == expected


def test_nothing_new_is_the_same_object():
    known = learn((), "i=1", "n=1", "m=2; Path=/", "o=3; Path=/x", "p=1; SameSite=None")
    known = learn(known, "n=1; m=2; i=1")

    assert learn(known, "n=1; m=2; i=1", now=NOW + 9) is known
    assert jar.confirm(known, URL, "i=1; n=1; m=2", NOW + 9) is known
    assert jar.confirm(known, OTHER, "o=3; m=2", NOW) is not known


# Texts that the recorder cut


def clip(text, limit=2000):
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters in all)"


@pytest.mark.parametrize("size", [299, 300, 301, 1999, 2000, 2001, 4000])
def test_a_cut_value_is_the_whole_one(size):
    value = "v" * size
    (verdict,) = verdicts(f"n={value}")
    known = jar.learn((), URL, None, [replace(verdict, value=clip(value))], NOW)

    cut = jar.confirm(known, URL, clip(f"n={value}"), NOW)
    whole = jar.confirm(known, URL, f"n={value}", NOW)

    assert [cookie.certainty for cookie in (*cut, *whole)] == ["came back"] * 2
    assert cut[0].value == whole[0].value == known[0].value
    assert len(cut[0].value) < 350


def test_another_value_of_the_same_start_is_another():
    known = learn((), None, "n=" + "v" * 400, "n=v; Path=/")

    assert [cookie.state for cookie in learn(known, "n=v")] == ["gone", "kept"]


def test_bytes_that_are_not_ascii_match_what_the_recorder_writes():
    known = learn((), None, "n=caf\xe9", "m=" + "\xe9" * 200)

    known = learn(known, "n=caf\\xe9; m=" + "\\xe9" * 200)

    assert [(cookie.certainty, cookie.state) for cookie in known] == [("came back", "kept")] * 2


def test_a_header_that_was_cut_misses_nobody():
    header = clip("; ".join(f"n{number}={'v' * 1990}" for number in range(30)), 40_000)
    known = learn((), None, "m=1", "n0=" + "v" * 1990)

    cookies = learn(known, header)

    assert [cookie.state for cookie in cookies[:2]] == ["kept", "kept"]
    assert cookies[1].certainty == "came back"
    assert len(cookies) == 21


def test_more_names_than_a_jar_holds_miss_nobody():
    known = learn((), None, "m=1")

    cookies = learn(known, "; ".join(f"n{number}=v" for number in range(1000)))

    assert len(cookies) == 180
    assert {cookie.state for cookie in cookies} == {"kept"}


# Room


def test_ten_that_are_not_there_are_listed():
    cookies = learn((), None, *[f"n{number}=v; SameSite=None" for number in range(12)], "m=1")

    assert [cookie.name for cookie in cookies] == [f"n{number}" for number in range(2, 12)] + ["m"]


def test_a_jar_has_room_for_180():
    lines = [f"r{number}=v; SameSite=None" for number in range(5)]
    lines += [f"n{number}=v" for number in range(178)]

    cookies = learn((), None, *lines)
    more = learn(cookies, None, *[f"m{number}=v" for number in range(10)], url=OTHER)

    assert [cookie.name for cookie in cookies[:3]] == ["r3", "r4", "n0"]
    assert len(cookies) == len(more) == 180
    assert more[0].name == "n8"


# Does it go here?


@pytest.mark.parametrize(
    ("header", "line", "url", "reason"),
    [
        (None, "n=1", URL, ""),
        (None, "n=1", OTHER, "path"),
        (None, "n=1", "http://127.0.0.1/a/b", "host"),
        (None, "n=1; Max-Age=1", URL, "expired"),
        (None, "n=1; SameSite=None", URL, "refused"),
        (None, "n=1; Max-Age=0", URL, "deleted"),
        ("n=1", None, URL, ""),
        ("n=1", None, URL + "/more", ""),
        ("n=1", None, OTHER, "unknown"),
        ("n=1", None, "http://127.0.0.1/a/b", "host"),
    ],
)
def test_goes_here(header, line, url, reason):
    (cookie,) = learn((), header, *([line] if line else []))

    assert jar.goes_here(cookie, url, NOW + 1) == reason


def test_secure_goes_to_https_only():
    (cookie,) = learn((), None, "n=1; Secure", url=SHOP)

    assert jar.goes_here(cookie, SHOP, NOW) == ""
    assert jar.goes_here(cookie, SHOP.replace("https", "http"), NOW) == "scheme"
    assert learn((cookie,), None, url=SHOP.replace("https", "http"))[0] is cookie


# A later request about an earlier line


@pytest.mark.parametrize(
    ("line", "later_url", "header", "key"),
    [
        ("n=; Max-Age=0", URL, "n=1", "not-deleted"),
        ("n=; Max-Age=0", URL, "m=1", "confirmed-deleted"),
        ("n=; Max-Age=0", URL, None, "confirmed-deleted"),
        ("n=; Max-Age=0; Path=/x", URL, "n=1", "not-deleted"),
        ("n=; Max-Age=0; Path=/x", URL, None, ""),
        ("n=; Max-Age=0", "http://127.0.0.1/a/b", "n=1", ""),
        ("n=1", URL, "n=1", "confirmed-stored"),
        ("n=1", URL, "n=1; n=2", "kept-twice"),
        ("n=1", URL, "n=2", ""),
        ("n=1", URL, "m=1", "not-stored"),
        ("n=1", URL, None, "not-stored"),
        ("n=1", OTHER, None, ""),
        ("n=1", OTHER, "n=1", ""),
        ("n=1; Max-Age=5", URL, None, "not-stored"),
        ("n=1; Max-Age=4", URL, None, ""),
        ("n=1; SameSite=None", URL, "n=1", ""),
        ("n=1; SameSite=None", URL, None, ""),
        ("n=" + "v" * 4000, URL, clip("n=" + "v" * 4000), "confirmed-stored"),
        ("n=1", URL, clip("a=" + "v" * 50_000, 40_000), ""),
        ("n=; Max-Age=0", URL, clip("a=" + "v" * 50_000, 40_000), ""),
    ],
)
def test_correction(line, later_url, header, key):
    (verdict,) = verdicts(line)

    found = jar.correction(verdict, URL, later_url, header, elapsed=4)

    assert found[0] == key
    assert bool(found[1]) is bool(key)


@pytest.mark.parametrize(
    ("line", "url", "header", "sentence"),
    [
        ("n=; Max-Age=0", URL, "n=1", "Not deleted: `n` came back, so it has another path."),
        ("n=; Max-Age=0", SHOP, "n=1", "`n` came back, so it has another path or domain."),
        ("v; Max-Age=0", URL, "w", "Not deleted: the cookie without a name came back"),
        ("n=; Max-Age=0", URL, None, "Confirmed: `n` did not come back."),
        ("n=1", URL, None, "Not kept: `n` should have come with this request, and did not."),
        ("n=1", URL, "n=1", "Confirmed: `n` came back."),
        ("n=1", URL, "n=2; n=1", "Kept beside another: `n` came twice. One has another path."),
        ("n" * 500 + "=1", URL, None, "n… (500 characters in all)` should have come"),
    ],
)
def test_what_a_correction_says(line, url, header, sentence):
    (verdict,) = verdicts(line, url=url)

    assert sentence in jar.correction(verdict, url, url, header)[1]


def test_a_request_of_another_site_corrects_less():
    stored, strict, deleted = verdicts("n=1", "n=1; SameSite=Strict", "n=; Max-Age=0")

    def key(verdict):
        return jar.correction(verdict, URL, URL, None, cross_site="navigation")[0]

    assert [key(stored), key(strict), key(deleted)] == ["not-stored", "", ""]


def test_a_secure_cookie_need_not_come_over_plain_http():
    (verdict,) = verdicts("n=; Max-Age=0", url=SHOP)
    plain = SHOP.replace("https", "http")

    assert jar.correction(verdict, SHOP, plain, None) == ("", "")
    assert jar.correction(verdict, SHOP, SHOP, None)[0] == "confirmed-deleted"


# Any text at all

ANY_TEXT = st.text(st.characters(), max_size=50)
PAIR = st.tuples(st.sampled_from(["n", "m", "", "\xe9"]), st.sampled_from(["=", ""]), ANY_TEXT)
HEADER = st.none() | ANY_TEXT | st.lists(PAIR.map("".join), max_size=6).map("; ".join)
LINES = st.lists(
    st.tuples(
        PAIR.map("".join),
        st.sampled_from(["", "; Path=/", "; Max-Age=0", "; Max-Age=9", "; SameSite=None"]),
    ).map("".join),
    max_size=4,
)
ANY_URL = ANY_TEXT | st.sampled_from([URL, OTHER, SHOP])


@settings(deadline=None)
@given(st.lists(st.tuples(ANY_URL, HEADER, LINES, st.sampled_from([0, 5, 10])), max_size=5))
def test_any_text_is_learned(exchanges):
    cookies, now = (), NOW
    for url, header, lines, seconds in exchanges:
        now += seconds
        cookies = learn(cookies, header, *lines, url=url, now=now)
        confirmed = jar.confirm(cookies, url, header, now)
        for verdict in verdicts(*lines, url=url):
            key, sentence = jar.correction(verdict, url, url, header, seconds)
            assert bool(key) is bool(sentence)
        for cookie in (*cookies, *confirmed):
            assert (cookie.certainty == "inferred") is (cookie.path is None)
            assert jar.goes_here(cookie, url, now) in REASONS
            facts = dataclasses.asdict(cookie)
            assert jar.Seen(**json.loads(json.dumps(facts))) == cookie
            assert pickle.loads(pickle.dumps(cookie)) == cookie


REASONS = {"", "host", "path", "scheme", "expired", "site", "unknown"}
REASONS |= {"refused", "deleted", "over", "gone"}


@settings(deadline=None)
@given(st.lists(PAIR.map("".join), max_size=8).map("; ".join), ANY_URL)
def test_a_header_that_comes_again_changes_nothing(header, url):
    known = learn((), header, url=url)

    assert learn(known, header, url=url) is known


@pytest.mark.parametrize(
    "text", ["x", ";", "=", "a;", "a=b;", "\u20ac", "\x00", "\ud800", "… (9 characters in all)"]
)
def test_huge_headers(text):
    start = time.perf_counter()
    known = learn((), text * 100_000, "n=1")
    known = learn(known, text * 100_000, f"n={text * 100_000}")

    assert len(known) <= 180
    assert sum(len(cookie.name) + len(cookie.value) for cookie in known) < 150_000
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("digits", ["", ",,,", "9" * 20, "9" * 5000, "٣"])
def test_a_tail_that_the_recorder_did_not_write(digits):
    known = learn((), None, "n=1")

    assert learn(known, f"a=b… ({digits} characters in all)")
