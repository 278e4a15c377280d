"""Where the histories lie: memory and a cache keep the same contract, and bound what they keep."""

import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from threading import Barrier

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

from live_panel import history
from live_panel.exchange import Exchange, SessionFacts, SetCookie
from live_panel.storage import (
    FOLLOW,
    MAX_AGE,
    MAX_BYTES,
    MAX_EXCHANGES,
    MAX_KEYS,
    History,
    Memory,
    SessionKey,
    SharedCache,
    size_of,
    size_of_keys,
)
from tests.live_panel import stub_views

LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
OWNER = "192.0.2.1"


def exchange(path="/", when=None, header="a=1", size=0, set_cookie=()):
    """Return an exchange that takes at least `size` bytes."""
    facts = dict.fromkeys((field.name for field in fields(Exchange)), "")
    nothing = dict.fromkeys(("key_in", "before", "key_out", "after", "left"))
    return Exchange(
        **{
            **facts,
            **nothing,
            **dict.fromkeys(("changes", "unsaved", "others"), ()),
            "number": 0,
            "time": time.time() if when is None else when,
            "method": "GET",
            "status": 200,
            "url": f"http://testserver{path}",
            "path": path,
            "query": "x" * size,
            "cookie_header": header,
            "set_cookie": set_cookie,
            "session": SessionFacts(),
        }
    )


def session_key(name, since=0, seen=0, made_by=""):
    """Return the key of a row, had so many seconds after now."""
    return SessionKey(name, time.time() + since, time.time() + seen, made_by)


def names_of(keys):
    return [each.key for each in keys]


def unchanged(fact):
    return fact


@pytest.fixture
def clock(monkeypatch):
    """A function that lets so many seconds pass."""
    real, passed = time.time, 0

    def forward(seconds):
        nonlocal passed
        passed += seconds

    monkeypatch.setattr(time, "time", lambda: real() + passed)
    return forward


def use_cache(settings, backend=LOCAL_MEMORY):
    settings.CACHES = {
        "default": {"BACKEND": LOCAL_MEMORY, "LOCATION": "host"},
        "panel": {"BACKEND": backend, "LOCATION": "panel", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    }
    settings.LIVE_PANEL_CACHE = "panel"
    caches["panel"].clear()
    return history.storage()


def keys_in(alias="panel"):
    """Return the keys that are in a local-memory cache."""
    return [key.removeprefix(":1:") for key in caches[alias]._cache]


@pytest.fixture(params=["memory", "cache"])
def kept(request, settings):
    if request.param == "memory":
        return Memory()
    return use_cache(settings)


@pytest.fixture
def shared(settings):
    return use_cache(settings)


def is_empty(kept):
    """Return True if nothing of any browser is left, not even that there was one."""
    if isinstance(kept, Memory):
        return (kept.shelves, kept.moved, kept.size) == ({}, {}, 0)
    return not keys_in()


def numbers(found):
    return [each.number for each in found.exchanges]


def paths(found):
    return [each.path for each in found.exchanges]


class TestContract:
    def test_which_storage_a_project_has(self, settings):
        assert history.storage() is history.memory
        assert isinstance(history.memory, Memory)

        settings.LIVE_PANEL_CACHE = "default"

        assert isinstance(history.storage(), SharedCache)

    def test_begins_empty(self, kept):
        assert kept.load("a") == History()
        assert kept.length("a") == 0
        assert is_empty(kept)

    def test_numbers_from_one_for_each_browser(self, kept):
        added = [kept.add(browser, OWNER, exchange()).number for browser in "aabab"]

        assert added == [1, 2, 1, 3, 2]
        assert kept.length("a") == 3
        assert numbers(kept.load("a")) == [3, 2, 1]
        assert numbers(kept.load("b")) == [2, 1]

    def test_keeps_facts_as_they_are(self, kept):
        given = exchange("/x/", set_cookie=(SetCookie("a=1", "a", "1", "unknown"),))

        added = kept.add("a", OWNER, given)

        assert kept.load("a").exchanges == (added,)
        assert (added.path, added.set_cookie) == (given.path, given.set_cookie)

    def test_learns_cookies(self, kept):
        kept.add("a", OWNER, exchange(header="a=1; b=2"))

        assert {seen.name: seen.value for seen in kept.load("a").jar} == {"a": "1", "b": "2"}
        assert kept.load("b").jar == ()

    def test_at_most_twenty_are_kept(self, kept):
        for number in range(MAX_EXCHANGES + 15):
            kept.add("a", OWNER, exchange(f"/{number}/"))

        found = kept.load("a")
        assert MAX_EXCHANGES == 20
        assert found.length == 35
        assert numbers(found) == list(range(35, 15, -1))
        assert paths(found)[-1] == "/15/"

    def test_bytes_of_a_browser_are_bounded(self, kept):
        for _ in range(12):
            kept.add("a", OWNER, exchange(size=90_000))

        found = kept.load("a")
        assert found.length == 12
        assert numbers(found) == [12, 11, 10, 9]
        assert sum(each.size for each in found.exchanges) <= MAX_BYTES

    def test_the_newest_is_kept_however_large(self, kept):
        kept.add("a", OWNER, exchange())
        kept.add("a", OWNER, exchange(size=MAX_BYTES + 1))

        assert numbers(kept.load("a")) == [2]

    def test_delete_leaves_nothing(self, kept):
        for _ in range(MAX_EXCHANGES + 5):
            kept.add("a", OWNER, exchange())
        assert not is_empty(kept)

        kept.delete("a")

        assert is_empty(kept)
        assert kept.load("a") == History()
        assert kept.add("a", OWNER, exchange()).number == 1

    def test_delete_of_nothing(self, kept):
        kept.delete("a")

        assert is_empty(kept)

    def test_an_hour_of_silence_ends_it(self, kept, clock):
        kept.add("a", OWNER, exchange())
        clock(MAX_AGE - 60)
        kept.add("a", OWNER, exchange())
        clock(MAX_AGE - 60)
        assert kept.length("a") == kept.load("a").length == 2
        assert kept.load("a").jar

        clock(120)

        assert MAX_AGE == 3600
        assert kept.length("a") == 0
        assert kept.load("a") == History()
        assert kept.add("a", OWNER, exchange()).number == 1

    def test_forty_threads_lose_none(self, kept):
        barrier = Barrier(40, timeout=10)

        def add(number):
            barrier.wait()
            return [kept.add("a", OWNER, exchange(f"/{number}/")).number for _ in range(3)]

        with ThreadPoolExecutor(40) as pool:
            added = [each for batch in pool.map(add, range(40)) for each in batch]

        assert sorted(added) == list(range(1, 121))
        assert numbers(kept.load("a")) == list(range(120, 100, -1))


class TestMove:
    def test_takes_everything_along(self, kept):
        for number in range(3):
            kept.add("a", OWNER, exchange(f"/{number}/", header="c=1"))

        kept.move("a", "b", unchanged)

        assert kept.load("a") == History()
        assert kept.length("a") == 0
        found = kept.load("b")
        assert found.length == kept.length("b") == 3
        assert numbers(found) == [3, 2, 1]
        assert paths(found) == ["/2/", "/1/", "/0/"]
        assert [seen.name for seen in found.jar] == ["c"]
        assert kept.add("b", OWNER, exchange()).number == 4

    def test_of_nothing_makes_nothing(self, kept):
        kept.move("a", "b", unchanged)

        assert kept.load("b") == History()
        assert kept.add("b", OWNER, exchange()).number == 1

    def test_puts_each_fact_through_the_change(self, kept):
        kept.add("a", OWNER, exchange("/secret/", header="secret=1"))

        kept.move("a", "b", lambda fact: history.seal(fact, ["secret"], ()))

        assert "secret" not in repr(kept.load("b").exchanges)
        assert paths(kept.load("b")) == ["/secr… (hidden)/"]

    def test_merges_and_renumbers(self, kept):
        for number in range(2):
            kept.add("b", OWNER, exchange(f"/b{number}/"))
        for number in range(3):
            kept.add("a", OWNER, exchange(f"/a{number}/"))

        kept.move("a", "b", unchanged)

        found = kept.load("b")
        assert found.length == 5
        assert numbers(found) == [5, 4, 3, 2, 1]
        assert paths(found) == ["/a2/", "/a1/", "/a0/", "/b1/", "/b0/"]

    def test_merges_to_at_most_twenty(self, kept):
        for _ in range(15):
            kept.add("b", OWNER, exchange("/b/"))
        for _ in range(25):
            kept.add("a", OWNER, exchange("/a/"))

        kept.move("a", "b", unchanged)

        found = kept.load("b")
        assert found.length == 40
        assert numbers(found) == list(range(40, 20, -1))
        assert set(paths(found)) == {"/a/"}

    def test_what_is_merged_is_bounded_and_can_be_deleted(self, kept):
        for browser, count in (("b", 15), ("a", 10)):
            for _ in range(count):
                kept.add(browser, OWNER, exchange())
        kept.move("a", "b", unchanged)
        kept.add("b", OWNER, exchange())
        assert len(kept.load("b").exchanges) == 20

        kept.delete("a")
        kept.delete("b")

        assert is_empty(kept)

    def test_bytes_are_bounded_after_a_merge_too(self, kept):
        for browser in "ab":
            for _ in range(3):
                kept.add(browser, OWNER, exchange(size=90_000))

        kept.move("a", "b", unchanged)
        kept.add("b", OWNER, exchange())

        assert sum(each.size for each in kept.load("b").exchanges) <= MAX_BYTES

    def test_what_was_under_way_follows(self, kept):
        kept.add("a", OWNER, exchange("/first/"))
        under_way = exchange("/slow/")

        kept.move("a", "b", unchanged)

        assert kept.add("a", OWNER, under_way).number == 2
        assert paths(kept.load("b")) == ["/slow/", "/first/"]
        assert kept.load("a") == History()

    def test_what_begins_afterward_does_not_follow(self, kept):
        """Somebody else may send the old cookies: a copied token leads nobody to a new session."""
        kept.add("a", OWNER, exchange("/first/"))
        kept.move("a", "b", unchanged)

        added = kept.add("a", OWNER, exchange("/later/"))

        assert added.number == 1
        assert paths(kept.load("a")) == ["/later/"]
        assert paths(kept.load("b")) == ["/first/"]

    def test_follows_even_where_there_was_no_history(self, kept):
        under_way = exchange("/slow/")
        kept.move("a", "b", unchanged)

        kept.add("a", OWNER, under_way)

        assert paths(kept.load("b")) == ["/slow/"]

    def test_follows_two_moves(self, kept):
        """The token and the key may change in two requests, while a third is under way."""
        kept.add("a", OWNER, exchange("/first/"))
        under_way = exchange("/slow/")
        kept.move("a", "b", unchanged)
        kept.move("b", "c", unchanged)

        kept.add("a", OWNER, under_way)

        assert paths(kept.load("c")) == ["/slow/", "/first/"]

    def test_there_and_back_again(self, kept):
        kept.add("a", OWNER, exchange("/first/"))
        kept.move("a", "b", unchanged)
        kept.move("b", "a", unchanged)

        kept.add("a", OWNER, exchange("/second/"))

        assert paths(kept.load("a")) == ["/second/", "/first/"]
        assert kept.load("b") == History()

    def test_no_trace_of_a_move_is_left_after_a_while(self, kept, clock):
        for number in range(200):
            kept.move(f"a{number}", "b", unchanged)

        clock(2 * MAX_AGE)
        kept.move("x", "y", unchanged)
        kept.add("y", OWNER, exchange())

        assert MAX_AGE > FOLLOW
        if isinstance(kept, Memory):
            assert len(kept.moved) < 100
        else:
            assert all(kept.load(f"a{number}") == History() for number in range(200))
            assert kept.cache.get(f"{kept.prefix}a1:moved") is None

    def test_delete_of_the_new_leaves_no_way_to_it(self, kept):
        kept.add("a", OWNER, exchange())
        kept.move("a", "b", unchanged)

        kept.delete("b")

        if isinstance(kept, Memory):
            assert is_empty(kept)
        assert kept.load("a") == kept.load("b") == History()


class TestSessionKeys:
    """The keys of rows that lie beside a history."""

    def test_begin_empty(self, kept):
        assert kept.session_keys("a") == ()

    def test_are_kept_for_each_browser_the_oldest_first(self, kept):
        old, new, others = session_key("old"), session_key("new", 1), session_key("others")
        kept.add("a", OWNER, exchange(), keys=(new,))
        kept.add("b", OWNER, exchange(), keys=(others,))
        kept.add("a", OWNER, exchange(), keys=(old,))
        kept.add("a", OWNER, exchange())

        assert kept.session_keys("a") == (old, new)
        assert kept.session_keys("b") == (others,)

    def test_are_in_no_history(self, kept):
        kept.add("a", OWNER, exchange(), keys=(session_key("a-key-of-a-row"),))

        assert names_of(kept.session_keys("a")) == ["a-key-of-a-row"]
        assert b"a-key-of-a-row" not in pickle.dumps(kept.load("a"))

    def test_are_not_printed(self):
        assert "a-key-of-a-row" not in repr(session_key("a-key-of-a-row"))

    def test_that_come_again_keep_what_is_known_of_them(self, kept):
        made = session_key("k", since=5, seen=0, made_by="POST /write/")
        had, again = session_key("k", since=1), session_key("k", since=100, seen=90)
        for each in (had, made, again):
            kept.add("a", OWNER, exchange(), keys=(each,))

        (found,) = kept.session_keys("a")

        assert (found.made_by, found.since) == ("POST /write/", made.since)
        assert found.seen == again.seen

    def test_the_newest_twenty_are_kept(self, kept):
        for number in range(MAX_KEYS + 5):
            kept.add("a", OWNER, exchange(), keys=(session_key(f"k{number}", number),))

        assert MAX_KEYS == 20
        assert names_of(kept.session_keys("a")) == [f"k{number}" for number in range(5, 25)]

    def test_an_hour_after_they_were_seen_they_are_forgotten(self, kept, clock):
        """The history itself goes on for as long as requests come."""
        kept.add("a", OWNER, exchange(), keys=(session_key("left"), session_key("used")))
        for _ in range(2):
            clock(MAX_AGE // 2 - 60)
            kept.add("a", OWNER, exchange(), keys=(session_key("used"),))
        assert sorted(names_of(kept.session_keys("a"))) == ["left", "used"]

        clock(121)

        assert names_of(kept.session_keys("a")) == ["used"]
        kept.add("a", OWNER, exchange(), keys=(session_key("used"),))
        if isinstance(kept, Memory):
            assert names_of(kept.shelves["a"].keys) == ["used"]
        else:
            assert names_of(kept.cache.get(f"{kept.prefix}a:session_keys")) == ["used"]

    def test_move_takes_them_along_as_they_are(self, kept):
        key = session_key("a-secret-key", made_by="POST /secret/")
        kept.add("a", OWNER, exchange(), keys=(key,))

        kept.move("a", "b", lambda fact: history.seal(fact, ["a-secret-key", "secret"], ()))

        assert kept.session_keys("a") == ()
        assert kept.session_keys("b") == (key,)

    def test_move_merges(self, kept):
        for number in range(15):
            kept.add("a", OWNER, exchange(), keys=(session_key(f"a{number}", 2 * number),))
            kept.add("b", OWNER, exchange(), keys=(session_key(f"b{number}", 2 * number + 1),))

        kept.move("a", "b", unchanged)

        merged = [f"{browser}{number}" for number in range(15) for browser in "ab"]
        assert names_of(kept.session_keys("b")) == merged[10:]

    def test_what_was_under_way_follows(self, kept):
        kept.add("a", OWNER, exchange())
        under_way = exchange()
        kept.move("a", "b", unchanged)

        kept.add("a", OWNER, under_way, keys=(session_key("k"),))

        assert kept.session_keys("a") == ()
        assert names_of(kept.session_keys("b")) == ["k"]

    def test_what_is_not_added_brings_none(self, kept):
        kept.add("a", OWNER, exchange())
        under_way = exchange()
        kept.move("a", "b", unchanged, seals=True)

        assert kept.add("a", OWNER, under_way, keys=(session_key("k"),)) is None

        assert kept.session_keys("a") == kept.session_keys("b") == ()

    def test_delete_leaves_none(self, kept):
        kept.add("a", OWNER, exchange(), keys=(session_key("k"),))
        assert not is_empty(kept)

        kept.delete("a")

        assert is_empty(kept)
        assert kept.session_keys("a") == ()

    def test_a_key_that_is_known_is_not_written_again(self, shared, monkeypatch):
        key = session_key("k")
        shared.add("a", OWNER, exchange(), keys=(key,))
        written, set_in_cache = [], LocMemCache.set

        def note(self, name, *args, **kwargs):
            written.append(name)
            return set_in_cache(self, name, *args, **kwargs)

        monkeypatch.setattr(LocMemCache, "set", note)
        shared.add("a", OWNER, exchange(), keys=(key,))
        assert written
        assert f"{shared.prefix}a:session_keys" not in written

        shared.add("a", OWNER, exchange(), keys=(session_key("other"),))

        assert f"{shared.prefix}a:session_keys" in written


class Interrupted(LocMemCache):
    """A local-memory cache in which another process does something in the middle of a move."""

    def get_many(self, *args, **kwargs):
        found = super().get_many(*args, **kwargs)
        interrupt("get_many")
        return found

    def incr(self, key, delta=1, version=None):
        value = super().incr(key, delta, version)
        if delta > 1:
            interrupt("incr")
        return value


interruptions = {}


def interrupt(where):
    call = interruptions.pop(where, None)
    if call:
        call()


class TestOtherProcesses:
    """Another process does something between two calls to the cache."""

    @pytest.fixture
    def kept(self, settings):
        yield use_cache(settings, f"{__name__}.Interrupted")
        interruptions.clear()

    def test_one_that_adds_to_the_new_id_loses_nothing(self, kept):
        kept.add("a", OWNER, exchange("/a1/"))
        kept.add("a", OWNER, exchange("/a2/"))
        interruptions["incr"] = lambda: kept.add("b", OWNER, exchange("/b/"))

        kept.move("a", "b", unchanged)

        assert not interruptions
        assert numbers(kept.load("b")) == [3, 2, 1]
        assert sorted(paths(kept.load("b"))) == ["/a1/", "/a2/", "/b/"]

    def test_one_that_adds_to_the_old_id_loses_nothing(self, kept):
        kept.add("a", OWNER, exchange("/a/"))
        under_way = exchange("/slow/")
        interruptions["get_many"] = lambda: kept.add("a", OWNER, under_way)

        kept.move("a", "b", unchanged)

        assert not interruptions
        assert sorted(paths(kept.load("b"))) == ["/a/", "/slow/"]


class TestSharedCache:
    def test_has_at_most_23_keys_for_a_browser(self, shared):
        for number in range(60):
            shared.add("a", OWNER, exchange(), keys=(session_key(f"k{number}"),))

        assert len(keys_in()) == 23
        assert f"{shared.prefix}a:40" not in keys_in()
        assert {f"{shared.prefix}a:{number}" for number in range(41, 61)} < set(keys_in())

    def test_and_one_more_for_an_id_that_it_had(self, shared):
        for _ in range(30):
            shared.add("a", OWNER, exchange())
        shared.move("a", "b", unchanged)
        for _ in range(30):
            shared.add("b", OWNER, exchange())

        assert len(keys_in()) == 23

    def test_every_key_names_the_panel_and_ends_within_an_hour(self, shared, clock):
        shared.add("a", OWNER, exchange(), keys=(session_key("k"),))
        shared.move("a", "b", unchanged)
        shared.add("b", OWNER, exchange(), keys=(session_key("l"),))
        names = keys_in()
        assert f"{shared.prefix}b:session_keys" in names
        assert all(name.startswith("live_panel:2:") for name in names)

        clock(MAX_AGE + 1)

        assert all(caches["panel"].get(name) is None for name in names)

    def test_a_cache_that_dropped_the_counter(self, shared, monkeypatch):
        def incr(self, key, delta=1, version=None):
            raise ValueError

        monkeypatch.setattr(LocMemCache, "incr", incr)

        assert shared.add("a", OWNER, exchange("/x/")).path == "/x/"

    def test_two_processes_see_one_history(self, shared):
        SharedCache("panel").add("a", OWNER, exchange())

        assert SharedCache("panel").add("a", OWNER, exchange()).number == 2
        assert shared.length("a") == 2


def pickled(kept):
    """Return about how many bytes `kept` takes."""
    return sum(len(pickle.dumps(shelf)) for shelf in kept.shelves.values())


class TestMemory:
    def test_is_bounded_in_all(self):
        kept = Memory(limit=200_000)
        for number in range(1000):
            kept.add(f"b{number}", f"10.0.0.{number % 50}", exchange())

        assert 100_000 < kept.size <= 200_000
        assert kept.size == sum(shelf.size for shelf in kept.shelves.values())
        assert kept.length("b999") == 1
        assert kept.length("b0") == 0

    def test_counts_cookies_too(self):
        """A short header with many cookies makes a large jar."""
        kept = Memory(limit=400_000)
        header = "; ".join(f"c{number}=" for number in range(180))
        for number in range(300):
            kept.add(f"b{number}", OWNER, exchange(header=header))

        assert pickled(kept) < 3 * kept.limit

    def test_size_is_that_of_what_is_there(self):
        kept = Memory()
        for number in range(40):
            kept.add("a", OWNER, exchange(size=number * 1000))
            kept.add("b", OWNER, exchange(size=number * 100))
            made = session_key(f"k{number}", number, made_by="x" * number)
            kept.add("ab"[number % 2], OWNER, exchange(), keys=(made,))
        kept.move("a", "b", unchanged)
        kept.move("b", "c", lambda fact: history.seal(fact, ["x" * 50], ()))

        (shelf,) = kept.shelves.values()
        assert kept.size == shelf.size
        sizes = [each.size for each in shelf.exchanges]
        assert len(shelf.keys) == MAX_KEYS
        assert shelf.size == sum(sizes) + size_of(shelf.jar) + size_of_keys(shelf.keys)
        kept.delete("c")
        assert kept.size == 0

    def test_counts_keys_too(self):
        kept = Memory(limit=400_000)
        for number in range(300):
            keys = tuple(
                session_key(f"{number:016}{each:016}", made_by="GET /" + "x" * 2000)
                for each in range(MAX_KEYS)
            )
            kept.add(f"b{number}", OWNER, exchange(), keys=keys)

        assert pickled(kept) < 3 * kept.limit

    @pytest.mark.parametrize("address", ["198.51.100.7", OWNER], ids=["another", "the same"])
    def test_one_off_browsers_push_out_no_established_one(self, address):
        """5,200 requests, each with a token of its own, all from one address."""
        kept = Memory(limit=1_000_000)
        for _ in range(3):
            kept.add("established", address, exchange())
        for number in range(5200):
            kept.add(f"one-off {number}", OWNER, exchange())

        assert kept.length("established") == 3
        assert len(kept.load("established").exchanges) == 3
        assert kept.size <= 1_000_000
        assert len(kept.shelves) < 1000

    def test_even_one_exchange_of_another_address_stays(self):
        kept = Memory(limit=300_000)
        kept.add("new", "198.51.100.7", exchange())
        for number in range(1000):
            kept.add(f"one-off {number}", OWNER, exchange())

        assert kept.length("new") == 1

    def test_huge_exchanges_push_out_only_their_own(self):
        kept = Memory(limit=2_000_000)
        for number in range(20):
            kept.add(f"small {number}", OWNER if number % 2 else "198.51.100.7", exchange())
        for _ in range(100):
            kept.add("huge", OWNER, exchange(size=90_000))

        assert [kept.length(f"small {number}") for number in range(20)] == [1] * 20
        assert kept.length("huge") == 100
        assert numbers(kept.load("huge")) == [100, 99, 98, 97]
        assert kept.size < MAX_BYTES + 20 * 2000

    def test_the_silent_go_before_the_busy(self):
        kept = Memory(limit=100_000)
        for name in ("silent", "busy"):
            for _ in range(2):
                kept.add(name, OWNER, exchange())
        for number in range(200):
            for _ in range(2):
                kept.add(f"b{number}", OWNER, exchange())
            kept.add("busy", OWNER, exchange())

        assert kept.length("silent") == 0
        assert kept.length("busy") == 202

    def test_what_is_over_an_hour_old_goes_first(self, clock):
        kept = Memory(limit=150_000)
        for number in range(50):
            kept.add(f"old {number}", "198.51.100.7", exchange())
        clock(MAX_AGE + 1)
        for number in range(50):
            kept.add(f"new {number}", OWNER, exchange())

        assert sum(kept.length(f"new {number}") for number in range(50)) == 50
        assert not any(name.startswith("old") for name in kept.shelves)

    def test_threads_lose_none_while_it_moves(self):
        """A cache cannot promise as much without a lock."""
        kept, barrier, began = Memory(), Barrier(21, timeout=10), time.time()

        def add(number):
            barrier.wait()
            kept.add("a", OWNER, exchange(f"/{number}/", when=began))

        def move():
            barrier.wait()
            kept.move("a", "b", unchanged)

        with ThreadPoolExecutor(21) as pool:
            futures = [pool.submit(add, number) for number in range(20)]
            for future in [*futures, pool.submit(move)]:
                future.result()

        assert kept.length("a") == 0
        assert numbers(kept.load("b")) == list(range(20, 0, -1))

    def test_clear(self):
        kept = Memory()
        kept.add("a", OWNER, exchange())
        kept.move("a", "b", unchanged)

        kept.clear()

        assert is_empty(kept)


@pytest.mark.django_db
class TestTheHostsCache:
    """Django's own default: local memory, 300 entries, the session engine's beside the host's."""

    @pytest.fixture(autouse=True)
    def _project(self, settings):
        settings.ROOT_URLCONF = stub_views.URLCONF
        settings.MIDDLEWARE = stub_views.MIDDLEWARE
        settings.LIVE_PANEL_SESSION_COOKIES = {}
        settings.CACHES = {"default": {"BACKEND": LOCAL_MEMORY, "LOCATION": "an ordinary host"}}
        caches["default"].clear()

    def test_keeps_its_own_entries(self):
        entries = {f"entry-{number}" for number in range(100)}
        for entry in entries:
            caches["default"].set(entry, 1)

        for number in range(250):
            client = Client()
            client.cookies["csrftoken"] = f"{number:032d}"
            for _ in range(4):
                client.get("/api/")

        assert set(keys_in("default")) == entries
        assert sum(shelf.length for shelf in history.memory.shelves.values()) == 1000

    def test_gets_few_keys_of_a_browser_if_the_panel_may_use_it(self, settings):
        settings.LIVE_PANEL_CACHE = "default"
        client = Client()
        client.get("/page/")
        client.post("/write/", {"note": "x"})
        for _ in range(60):
            client.get("/api/")

        names = keys_in("default")
        assert history.memory.shelves == {}
        assert all(name.startswith("live_panel:2:") for name in names)
        # An id that was given up leads to the new one for a minute.
        moved = [name for name in names if name.endswith(":moved")]
        assert len(moved) == 1
        assert len(names) - len(moved) == 23
