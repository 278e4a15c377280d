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
from live_panel.pieces import HIDDEN
from live_panel.storage import (
    MAX_EXCHANGES,
    MAX_KEYS,
    History,
    Memory,
    SessionKey,
    SharedCache,
    merge,
)

__all__ = [
    "MAX_EXCHANGES",
    "MAX_KEYS",
    "SessionKey",
    "add",
    "browser_of",
    "delete",
    "find",
    "forget",
    "length",
    "load",
    "session_keys",
]

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


def browsers_of(request: HttpRequest) -> set[str]:
    """Return the ids under which histories of the browser that sent `request` may lie.

    A session key that somebody puts back by hand begins a new history. The one before lies where
    a browser without a session finds it, so whoever sent this could have asked for it, too.
    """
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    ids = browser_of(request), browser_id(token, None, address_of(request))
    return {browser for browser in ids if browser}


def browser_id(token: str, key: str | None, address: str) -> str | None:
    """Return the id of the browser that has this `csrftoken` and session key; or None.

    The address counts too: whoever can plant one cookie can plant two, and a browser without a
    session has no secret at all.
    """
    if not CSRF_TOKEN.fullmatch(token):
        token = ""
    if not token and not key:
        return None
    return keyed_hash(repr((token, key or None, address)))


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
    kept, keys = storage(), keys_in(exchange)
    # Without a session, what a history shows must open nothing any more.
    change = unchanged
    if not key_out:
        change = seal_for((*kept.load(before).exchanges, exchange) if key else (exchange,))
    if before and after != before:
        if after:
            kept.move(before, after, change, not key_out)
        else:
            kept.delete(before)
    exchange = change(exchange)
    if after is None:
        return exchange, None
    added = kept.add(after, address, exchange, is_sealed=not key_out, keys=keys)
    if added is None:
        # Its browser has lost its session while this request was under way.
        exchange = seal_for([exchange])(exchange)
        added = kept.add(after, address, exchange, is_sealed=True, keys=keys)
    return added or exchange, after


def keys_in(exchange):
    """Return a `SessionKey` for each row that the browser could open before or after `exchange`.

    A key that opens no row is anybody's text, and tells nothing.
    """
    seen = exchange.time // 60 * 60
    made_by = f"{exchange.method} {exchange.path}" if exchange.key_out != exchange.key_in else ""
    found = (exchange.before, exchange.time, ""), (exchange.after, exchange.ended, made_by)
    return tuple(
        SessionKey(stored.key, since, seen, made_by)
        for stored, since, made_by in found
        if stored and stored.kind == "row"
    )


def unchanged(fact):
    """Return `fact`."""
    return fact


def seal_for(exchanges):
    """Return a function that hides in a fact whatever of these exchanges still opens something.

    That is a session key with an entry in the store, a cookie that is a session itself, and the
    keys of other sessions. A fact is an `Exchange`, or a cookie of a jar.
    """
    keys = {key for each in exchanges for key in (each.key_in, each.key_out) if key}
    names = set()
    for each in exchanges:
        if any(found and found.kind == "cookie" for found in (each.before, each.after, each.left)):
            names.add(settings.SESSION_COOKIE_NAME)
        names.update(other.cookie for other in each.others)
    try:
        open_keys = {key for key, stored in stores.read(keys).items() if not stored.expired}
    except Exception:
        open_keys = keys  # Whoever cannot look had better hide.
    if not (open_keys or names):
        return unchanged
    # A long one first: another may be its beginning.
    secrets = sorted(open_keys, key=len, reverse=True)
    return lambda fact: seal(fact, secrets, names)


def seal(fact, secrets, names):
    """Return a fact with each of `secrets` cut short, and the values of the cookies in `names`."""
    if isinstance(fact, Exchange):
        return replace(
            fact,
            cookie_header=fact.cookie_header and seal_text(fact.cookie_header, secrets, names),
            url=seal_text(fact.url, secrets),
            path=seal_text(fact.path, secrets),
            location=seal_text(fact.location, secrets),
            query=seal_text(fact.query, secrets),
            key_in=seal_key(fact.key_in, secrets, names),
            key_out=seal_key(fact.key_out, secrets, names),
            before=seal_stored(fact.before, secrets),
            after=seal_stored(fact.after, secrets),
            left=seal_stored(fact.left, secrets),
            set_cookie=tuple(
                replace(
                    line,
                    line=seal_text(line.line, secrets, names),
                    value=short(line.value)
                    if line.name in names
                    else seal_text(line.value, secrets),
                )
                for line in fact.set_cookie
            ),
            others=tuple(
                replace(
                    other,
                    before=seal_stored(other.before, secrets, always=True),
                    after=seal_stored(other.after, secrets, always=True),
                )
                for other in fact.others
            ),
        )
    if fact.name in names:
        return replace(fact, value=short(fact.value))
    return replace(fact, value=seal_text(fact.value, secrets))


def short(secret):
    """Return the beginning of a secret."""
    return f"{secret[:SHOWN]}{HIDDEN}" if len(secret) > SHOWN else secret


def seal_key(key, secrets, names):
    """Return a session key or None, cut short if it opens something."""
    if key and (key in secrets or settings.SESSION_COOKIE_NAME in names):
        return short(key)
    return key


def seal_text(text, secrets, names=()):
    """Return text with secrets cut short, and with the values of the cookies in `names`."""
    for secret in secrets:
        text = text.replace(secret, short(secret))
    for name in names:
        pattern = rf"(?:(?<=^)|(?<=; )|(?<=;)){re.escape(name)}=([^;]{{{SHOWN}}})[^;]+"
        text = re.sub(pattern, rf"{name}=\1{HIDDEN}", text)
    return text


def seal_stored(stored, secrets, always=False):
    """Return a `Stored` whose key is cut short, and its data too if that is a cookie."""
    if stored is None:
        return None
    if stored.kind == "cookie":
        hidden = short(stored.data or "")
        return replace(stored, key=short(stored.key), data=hidden, unverified="")
    if always or stored.key in secrets:
        return replace(stored, key=short(stored.key), copy=seal_text(stored.copy, [stored.key]))
    return stored


def load(browser: str | None) -> History:
    """Return the `History` of `browser`, an empty one if it is None."""
    return storage().load(browser or "")


def session_keys(request: HttpRequest) -> tuple[SessionKey, ...]:
    """Return the keys of the rows that the browser of `request` has had in the last hour.

    They are at most 20, the newest first, and what is in the table under one of them may be
    expired or deleted. `request` itself is not among what they are known by.

    For Python code of the project. Each opens a session, so show no more than its beginning, and
    of what is in its row no value: whoever has planted `csrftoken` in a browser without a session,
    and comes from the same address, gets the same keys. Only the key in the cookie of `request`
    is known to be the browser's own. Raises what the cache raises that keeps them.
    """
    known = ()
    for browser in browsers_of(request):
        known = merge(known, storage().session_keys(browser))
    return known[::-1]


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
    for browser in browsers_of(request):
        delete(browser)


def delete(browser: str) -> None:
    """Delete the history of `browser`."""
    storage().delete(browser)
