"""The recent exchanges of one browser.

Showing a POST, its redirect and the page it led to needs a memory that outlives a request. It
can be neither the session nor a cookie of the panel's own, since those are what is watched. So a
browser is known by both cookies of Django's that it holds, `csrftoken` and the session key: its
history lies under a keyed hash of the two. A `csrftoken` alone is not enough. It stands in forms,
and a server on another port of the same host can plant one.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from live_panel import conf, stores
from live_panel.exchange import Exchange, session_key_in, session_key_out
from live_panel.jar import Seen
from live_panel.storage import MAX_EXCHANGES, History, Memory, SharedCache

__all__ = ["MAX_EXCHANGES", "add", "browser_of", "delete", "find", "forget", "length", "load"]

memory = Memory()

# What Django accepts as a CSRF cookie: a secret, or a masked token of older versions.
CSRF_TOKEN = re.compile("[a-zA-Z0-9]{32}(?:[a-zA-Z0-9]{32})?")
SHOWN = 4  # characters of a key that are left when it is hidden


@cache
def shared(alias: str) -> SharedCache:
    """Return the storage in the cache `alias`."""
    return SharedCache(alias)


def storage() -> Memory | SharedCache:
    """Return where this project keeps its histories."""
    alias = conf.cache_alias()
    return shared(alias) if alias else memory


def browser_of(request: HttpRequest, response: HttpResponseBase | None = None) -> str | None:
    """Return the id of the browser that sent `request`, or None if nothing identifies it.

    With `response`, the cookies in it win: they are what the browser will send from now on.
    """
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    key = session_key_in(request)
    if response is not None:
        if settings.CSRF_COOKIE_NAME in response.cookies:
            token = response.cookies[settings.CSRF_COOKIE_NAME].value
        key = session_key_out(key, response)
    return browser_id(token, key, address_of(request))


def browser_id(token: str, key: str | None, address: str) -> str | None:
    """Return the id of the browser that has this `csrftoken` and session key; or None.

    Without a session the address counts too, because a token can be known to somebody else.
    """
    if not CSRF_TOKEN.fullmatch(token):
        token = ""
    if not token and not key:
        return None
    facts = repr((token, key) if key else (token, None, address))
    return keyed_hash(facts)


def keyed_hash(text: str) -> str:
    """Return `text` as a hash that says nothing about it to whoever reads the cache."""
    digest = salted_hmac("live_panel.history", text.encode(errors="replace"), algorithm="sha256")
    return digest.hexdigest()


def address_of(request: HttpRequest) -> str:
    """Return the address that `request` came from, or ""."""
    return request.META.get("REMOTE_ADDR") or ""


def browser_before(request: HttpRequest, cookies: Mapping[str, str]) -> str | None:
    """Return the id of the browser that sent `request` with these cookies, or None."""
    token = cookies.get(settings.CSRF_COOKIE_NAME, "")
    return browser_id(token, cookies.get(settings.SESSION_COOKIE_NAME), address_of(request))


def jar_of(browser: str | None) -> tuple[Seen, ...]:
    """Return the jar of `browser`, an empty one if it is None."""
    return storage().jar(browser) if browser else ()


def add(
    request: HttpRequest,
    response: HttpResponseBase,
    exchange: Exchange,
    cookies: Mapping[str, str],
    before: str | None,
) -> tuple[Exchange, str | None]:
    """Remember `exchange` for its browser. Return it with its number, and the id of the browser.

    `cookies` are those that the request came with, and `before` the id that they gave its browser.
    When the response changes one of the two that make the id, the history moves along. The id is
    None if nothing identifies the browser.
    """
    address = address_of(request)
    token = cookies.get(settings.CSRF_COOKIE_NAME, "")
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    token_out = token
    if settings.CSRF_COOKIE_NAME in response.cookies:
        token_out = response.cookies[settings.CSRF_COOKIE_NAME].value
    key_out = session_key_out(key, response)
    is_same = (token_out, key_out) == (token, key)
    after = before if is_same else browser_id(token_out, key_out, address)
    kept = storage()
    if before and after != before:
        # Without a session, what a history shows must open nothing any more.
        change = seal_for(kept.load(before), exchange) if key and not key_out else unchanged
        if after:
            kept.move(before, after, change)
        else:
            kept.delete(before)
        exchange = change(exchange)
    return (kept.add(after, address, exchange), after) if after else (exchange, None)


def unchanged(fact):
    """Return `fact`."""
    return fact


def seal_for(history, exchange):
    """Return a function that hides the keys which still open something from what is moved."""
    keys = {
        key
        for each in (*history.exchanges, exchange)
        for key in (each.key_in, each.key_out)
        if key and len(key) > SHOWN
    }
    try:
        open_keys = {key for key, stored in stores.read(keys).items() if not stored.expired}
    except Exception:
        open_keys = keys  # Whoever cannot look had better hide.
    return lambda fact: seal(fact, open_keys)


def seal(fact, keys):
    """Return `fact`, part of a history, with each of `keys` in its texts cut short."""
    if not keys:
        return fact
    if isinstance(fact, str):
        for key in keys:
            fact = fact.replace(key, f"{key[:SHOWN]}…")
        return fact
    if isinstance(fact, tuple) and not hasattr(fact, "_fields"):
        return tuple(seal(each, keys) for each in fact)
    if hasattr(fact, "__dataclass_fields__"):
        sealed = {
            name: seal(value, keys)
            for name in fact.__dataclass_fields__
            if isinstance(value := getattr(fact, name), (str, tuple))
            or hasattr(value, "__dataclass_fields__")
        }
        return replace(fact, **sealed)
    return fact


def load(browser: str | None) -> History:
    """Return the `History` of `browser`, an empty one if it is None."""
    return storage().load(browser or "")


def find(browser: str | None, number: int) -> tuple[Exchange | None, tuple[Exchange, ...]]:
    """Return the exchange of `browser` with this number, and those that came after it in time.

    If there is none, return None and nothing.
    """
    exchanges = load(browser).exchanges
    for place, exchange in enumerate(exchanges):
        if exchange.number == number:
            return exchange, exchanges[:place][::-1]
    return None, ()


def length(browser: str | None) -> int:
    """Return how many exchanges `browser` has had, 0 if it is None. It grows with every one."""
    return storage().length(browser or "")


def forget(request: HttpRequest) -> None:
    """Delete the history of the browser that sent `request`."""
    browser = browser_of(request)
    if browser is not None:
        delete(browser)


def delete(browser: str) -> None:
    """Delete the history of `browser`."""
    storage().delete(browser)
