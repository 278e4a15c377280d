"""Where the histories lie: in the memory of this process, or in a cache that processes share.

Both answer the same calls. A history is an `History`; exchanges never change once they are in it.
Beside it lie the keys of the rows that its browser has had. No history shows them.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from django.core.cache import BaseCache, caches

from live_panel import jar
from live_panel.jar import Seen

if TYPE_CHECKING:
    from live_panel.exchange import Exchange

logger = logging.getLogger(__name__)

MAX_EXCHANGES = 20
MAX_KEYS = 20
MAX_AGE = 60 * 60  # seconds since the last exchange, or since a key was last seen
MAX_BYTES = 400_000  # of one browser
MAX_BYTES_IN_ALL = 64_000_000  # in the memory of a process
# How long a request that began before its browser's id changed may still find the new one.
FOLLOW = 60  # seconds
MAX_MOVES = 5


@dataclass(frozen=True)
class History:
    """What is known of one browser.

    `length` is how many exchanges it has had, `exchanges` are the last of them, newest first, and
    `jar` the cookies that it was seen to get.
    """

    length: int = 0
    exchanges: tuple["Exchange", ...] = ()
    jar: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class SessionKey:
    """The key of a row in the session table that a browser was seen to have.

    Whoever has `key` can open the row as long as it is there, so its repr is without it. `since`
    is when the browser was first seen with it, `seen` the minute in which it last was, both in
    seconds since the epoch. `made_by` is the method and path of the request whose answer brought
    it, or "" if the browser had it before.
    """

    key: str = field(repr=False)
    since: float
    seen: float
    made_by: str = ""


def merge(known: tuple[SessionKey, ...], found: tuple[SessionKey, ...]) -> tuple[SessionKey, ...]:
    """Return the keys of both, the oldest first: each once, at most 20, seen in the last hour.

    Of a key that is in both, what is known of how it was made is kept.
    """
    keys = {}
    for each in (*known, *found):
        other = keys.get(each.key, each)
        first = min(other, each, key=lambda one: (not one.made_by, one.since))
        keys[each.key] = replace(first, seen=max(other.seen, each.seen))
    too_old = time.time() - MAX_AGE
    young = [each for each in keys.values() if each.seen > too_old]
    return tuple(sorted(young, key=lambda each: each.since)[-MAX_KEYS:])


def learn(cookies: tuple[Seen, ...], exchange: "Exchange") -> tuple[Seen, ...]:
    """Return the jar `cookies` after `exchange`, or as it is if the rules fail on it."""
    try:
        return jar.learn(
            cookies,
            exchange.url,
            exchange.cookie_header,
            exchange.set_cookie,
            exchange.time,
            exchange.cross_site,
            exchange.ended,
        )
    except Exception:
        logger.exception("The live panel could not learn from an exchange.")
        return cookies


@dataclass
class Shelf:
    """A history in memory, which belongs to one address."""

    owner: str
    length: int = 0
    exchanges: deque["Exchange"] = field(default_factory=deque)
    jar: tuple[Seen, ...] = ()
    keys: tuple[SessionKey, ...] = ()
    size: int = 0
    used: float = 0


class Memory:
    """Histories in the memory of this process, bounded in bytes.

    When there are too many, the address that takes the most room loses some: first browsers that
    came only once, then those that have been silent longest. So nobody can push out others.
    """

    def __init__(self, limit: int = MAX_BYTES_IN_ALL) -> None:
        self.limit = limit
        self.shelves = {}
        self.moved = {}
        self.size = 0
        self.lock = Lock()

    def add(
        self,
        browser: str,
        owner: str,
        exchange: "Exchange",
        is_sealed: bool = False,
        keys: tuple[SessionKey, ...] = (),
    ) -> "Exchange | None":
        """Append `exchange` to the history of `browser`, and `keys` to its keys.

        Return the exchange with its number. If the history has moved where only what is sealed may
        lie, add nothing and return None.
        """
        with self.lock:
            browser, must_be_sealed = follow(self.moved.get, browser, exchange.time)
            if must_be_sealed and not is_sealed:
                return None
            shelf = self._shelf(browser)
            if shelf is None:
                shelf = self.shelves[browser] = Shelf(owner)
            shelf.length += 1
            exchange = replace(exchange, number=shelf.length)
            shelf.exchanges.append(exchange)
            self._set_jar(shelf, learn(shelf.jar, exchange))
            self._set_keys(shelf, merge(shelf.keys, keys))
            shelf.used = time.time()
            self._resize(shelf, exchange.size)
            self._trim(shelf)
        return exchange

    def load(self, browser: str) -> History:
        """Return the `History` of `browser`, which is empty if there is none."""
        with self.lock:
            shelf = self._shelf(browser)
            if shelf is None:
                return History()
            return History(shelf.length, tuple(reversed(shelf.exchanges)), shelf.jar)

    def jar(self, browser: str) -> tuple[Seen, ...]:
        """Return the jar of `browser`."""
        with self.lock:
            shelf = self._shelf(browser)
            return shelf.jar if shelf else ()

    def session_keys(self, browser: str) -> tuple[SessionKey, ...]:
        """Return the keys that `browser` has had in the last hour, the oldest first."""
        with self.lock:
            shelf = self._shelf(browser)
            return merge(shelf.keys, ()) if shelf else ()

    def length(self, browser: str) -> int:
        """Return how many exchanges `browser` has had."""
        with self.lock:
            shelf = self._shelf(browser)
            return shelf.length if shelf else 0

    def move(self, old: str, new: str, change: Callable, seals: bool = False) -> None:
        """Give the history of `old` to `new`, each exchange and the jar through `change`.

        The keys go along as they are. `seals` says that no exchange may come after them that has
        not been sealed as well.
        """
        with self.lock:
            self.moved.pop(old, None)
            self.moved[old] = new, time.time(), seals
            shelf = self._shelf(old)
            if shelf is None:
                return
            self._drop(old)
            other = self._shelf(new)
            if other is None:
                other = self.shelves[new] = Shelf(shelf.owner)
            shift = other.length
            for exchange in shelf.exchanges:
                moved = change(replace(exchange, number=exchange.number + shift))
                other.exchanges.append(moved)
                self._resize(other, moved.size)
            other.length += shelf.length
            self._set_jar(other, tuple(map(change, shelf.jar)) or other.jar)
            self._set_keys(other, merge(other.keys, shelf.keys))
            other.used = shelf.used
            self._trim(other)

    def delete(self, browser: str) -> None:
        """Delete the history of `browser`, and every trace that leads to it."""
        with self.lock:
            self._drop(browser)
            self.moved = {
                old: target for old, target in self.moved.items() if browser not in (old, target[0])
            }

    def clear(self) -> None:
        """Delete every history."""
        with self.lock:
            self.shelves.clear()
            self.moved.clear()
            self.size = 0

    def _shelf(self, browser):
        shelf = self.shelves.get(browser)
        if shelf and shelf.used < time.time() - MAX_AGE:
            self._drop(browser)
            return None
        return shelf

    def _set_jar(self, shelf, cookies):
        self._resize(shelf, size_of(cookies) - size_of(shelf.jar))
        shelf.jar = cookies

    def _set_keys(self, shelf, keys):
        self._resize(shelf, size_of_keys(keys) - size_of_keys(shelf.keys))
        shelf.keys = keys

    def _trim(self, shelf):
        """Drop the oldest exchanges that are too many or too large, and the moves that are over."""
        while len(shelf.exchanges) > MAX_EXCHANGES or (
            shelf.size > MAX_BYTES and len(shelf.exchanges) > 1
        ):
            self._resize(shelf, -shelf.exchanges.popleft().size)
        if self.size > self.limit:
            self._make_room()
        # In order of time: a dictionary keeps the order in which things came.
        too_old = time.time() - FOLLOW
        while self.moved and next(iter(self.moved.values()))[1] < too_old:
            del self.moved[next(iter(self.moved))]

    def _resize(self, shelf, change):
        shelf.size += change
        self.size += change

    def _drop(self, browser):
        shelf = self.shelves.pop(browser, None)
        if shelf:
            self.size -= shelf.size

    def _make_room(self):
        """Drop what is over an hour old, and then a tenth of the largest owner at a time."""
        now = time.time()
        for browser in [each for each, shelf in self.shelves.items() if shelf.used < now - MAX_AGE]:
            self._drop(browser)
        while self.size > self.limit * 0.9 and len(self.shelves) > 1:
            sizes = {}
            for shelf in self.shelves.values():
                sizes[shelf.owner] = sizes.get(shelf.owner, 0) + shelf.size
            largest = max(sizes, key=sizes.get)
            own = [each for each, shelf in self.shelves.items() if shelf.owner == largest]
            own.sort(key=lambda each: (self.shelves[each].length > 1, self.shelves[each].used))
            for browser in own[: max(1, len(own) // 10)]:
                self._drop(browser)


def follow(target_of: Callable, browser: str, began: float) -> tuple[str, bool]:
    """Return the id that a history has now, for a request that began under the id `browser`.

    `target_of` returns the id to which a history was moved, when, and whether that sealed it; or
    None. The second value says whether any of the moves did.
    """
    sealed = False
    for _ in range(MAX_MOVES):
        new, when, seals = target_of(browser) or ("", 0, False)
        if began >= when:
            break
        browser, sealed = new, sealed or seals
    return browser, sealed


def size_of(cookies: tuple[Seen, ...]) -> int:
    """Return about how many bytes a jar takes in memory."""
    return sum(500 + len(cookie.name) + len(cookie.value) for cookie in cookies)


def size_of_keys(keys: tuple[SessionKey, ...]) -> int:
    """Return about how many bytes keys take in memory."""
    return sum(400 + len(each.made_by) for each in keys)


class SharedCache:
    """Histories in the cache `alias`, for several processes.

    One key for each exchange and an atomic counter for each browser: to read a list, change it and
    write it back would lose exchanges of parallel requests. The cache's own limits bound it in all.
    """

    # The version guards against what an older version of this app has left in the cache.
    prefix = "live_panel:2:"

    def __init__(self, alias: str) -> None:
        self.alias = alias

    @property
    def cache(self) -> BaseCache:
        return caches[self.alias]

    def add(
        self,
        browser: str,
        owner: str,
        exchange: "Exchange",
        is_sealed: bool = False,
        keys: tuple[SessionKey, ...] = (),
    ) -> "Exchange | None":
        """Append `exchange` to the history of `browser`, and `keys` to its keys.

        Return the exchange with its number. If the history has moved where only what is sealed may
        lie, add nothing and return None.
        """
        browser, must_be_sealed = follow(self._target_of, browser, exchange.time)
        if must_be_sealed and not is_sealed:
            return None
        counter = self.prefix + browser
        self.cache.add(counter, 0, MAX_AGE)
        try:
            number = self.cache.incr(counter)
        except ValueError:  # A full cache dropped the counter just now.
            return exchange
        exchange = replace(exchange, number=number)
        self.cache.touch(counter, MAX_AGE)
        self.cache.set(f"{counter}:{number}", exchange, MAX_AGE)
        # Parallel requests may each write a jar that lacks what the other learned. The next
        # `Cookie` header brings it back.
        cookies = self.cache.get(f"{counter}:jar", ())
        self.cache.set(f"{counter}:jar", learn(cookies, exchange), MAX_AGE)
        self.cache.delete(f"{counter}:{number - MAX_EXCHANGES}")
        self._add_session_keys(counter, keys)
        return exchange

    def load(self, browser: str) -> History:
        """Return the `History` of `browser`, which is empty if there is none."""
        counter = self.prefix + browser
        length = self.cache.get(counter, 0)
        keys = self._keys(counter, length)
        found = self.cache.get_many([*keys, f"{counter}:jar"])
        exchanges, room = [], MAX_BYTES
        for key in keys:
            if key in found:
                room -= found[key].size
                if room < 0 and exchanges:
                    break
                exchanges.append(found[key])
        return History(length, tuple(exchanges), found.get(f"{counter}:jar", ()))

    def jar(self, browser: str) -> tuple[Seen, ...]:
        """Return the jar of `browser`."""
        return self.cache.get(f"{self.prefix}{browser}:jar", ())

    def session_keys(self, browser: str) -> tuple[SessionKey, ...]:
        """Return the keys that `browser` has had in the last hour, the oldest first."""
        return merge(self.cache.get(f"{self.prefix}{browser}:session_keys", ()), ())

    def length(self, browser: str) -> int:
        """Return how many exchanges `browser` has had."""
        return self.cache.get(self.prefix + browser, 0)

    def move(self, old: str, new: str, change: Callable, seals: bool = False) -> None:
        """Give the history of `old` to `new`, each exchange and the jar through `change`.

        The keys go along as they are. `seals` says that no exchange may come after them that has
        not been sealed as well.
        """
        # First, so that what arrives meanwhile goes after it.
        self.cache.set(f"{self.prefix}{old}:moved", (new, time.time(), seals), FOLLOW)
        history, keys = self.load(old), self.session_keys(old)
        self._drop(old)
        if not history.length:
            return
        counter = self.prefix + new
        self.cache.add(counter, 0, MAX_AGE)
        shift = self.cache.incr(counter, history.length) - history.length
        for exchange in history.exchanges:
            moved = change(replace(exchange, number=exchange.number + shift))
            self.cache.set(f"{counter}:{moved.number}", moved, MAX_AGE)
        oldest = max(shift + history.length - MAX_EXCHANGES, 0)
        self.cache.delete_many(
            [f"{counter}:{n}" for n in range(oldest, oldest - MAX_EXCHANGES, -1)]
        )
        if history.jar:
            self.cache.set(f"{counter}:jar", tuple(map(change, history.jar)), MAX_AGE)
        self._add_session_keys(counter, keys)

    def delete(self, browser: str) -> None:
        """Delete the history of `browser`, and every trace that leads to it."""
        self._drop(browser)
        self.cache.delete(f"{self.prefix}{browser}:moved")

    def _drop(self, browser):
        counter = self.prefix + browser
        keys = self._keys(counter, self.cache.get(counter, 0))
        self.cache.delete_many([counter, f"{counter}:jar", f"{counter}:session_keys", *keys])

    def _add_session_keys(self, counter, keys):
        if not keys:
            return
        # Most requests bring nothing new, and then nothing is written. Of two keys that parallel
        # requests bring at once, one may be lost, until a request brings it again.
        known = self.cache.get(f"{counter}:session_keys", ())
        merged = merge(known, keys)
        if merged != known:
            self.cache.set(f"{counter}:session_keys", merged, MAX_AGE)

    def _target_of(self, browser):
        return self.cache.get(f"{self.prefix}{browser}:moved")

    def _keys(self, counter, length):
        oldest = max(length - MAX_EXCHANGES, 0)
        return [f"{counter}:{number}" for number in range(length, oldest, -1)]
