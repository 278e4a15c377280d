"""Does a real Chromium send the `Cookie` header that `live_panel.browser_rules` predicts?

Each test lets a server answer with lines, as `tests.browser.cookie_server` does, and compares every
header that comes, byte for byte, with the one that `keep` and `cookie_header` predict.
"""

import random
import time
from datetime import datetime, timezone

import pytest

from live_panel import jar
from live_panel.browser_rules import (
    Kept,
    cookie_header,
    cross_site_of,
    held_back,
    judge,
    keep,
    used,
)
from tests.browser.chromium import ARGUMENTS, find
from tests.browser.cookie_server import IP, SHOP, Chromium
from tests.browser.cookie_server import chromium as chromium
from tests.browser.cookie_server import server as server
from tests.browser.cookie_server import shared_chromium as shared_chromium

pytestmark = pytest.mark.browser

APP = "app.localhost"
PATHS = ["/", "/a", "/a/", "/a/b/page", "/a/bc", "/x/y"]


class Prediction:
    """A Chromium, and the jar that it should have."""

    def __init__(self, chromium):
        self.chromium = chromium
        self.jar = ()
        self.verdicts = []
        self.headers = []

    def ask(self, host, path, lines=()):
        """Let `host` answer a request with these lines. It must bring what was predicted."""
        self.chromium.page(host)
        now = time.time()
        predicted = cookie_header(self.jar, self.chromium.origin(host) + path, now)
        url, header = self.chromium.ask(host, path, lines)
        assert header == predicted
        self.headers.append(header)
        self.jar = used(self.jar, url, now)
        for line in lines:
            moment = datetime.fromtimestamp(time.time(), timezone.utc)
            verdict = judge(line, url, (), moment, self.jar)
            self.jar = keep(self.jar, verdict, url, moment.timestamp())
            self.verdicts.append(verdict)

    def ask_everywhere(self, hosts):
        for host in hosts:
            for path in PATHS:
                self.ask(host, path)


def play(chromium, steps):
    """Play steps such as "localhost/a/b <- n=1; Path=/ && m=2", then ask all hosts in them."""
    prediction, hosts = Prediction(chromium), {}
    for step in steps:
        if step.startswith("wait "):
            time.sleep(float(step.removeprefix("wait ")))
            continue
        address, _, lines = step.partition(" <- ")
        host, slash, path = address.partition("/")
        prediction.ask(host, slash + path, lines.split(" && ") if lines else ())
        hosts[host] = True
    prediction.ask_everywhere(hosts)
    return prediction


L, A, X = "localhost/a/b/page", f"{APP}/a/b/page", f"x.{APP}/a/b/page"
S, E = f"{SHOP}/a/b/page", "example.com/a/b/page"

SEQUENCES = [
    # Order: the longest path, then the cookie that was made first
    [f"{L} <- z=1; Path=/ && a=2; Path=/ && m=3; Path=/"],
    [f"{L} <- z=1; Path=/", f"{L} <- a=2; Path=/", f"{L} <- m=3; Path=/"],
    [f"{L} <- n=root; Path=/ && n=mid; Path=/a && n=deep; Path=/a/b"],
    [f"{L} <- n=deep; Path=/a/b && n=mid; Path=/a && n=root; Path=/"],
    [f"{L} <- n=1; Path=/a && n=2; Path=/a/ && n=3; Path=/"],
    [f"{L} <- b=1; Path=/a && a=2; Path=/x && c=3; Path=/a && d=4; Path=/"],
    [f"{L} <- n=1; Path=/a && m=2; Path=/ && n=3; Path=/ && m=4; Path=/a"],
    [f"{A} <- a=1; Path=/ && b=2; Path=/; Domain={APP} && c=3; Path=/"],
    [f"{A} <- b=2; Path=/; Domain={APP} && b=1; Path=/"],
    [f"{A} <- b=1; Path=/ && b=2; Path=/; Domain={APP}"],
    [f"{L} <- " + " && ".join(f"n{number}=v; Path=/" for number in range(30))],
    [f"{L} <- a=1; Path=/\xc3\xa9 && b=2; Path=/a && c=3; Path=/a/b"],
    # Replaced: a new value goes to the end, the same one keeps its place
    [f"{L} <- z=1; Path=/ && a=2; Path=/ && m=3; Path=/", f"{L} <- z=9; Path=/"],
    [f"{L} <- z=1; Path=/ && a=2; Path=/ && m=3; Path=/", f"{L} <- z=1; Path=/"],
    [f"{L} <- z=1; Path=/ && a=2; Path=/", f"{L} <- z=1; Path=/; Max-Age=60; HttpOnly; Secure"],
    [f"{L} <- z=1; Path=/ && a=2; Path=/", f"{L} <- z=; Path=/"],
    [f"{L} <- z=; Path=/ && a=2; Path=/", f"{L} <- z=; Path=/"],
    [f"{L} <- z=1; Path=/ && a=2; Path=/ && z=9; Path=/ && z=1; Path=/"],
    [f"{L} <- z=1; Path=/ && a=2; Path=/ && z=1; Path=/ && a=3; Path=/"],
    [f"{L} <- z=1; Path=/; Secure && a=2; Path=/ && z=1; Path=/"],
    [f"{L} <- z=1; Path=/; SameSite=Strict && a=2; Path=/ && z=1; Path=/; SameSite=Lax"],
    [f"{L} <- n=1; Path=/a && m=2; Path=/a", f"{L} <- n=3; Path=/a", f"{L} <- m=2; Path=/a"],
    [f"{L} <- n=1 && n=2 && n=3"],
    [f"{L} <- n=1 && n=2; Path=/a && n=3; Path=/"],
    [f"{L} <- n=1 && N=2 && n=3"],
    [f"{L} <- n=1; Path=/a/b", f"{L} <- n=2"],
    [f"{L} <- n=1; Path=/a/b", f"{L} <- n=2; Path=/a/b/"],
    [f"{L} <- n=1", "localhost/a/other <- n=2"],
    [f"{A} <- n=1; Domain={APP}", f"{A} <- n=2"],
    [f"{A} <- n=1; Domain={APP}", f"{A} <- n=2; Domain=.{APP.upper()}"],
    [f"{A} <- n=1; Domain={APP}", f"{X} <- n=2; Domain={APP}"],
    [f"{A} <- n=1; Domain={APP}", f"{X} <- n=2"],
    [f"{L} <- n=1; Domain=localhost", f"{L} <- n=2"],
    [f"{L} <- n=1; Path=/ && m=1; Path=/; Max-Age=0 && n=1; Path=/; Max-Age=60"],
    # Deleted, or not
    [f"{L} <- n=1; Path=/", f"{L} <- n=; Max-Age=0"],
    [f"{L} <- n=1; Path=/", f"{L} <- n=; Max-Age=0; Path=/"],
    [f"{L} <- n=1", f"{L} <- n=; Max-Age=0"],
    [f"{L} <- n=1", f"{L} <- n=1; Max-Age=-1"],
    [f"{L} <- n=1", f"{L} <- n=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    [f"{L} <- n=1", f"{L} <- n=2; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    [f"{L} <- n=1", f"{L} <- n=2; Max-Age=soon; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    [f"{L} <- n=1", f"{L} <- n=; Max-Age=0; Path=/a/b/"],
    [f"{L} <- n=1", f"{L} <- N=; Max-Age=0"],
    [f"{L} <- n=1 && n=2; Path=/", f"{L} <- n=; Max-Age=0"],
    [f"{L} <- n=1 && n=2; Path=/", f"{L} <- n=; Max-Age=0; Path=/"],
    [f"{L} <- n=1 && n=2; Path=/", f"{L} <- n=; Max-Age=0 && n=; Max-Age=0; Path=/"],
    [f"{L} <- n=1 && n=; Max-Age=0"],
    [f"{L} <- n=1; Max-Age=0 && n=1"],
    [f"{L} <- n=1 && n=; Max-Age=0 && n=1"],
    [f"{L} <- a=1; Path=/ && b=2; Path=/", f"{L} <- a=; Max-Age=0; Path=/ && a=1; Path=/"],
    [f"{L} <- n=1; Secure", f"{L} <- n=; Max-Age=0"],
    [f"{L} <- n=1; HttpOnly; SameSite=Strict", f"{L} <- n=; Max-Age=0"],
    [f"{L} <- n=1; Secure", f"{L} <- n=; Max-Age=0; SameSite=None"],
    [f"{A} <- n=1; Domain={APP}", f"{A} <- n=; Max-Age=0"],
    [f"{A} <- n=1; Domain={APP}", f"{A} <- n=; Max-Age=0; Domain={APP}"],
    [f"{A} <- n=1; Domain={APP}", f"{X} <- n=; Max-Age=0; Domain={APP}"],
    [f"{A} <- n=1; Domain={APP}", f"{X} <- n=; Max-Age=0"],
    [f"{A} <- n=1", f"{A} <- n=; Max-Age=0; Domain={APP}"],
    [f"{X} <- n=1", f"{A} <- n=; Max-Age=0"],
    [f"{L} <- n=1; Path=/x", f"{L} <- n=; Max-Age=0; Path=/x"],
    [f"{L} <- just && n=1", f"{L} <- ; Max-Age=0"],
    [f"{L} <- just && n=1", f"{L} <- other; Max-Age=0"],
    # Hosts and domains
    [f"{L} <- n=1; Path=/", A, f"{IP}/"],
    [f"{IP}/a/b/page <- n=1; Path=/", L],
    [f"{IP}/a <- n=1; Path=/; Domain={IP}", L],
    [f"{A} <- n=1; Path=/", X, L],
    [f"{A} <- n=1; Path=/; Domain={APP}", X, L],
    [f"{X} <- n=1; Path=/; Domain={APP}", A],
    [f"{X} <- n=1; Path=/; Domain=x.{APP}", A, f"y.x.{APP}/"],
    [f"{X} <- n=1; Path=/; Domain=localhost", A, L],
    [f"{L} <- n=1; Path=/; Domain=localhost", A],
    [f"{X} <- n=x; Path=/ && n=d; Path=/; Domain={APP}", f"{A} <- n=a; Path=/"],
    [f"{S} <- n=1; Path=/; Domain=example.com", E, "other.example.com/"],
    [f"{S} <- n=1; Path=/", E, "other.example.com/"],
    [f"{S} <- n=1; Path=/; Domain={SHOP}", E],
    [f"{S} <- n=1; Path=/; Domain=com", E],
    [f"{S} <- n=1; Path=/; Domain=example.org", E],
    [f"{E} <- n=1; Path=/ && n=2; Path=/; Domain=example.com", S],
    [f"{E} <- n=1; Path=/; Domain={SHOP}", S],
    [f"{S} <- a=1; Path=/; Domain=example.com", f"{E} <- b=1; Path=/; Domain=example.com", S],
    ["10.1.2.3/a <- n=1; Path=/", "10.1.2.4/"],
    # Paths
    [f"{L} <- n=1"],
    ["localhost/ <- n=1"],
    ["localhost/a/ <- n=1"],
    ["localhost/a <- n=1"],
    [f"{L} <- n=1; Path=/a"],
    [f"{L} <- n=1; Path=/a/"],
    [f"{L} <- n=1; Path=/a/b/page"],
    [f"{L} <- n=1; Path=/a/b/page/"],
    [f"{L} <- n=1; Path=/a/bc"],
    [f"{L} <- n=1; Path=/A"],
    [f"{L} <- n=1; Path=//", "localhost//", "localhost//x"],
    [f"{L} <- n=1; Path=/%61"],
    [f"{L} <- n=1; Path=abc && m=1; Path="],
    [f"{L} <- n=1; Path=/a/../x"],
    [f"{L} <- n=1; Path=/?q"],
    ["localhost/a//b <- n=1", "localhost/a/", "localhost/a//", "localhost/a//c"],
    ["localhost/a/%62/c <- n=1", "localhost/a/b/c", "localhost/a/%62/"],
    # What the header says
    [f"{L} <- =v; Path=/ && n=; Path=/ && justvalue; Path=/"],
    [f"{L} <- =v; Path=/ && n=v; Path=/"],
    [f"{L} <- =v; Path=/ && =w; Path=/a"],
    [f"{L} <- n = a b ; Path=/ && m=a=b; Path=/ && o=a,b; Path=/"],
    [f"{L} <- n=\"v\"; Path=/ && m='v'; Path=/ && o=%20; Path=/"],
    [f"{L} <- n=caf\xc3\xa9; Path=/ && \xc3\xa9=v; Path=/ && o=\xe9\xff; Path=/"],
    [f"{L} <- n=v; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60; Priority=High"],
    [f"{L} <- n={'v' * 4095}; Path=/ && m={'v' * 4096}; Path=/"],
    # Prefixes, and lines that are refused
    [f"{L} <- __Host-n=1; Secure; Path=/ && __Secure-n=2; Secure; Path=/"],
    [f"{L} <- __Host-n=1; Path=/ && __Secure-n=2; Path=/ && n=3; Path=/"],
    [f"{L} <- __Host-n=1; Secure; Path=/", f"{L} <- __Host-n=2; Secure; Path=/a"],
    [f"{L} <- __Host-n=1; Secure; Path=/", f"{L} <- __Host-n=; Secure; Path=/; Max-Age=0"],
    [f"{L} <- __Http-n=1; Secure; Path=/ && __Http-m=1; Secure; HttpOnly; Path=/"],
    [f"{L} <- __Host-Http-n=1; Secure; HttpOnly; Path=/ && __Host-Http-m=1; Secure; Path=/"],
    ["localhost/page <- __Host-n=1; Secure; Path= && __Host-m=1; Secure"],
    [f"{L} <- n=1; SameSite=None && m=1; SameSite=None; Secure && o=1; Partitioned"],
    [f"{L} <- n=1; Path=/", f"{L} <- n=2; Path=/; SameSite=None"],
    [f"{L} <- n=1; Path=/; Secure && n=2; Path=/; Secure; Partitioned"],
    [f"{L} <- n=2; Path=/; Secure; Partitioned && m=1; Path=/ && n=1; Path=/"],
    [f"{L} <- n=1; Path=/; Secure; Partitioned", f"{L} <- n=; Path=/; Max-Age=0"],
    # Secure and plain http, elsewhere than on this machine
    [f"{S} <- n=1; Secure && m=1"],
    [f"{S} <- n=1; Path=/", f"{S} <- n=2; Path=/; Secure"],
    [f"{S} <- n=1; Path=/", f"{S} <- n=; Path=/; Secure; Max-Age=0"],
    [f"{L} <- n=1; Secure", f"{L} <- n=2"],
    [f"{A} <- n=1; Secure; Domain={APP}", f"{X} <- n=2; Domain={APP}"],
    [f"{S} <- __Host-n=1; Secure; Path=/ && n=1"],
    # Time
    [f"{L} <- a=1; Path=/; Max-Age=1 && b=1; Path=/; Max-Age=60 && c=1; Path=/", "wait 1.1"],
    [
        f"{L} <- a=1; Path=/; Max-Age=1 && b=1; Path=/", "wait 1.1",
        f"{L} <- a=1; Path=/ && b=1; Path=/; Max-Age=1", "wait 1.1", f"{L} <- b=1; Path=/",
    ],
    [f"{L} <- a=1; Max-Age=1", f"{L} <- a=1", "wait 1.1"],
    [f"{L} <- a=1", f"{L} <- a=1; Max-Age=1", "wait 1.1"],
    [f"{L} <- a=1; Max-Age=99999999999 && b=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT"],
]  # fmt: skip


@pytest.mark.parametrize("steps", SEQUENCES, ids=lambda steps: ascii(" ... ".join(steps))[:90])
def test_sequence(chromium, steps):
    play(chromium, steps)


def random_line(chance, hosts):
    """Return a line with some of everything that makes cookies the same, or keeps them apart."""
    name, value = chance.choice(["n", "m", "__Host-n", ""]), chance.choice("123")
    attributes = ["", f"Path={chance.choice(['/', '/a', '/a/b', '/x'])}"]
    attributes.append(f"Domain={chance.choice(hosts)}")
    attributes += ["Max-Age=0", "Max-Age=60", "Secure", "HttpOnly", "SameSite=None", "Partitioned"]
    chosen = chance.sample(attributes, chance.choice([0, 1, 1, 2, 2, 3]))
    return "; ".join([f"{name}={value}", *chosen])


@pytest.mark.parametrize("seed", range(60))
def test_random_sequence(chromium, seed):
    chance = random.Random(seed)
    hosts = [SHOP, "example.com"] if seed % 3 == 0 else [APP, f"x.{APP}"]
    prediction = Prediction(chromium)
    for _ in range(8):
        lines = [random_line(chance, hosts) for _ in range(chance.choice([1, 2, 3]))]
        prediction.ask(chance.choice(hosts), chance.choice(PATHS), lines)
    prediction.ask_everywhere(hosts)

    assert any(verdict.outcome != "refused" for verdict in prediction.verdicts)
    assert any(prediction.headers)


# What the panel learns


def learn_from(chromium, seed):
    """Play a random sequence. Return the jar that the panel learned, and its corrections.

    A correction comes with the verdict that it is about. After each answer the same page is asked
    once more, which can tell about the last line of each name.
    """
    chance = random.Random(1000 + seed)
    hosts = [SHOP, "example.com"] if seed % 3 == 0 else [APP, f"x.{APP}"]
    learned, corrections = (), []
    for _ in range(8):
        lines = [random_line(chance, hosts) for _ in range(chance.choice([1, 2, 3]))]
        host, path = chance.choice(hosts), chance.choice(PATHS)
        chromium.page(host)
        now = time.time()
        url, header = chromium.ask(host, path, lines)
        verdicts = [judge(line, url) for line in lines]
        learned = jar.learn(learned, url, header, verdicts, now)
        _, header = chromium.ask(host, path)
        learned = jar.confirm(learned, url, header, time.time())
        cookies = [
            (cookie["name"], cookie["domain"].removeprefix("."), cookie["path"])
            for cookie in chromium.context.cookies()
        ]
        for verdict in {verdict.name: verdict for verdict in verdicts}.values():
            found = jar.correction(verdict, url, url, header)[0]
            corrections.append((found, verdict, cookies))
    for host in hosts:
        for path in PATHS:
            url, header = chromium.ask(host, path)
            learned = jar.confirm(learned, url, header, time.time())
    return learned, corrections


@pytest.mark.parametrize("seed", range(20))
def test_the_panel_learns_what_chromium_has(chromium, seed):
    learned, corrections = learn_from(chromium, seed)

    had = {
        (cookie["name"], cookie["value"], cookie["domain"].removeprefix("."), cookie["path"])
        for cookie in chromium.context.cookies()
    }
    known = {
        (cookie.name, cookie.value, cookie.domain, cookie.path) for cookie in jar.known(learned)
    }
    assert known
    assert known == had
    assert not [cookie for cookie in learned if cookie.state == jar.GONE]
    assert_true(corrections)


def assert_true(corrections):
    """Compare what the request after a line says of it with the cookies that there were then."""
    for found, verdict, cookies in corrections:
        is_there = (verdict.name, verdict.domain, verdict.path) in cookies
        if found in ("confirmed-stored", "kept-twice"):
            assert is_there
        if found == "confirmed-deleted":
            assert not is_there
        if found == "not-deleted":
            assert verdict.name in [name for name, _, _ in cookies]
        assert found != "not-stored"
    assert any(found for found, _, _ in corrections)


# Many cookies


PARTITIONED = "; Path=/; Secure; Partitioned"


def many(prefix, numbers, attributes="; Path=/"):
    return [f"{prefix}{number}=v{attributes}" for number in numbers]


MANY = [
    (180, [("localhost", many("n", range(180)))]),
    (150, [("localhost", many("n", range(181)))]),
    (179, [("localhost", many("n", range(210)))]),
    (178, [("localhost", many("n", range(240)))]),
    (150, [("localhost", many("s", range(100), "; Path=/; Secure") + many("n", range(81)))]),
    (150, [("localhost", many("n", range(81)) + many("s", range(100), "; Path=/; Secure"))]),
    (150, [("localhost", many("s", range(170), "; Path=/; Secure") + many("n", range(11)))]),
    (150, [("localhost", many("s", range(180), "; Path=/; Secure") + many("n", range(1)))]),
    (150, [("localhost", many("s", range(181), "; Path=/; Secure"))]),
    (180, [("localhost", many("n", range(180))), ("localhost", many("n", range(180)))]),
    (150, [("localhost", many("n", range(180))), ("localhost", ["n0=v; Path=/", "m=1"])]),
    (150, [("localhost", many("n", range(180))), ("localhost", ["n0=w; Path=/", "m=1"])]),
    (179, [("localhost", many("n", range(180))), ("localhost", many("n", [0], "; Max-Age=0"))]),
    (180, [("localhost", [*many("n", range(180)), "n0=; Path=/; Max-Age=0", "m=1"])]),
    (180, [("localhost", many("n", range(180)) + many("m", [0], "; Max-Age=0"))]),
    (200, [("localhost", many("n", range(100))), (IP, many("n", range(100)))]),
    (200, [("localhost", many("n", range(100))), (APP, many("n", range(100)))]),
    (169, [("x.bar.localhost", many("n", range(100))), ("y.bar.localhost", many("n", range(100)))]),
    (169, [(SHOP, many("n", range(100))), ("example.com", many("m", range(100)))]),
    (200, [(SHOP, many("n", range(100))), ("example.org", many("n", range(100)))]),
    (200, [("10.1.2.3", many("n", range(100))), ("10.1.2.4", many("n", range(100)))]),
    (150, [(APP, many("n", range(181), f"; Path=/; Domain={APP}"))]),
    (200, [("localhost", many("n", range(100)) + many("p", range(100), PARTITIONED))]),
]


@pytest.mark.parametrize(("left", "answers"), MANY)
def test_many_cookies(chromium, left, answers):
    prediction = Prediction(chromium)
    for host, lines in answers:
        prediction.ask(host, "/", lines)
    for host, _ in answers:
        prediction.ask(host, "/")

    assert len(prediction.jar) == left
    assert len(chromium.context.cookies()) == left


# Secure cookies of an https page


def plant(chromium, url, name="n", value="1", domain=None, path="/"):
    """Give Chromium a Secure cookie as an https page would, and return it."""
    host = url.split("/")[2]
    place = {"domain": domain or host, "path": path}
    chromium.context.add_cookies([{"name": name, "value": value, "secure": True, **place}])
    return Kept(
        name=name,
        value=value,
        domain=(domain or host).removeprefix("."),
        host_only=domain is None,
        path=path,
        expires=None,
        secure=True,
        httponly=False,
        samesite="Lax (by default)",
        partitioned=False,
        created=0,
        last_access=0,
    )


@pytest.mark.parametrize(
    ("domain", "path", "host", "line"),
    [
        (None, "/", SHOP, "n=2; Path=/"),
        (None, "/", SHOP, "n=2; Path=/a"),
        (None, "/", SHOP, "m=2; Path=/"),
        (None, "/", SHOP, "n=; Path=/; Max-Age=0"),
        (None, "/", SHOP, "n=2; Path=/; Secure"),
        (None, "/", SHOP, "n=2; Domain=example.com"),
        (None, "/", "example.com", "n=2; Path=/"),
        (None, "/", "other.example.com", "n=2; Path=/"),
        (None, "/", "other.example.com", "n=2; Path=/; Domain=example.com"),
        (None, "/a", SHOP, "n=2; Path=/"),
        (None, "/a", SHOP, "n=2; Path=/a/b"),
        (None, "/a", SHOP, "n=2; Path=/ab"),
        (".example.com", "/", SHOP, "n=2; Path=/"),
        (".example.com", "/", "other.example.com", "n=2; Path=/"),
        (".example.com", "/", "example.com", "n=; Path=/; Max-Age=0; Domain=example.com"),
    ],
)
def test_plain_http_and_a_secure_cookie(chromium, domain, path, host, line):
    planted = plant(chromium, f"https://{SHOP}/", domain=domain, path=path)
    assert held_back(planted, f"https://{SHOP}/a/", 1) == ""
    prediction = Prediction(chromium)
    prediction.jar = (planted,)

    prediction.ask(host, "/a/b/page", [line])
    prediction.ask_everywhere([SHOP, host])

    left = sorted((cookie["name"], cookie["value"]) for cookie in chromium.context.cookies())
    assert left == sorted((cookie.name, cookie.value) for cookie in prediction.jar)
    _, _, reasons = chromium.receive(line, host)
    if prediction.verdicts[0].rule == "secure-kept":
        assert reasons == {"OverwriteSecure"}


# Requests that another site causes

CROSSING = [
    "strict=1; Path=/; SameSite=Strict",
    "lax=1; Path=/; SameSite=Lax",
    "default=1; Path=/",
    "bogus=1; Path=/; SameSite=Bogus",
    "none=1; Path=/; SameSite=None; Secure",
    "partitioned=1; Path=/; SameSite=None; Secure; Partitioned",
    "partitioned_lax=1; Path=/; SameSite=Lax; Secure; Partitioned",
]
HOW = ["link", "form", "frame", "fetch"]


def assert_same_from(chromium, other, how, host, blocks_others):
    """Compare what goes to `host` when a page of `other` asks, with what was predicted."""
    prediction = Prediction(chromium)
    prediction.ask(host, "/a", CROSSING)
    now = time.time()
    url, method, headers = chromium.come_from(other, how, host)
    cross_site = cross_site_of(
        headers["Sec-Fetch-Site"], headers["Sec-Fetch-Mode"], headers["Sec-Fetch-Dest"], method
    )
    cookies = prediction.jar
    if blocks_others and cross_site == "other":
        cookies = ()  # the user's setting, which no rule knows
    assert headers["Cookie"] == cookie_header(cookies, url, now, cross_site)
    return cross_site


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    ("other", "host", "is_cross_site"),
    [
        ("localhost", IP, True),
        (IP, "localhost", True),
        ("localhost", APP, True),
        (APP, "localhost", True),
        (f"x.{APP}", APP, False),
        (APP, f"x.{APP}", False),
        (APP, APP, False),
    ],
)
def test_another_site_asks(chromium, other, host, is_cross_site, how):
    cross_site = assert_same_from(chromium, other, how, host, blocks_others=True)

    names = {"link": "navigation", "form": "post", "frame": "other", "fetch": "other"}
    assert cross_site == (names[how] if is_cross_site else "")


@pytest.fixture(scope="module")
def lenient(browser, server, tmp_path_factory):
    """A Chromium whose user lets third parties have cookies."""
    folder = tmp_path_factory.mktemp("profile")
    (folder / "Default").mkdir()
    (folder / "Default" / "Preferences").write_text('{"profile": {"cookie_controls_mode": 0}}')
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=find(), args=ARGUMENTS
    )
    yield Chromium(context, server)
    context.close()


@pytest.mark.parametrize("how", HOW)
def test_another_site_asks_where_third_parties_may(lenient, how):
    lenient.context.clear_cookies()

    assert_same_from(lenient, "localhost", how, IP, blocks_others=False)
