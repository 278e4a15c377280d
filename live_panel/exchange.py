"""What one request and its response did to cookies and the session, as plain facts.

`begin` looks before anything else has run, `finish` when everything has. What they return holds
no markup: an `Exchange` is kept as it is, and turned into markup when somebody looks at it.
"""

import inspect
import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import escape_uri_path

from live_panel import browser_rules, conf, headline, jar, stores, watching
from live_panel.stores import Stored, split_session_data

logger = logging.getLogger(__name__)

# Longer values are cut where they are recorded, so that a history stays small.
MAX_VALUE = 2000  # characters
MAX_HEADER = 40_000  # characters
MAX_LINES = 250  # `Set-Cookie` lines of a response
MAX_ITEMS = 16_000  # characters of decoded session data


@dataclass(frozen=True)
class SetCookie:
    """A `Set-Cookie` line as sent, and what a browser does with it: see `browser_rules.Verdict`.

    The outcome is "unknown" if the rules failed on the line.
    """

    line: str
    name: str
    value: str
    outcome: str
    rule: str = ""
    section: str = ""
    sentence: str = ""
    size: int = 0
    path: str = ""
    domain: str = ""
    host_only: bool = True
    lifetime: int | None = None
    secure: bool = False
    httponly: bool = False
    samesite: str = ""
    partitioned: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SessionFacts:
    """What `SessionMiddleware` looks at before it saves. Each is None if it did not run.

    `saves_always` is SESSION_SAVE_EVERY_REQUEST.
    """

    accessed: bool | None = None
    modified: bool | None = None
    empty: bool | None = None
    saves_always: bool = False


@dataclass(frozen=True)
class OtherSession:
    """The session of another engine, which a cookie of LIVE_PANEL_SESSION_COOKIES opens."""

    cookie: str
    before: Stored | None
    after: Stored | None


@dataclass(frozen=True)
class Exchange:
    """One request and its response. Every field fits into JSON.

    `number` is its place in the history of its browser, and 0 outside. `time` is when the request
    came and `ended` when its answer left, in seconds since the epoch. `url` is absolute and has no
    query. `destination` is the request's `Sec-Fetch-Dest`, what the browser wanted the answer for,
    or "" if it did not say. `cross_site` says how another site caused it, as
    `browser_rules.held_back` takes it, or "". `cookie_header` is the `Cookie` header as Django
    received it, or None if there was none.

    `key_in` is the session key that the request brought, `key_out` the one that the browser is
    left with; `before`, `after` and `left` are what the session store held before under the first,
    afterward under the second, and afterward still under the first if they differ. `changes` are
    pairs of "added", "changed" or "removed" and the key of an item, from `before` to what is there
    afterward; `unsaved` are those that the view made in memory and nobody saved.

    `csrf` is Django's reason for a refused CSRF check. `error` is the class of an
    exception that the server answered with a 500, or "an exception" with DEBUG off, and
    `error_in_save` says that it came while the session was saved. `blind` is what could not be
    seen. Each is empty where there is nothing to say.
    """

    number: int
    time: float
    ended: float
    method: str
    url: str
    path: str
    query: str
    destination: str
    cross_site: str
    view: str
    cookie_header: str | None
    key_in: str | None
    before: Stored | None
    status: int
    location: str
    set_cookie: tuple[SetCookie, ...]
    key_out: str | None
    after: Stored | None
    left: Stored | None
    changes: tuple[tuple[str, str], ...]
    unsaved: tuple[tuple[str, str], ...]
    session: SessionFacts
    others: tuple[OtherSession, ...]
    varies: bool
    csrf: str
    error: str
    error_in_save: bool
    blind: str

    @cached_property
    def kind(self) -> str:
        """What happened: the most significant of `headline.KINDS`, without what came later."""
        return headline.kind_alone(self)

    @cached_property
    def session_line(self) -> SetCookie | None:
        """The `SetCookie` of Django's own session cookie, or None."""
        name = settings.SESSION_COOKIE_NAME
        return next((line for line in self.set_cookie if line.name == name), None)

    @property
    def is_saved(self) -> bool:
        """True if the response brought the session cookie, which Django sends after each save."""
        line = self.session_line
        return line is not None and line.value not in ("", '""')

    @property
    def size(self) -> int:
        """About how many bytes the exchange takes in memory."""
        texts = [self.cookie_header or "", self.path, self.query, self.location]
        texts += [line.line + line.value for line in self.set_cookie]
        found = [self.before, self.after, self.left]
        found += [stored for other in self.others for stored in (other.before, other.after)]
        for stored in filter(None, found):
            texts += [stored.data or "", stored.unverified]
            texts += [text for item in stored.items or () for text in item]
        return 1500 + sum(map(len, texts))

    def as_dict(self) -> dict[str, Any]:
        """Return the exchange as a dictionary that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Exchange":
        """Return the `Exchange` that `as_dict` and JSON made this dictionary of."""
        return cls(
            **{
                **data,
                "before": stored_from(data["before"]),
                "after": stored_from(data["after"]),
                "left": stored_from(data["left"]),
                "set_cookie": tuple(
                    SetCookie(**{**line, "notes": tuple(line["notes"])})
                    for line in data["set_cookie"]
                ),
                "changes": tuple(map(tuple, data["changes"])),
                "unsaved": tuple(map(tuple, data["unsaved"])),
                "session": SessionFacts(**data["session"]),
                "others": tuple(
                    OtherSession(
                        other["cookie"], stored_from(other["before"]), stored_from(other["after"])
                    )
                    for other in data["others"]
                ),
            }
        )


def stored_from(data: Mapping[str, Any] | None) -> Stored | None:
    """Return the `Stored` that JSON made this dictionary of, or None."""
    if data is None:
        return None
    items = data["items"]
    return Stored(**{**data, "items": None if items is None else tuple(map(tuple, items))})


@dataclass(frozen=True)
class Beginning:
    """What the recorder saw before the view ran."""

    time: float
    cookies: dict[str, str]
    stored: dict[str, Stored]
    others: dict[str, Stored]
    blind: str


def now() -> float:
    """Return the present, in seconds since the epoch."""
    return time.time()


def begin(request: HttpRequest) -> Beginning:
    """Return the `Beginning` of an exchange. It reads the session store, and touches nothing."""
    # A middleware may take cookies away from the request later on.
    cookies = dict(request.COOKIES)
    stored, blind = look([cookies.get(settings.SESSION_COOKIE_NAME)])
    others = look_at_others(cookies)
    return Beginning(now(), cookies, stored, others, blind)


def finish(
    request: HttpRequest,
    response: HttpResponseBase,
    beginning: Beginning,
    cookies: tuple[jar.Seen, ...] = (),
) -> Exchange:
    """Return the `Exchange` of `request` and its finished `response`.

    `cookies` is the jar of the browser, as far as it was known before.
    """
    key_in = beginning.cookies.get(settings.SESSION_COOKIE_NAME)
    key_out = session_key_out(key_in, response)
    # A view that saves and then fails leaves a row whose key nobody gets.
    key_made = getattr(getattr(request, "session", None), "session_key", None)
    stored, blind = look([key_in, key_out, key_made], beginning.stored)
    before, after = beginning.stored.get(key_in), stored.get(key_out)
    # A row whose cookie is gone may still lie in the table: expired, or orphaned.
    left = stored.get(key_in) if key_in != key_out else None
    facts = session_facts(request)
    url = url_of(request)
    header = cookie_header(request)
    set_cookie = set_cookies(response, url, beginning, header, cookies)
    there = after or left
    blind = beginning.blind or blind
    is_known = not (blind or is_saved(response))
    saved = stored.get(key_made) or there
    unsaved = changes_in_memory(request, facts, before, saved) if is_known else ()
    return Exchange(
        number=0,
        time=beginning.time,
        ended=now(),
        method=request.method,
        url=url,
        path=clip(request.path),
        query=clip(request.META.get("QUERY_STRING", "")),
        destination=clip(request.headers.get("Sec-Fetch-Dest", ""), 20),
        cross_site=cross_site(request),
        view=view_name(request),
        cookie_header=header,
        key_in=key_in if key_in is None else clip(key_in),
        before=clip_stored(before),
        status=response.status_code,
        location=clip(response.get("Location", "")),
        set_cookie=set_cookie,
        key_out=key_out and clip(key_out),
        after=clip_stored(after),
        left=clip_stored(left),
        changes=clip_changes(compare_stored(before, there)),
        unsaved=clip_changes(unsaved),
        session=facts,
        others=other_sessions(response, set_cookie, beginning),
        varies="cookie" in response.get("Vary", "").lower(),
        csrf=clip(getattr(request, watching.CSRF_REASON, ""), 300),
        **watching.failure_of(request),
        blind=blind,
    )


def cookie_header(request: HttpRequest) -> str | None:
    """Return the `Cookie` header of `request` as Django received it, or None.

    Not the raw bytes: a WSGI server strips white space at the ends and joins two headers with a
    comma. What is not printable ASCII is shown as \\xNN.
    """
    # An empty header carries no cookie, and Django's test client sends one for none.
    header = printable(request.headers.get("Cookie", "")) or None
    if header and len(header) > MAX_VALUE:
        header = clip(";".join(clip(cookie) for cookie in header.split(";")), MAX_HEADER)
    return header


def printable(text: str) -> str:
    """Return header text with every byte that is not printable ASCII written as \\xNN."""
    if text.isascii() and text.isprintable():
        return text
    # WSGI hands over bytes as latin-1 text. Other characters can only come from a response.
    codec = "latin-1" if all(character <= "\xff" for character in text) else "utf-8"
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"
        for byte in text.encode(codec, "surrogatepass")
    )


def clip(text: str, limit: int = MAX_VALUE) -> str:
    """Return `text`, or its first `limit` characters and how many there are in all."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters in all)"


def clip_stored(stored: Stored | None) -> Stored | None:
    """Return `stored` with long values clipped. Session data keeps its timestamp and signature."""
    if stored is None:
        return None
    data, items = stored.data, stored.items
    if data and len(data) > MAX_VALUE:
        payload, *rest = split_session_data(data)
        data = ":".join([clip(payload), *map(clip, rest)])
    # What was compressed can be far larger than what is stored.
    if items and sum(len(key) + len(value) for key, value in items) > MAX_VALUE:
        items = clip_items(items)
    if data is stored.data and items is stored.items:
        return stored
    return replace(stored, key=clip(stored.key), data=data, items=items)


def clip_items(items):
    """Return pairs of key and value with long ones clipped, and the last ones counted only."""
    kept, room = [], MAX_ITEMS
    for key, value in items:
        pair = clip(key), clip(value)
        room -= len(pair[0]) + len(pair[1])
        if room < 0:
            return (*kept, ("…", f"and {len(items) - len(kept):,} more keys"))
        kept.append(pair)
    return tuple(kept)


def clip_changes(changes):
    """Return pairs of change and key with long keys clipped, and the last ones left out."""
    kept, room = [], MAX_VALUE
    for change, key in changes:
        pair = change, clip(key, 200)
        room -= len(pair[1])
        if room < 0:
            break
        kept.append(pair)
    return tuple(kept)


def session_key_in(request: HttpRequest) -> str | None:
    """Return the session key that `request` brought in its cookie, or None."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME)


def session_key_out(key_in: str | None, response: HttpResponseBase) -> str | None:
    """Return the session key that the browser is left with after `response`, or None."""
    morsel = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return key_in if morsel is None else morsel.value or None


def is_saved(response: HttpResponseBase) -> bool:
    """Return True if `response` brings the session cookie, which Django sends after each save."""
    morsel = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel is not None and bool(morsel.value)


def cross_site(request: HttpRequest) -> str:
    """Return how another site caused `request`, as far as the browser says: "" if none did."""
    headers = request.headers
    if headers.get("Sec-Fetch-Site") != "cross-site":
        return ""
    return browser_rules.cross_site_of(
        "cross-site",
        headers.get("Sec-Fetch-Mode", ""),
        headers.get("Sec-Fetch-Dest", ""),
        request.method,
    )


def set_cookies(response, url, beginning, header, cookies):
    """Return a `SetCookie` for every `Set-Cookie` line of `response`, in the order sent.

    Django keeps cookies apart from the other headers, but a view can also set the header itself.
    """
    lines = [value for name, value in response.items() if name.lower() == "set-cookie"]
    lines += [morsel.OutputString() for morsel in response.cookies.values()]
    if not lines:
        return ()
    known = ()
    try:
        known = jar.known(jar.confirm(cookies, url, header, beginning.time))
    except Exception:
        logger.exception("The live panel could not compare a jar with a Cookie header.")
    return tuple(set_cookie(line, url, beginning.cookies, known) for line in lines[:MAX_LINES])


def url_of(request: HttpRequest) -> str:
    """Return the absolute URL of `request` without its query, with percent signs as it was sent."""
    host = request.headers.get("Host") or server_name(request)
    return f"{request.scheme}://{host}{clip(escape_uri_path(request.path))}"


def server_name(request):
    """Return the server's own name and port: HTTP/1.0 asks for no host."""
    return f"{request.META.get('SERVER_NAME', '')}:{request.META.get('SERVER_PORT', '')}"


def set_cookie(line, url, sent, known=()):
    """Return the `SetCookie` of one line in the answer to a request for `url`.

    `sent` are the cookies that came with the request, `known` those that the browser has.
    """
    shown = printable(line)
    if len(shown) > MAX_VALUE:
        first, *attributes = shown.split(";")
        shown = clip(";".join([clip(first), *map(clip, attributes)]), 2 * MAX_VALUE)
    try:
        verdict = browser_rules.judge(line, url, sent, jar=known)
    except Exception as error:
        name = line.partition("=")[0].strip()
        sentence = f"The panel could not judge this line: {type(error).__name__}."
        return SetCookie(shown, clip(name), "", "unknown", sentence=sentence)
    notes = (*verdict.notes, verdict.earlier) if verdict.earlier else verdict.notes
    return SetCookie(
        line=shown,
        name=clip(verdict.name),
        value=clip(verdict.value),
        outcome=verdict.outcome,
        rule=verdict.rule,
        section=verdict.section,
        sentence=verdict.sentence,
        size=verdict.size,
        path=clip(verdict.path),
        domain=clip(verdict.domain),
        host_only=verdict.host_only,
        lifetime=verdict.lifetime,
        secure=verdict.secure,
        httponly=verdict.httponly,
        samesite=verdict.samesite,
        partitioned=verdict.partitioned,
        notes=tuple(map(clip, notes)),
    )


def look(keys, known=None):
    """Return (stored, blind): what the store holds under `keys`, and why it could not be read.

    Whatever the store raises, the page under observation must go on.
    """
    try:
        return stores.read(keys, known=known), ""
    except stores.UnknownEngine as error:
        return {}, str(error)
    except Exception as error:
        return {}, f"The panel could not read the session store: {type(error).__name__}."


def look_at_others(cookies):
    """Return what the cookies of LIVE_PANEL_SESSION_COOKIES open, by the name of the cookie."""
    found = {}
    for name, engine in conf.session_cookies().items():
        if cookies.get(name):
            try:
                store = stores.session_store(engine)
                stored = stores.read([cookies[name]], store, cookie=name).get(cookies[name])
            except Exception:
                continue
            if stored:
                found[name] = clip_stored(stored)
    return found


def other_sessions(response, set_cookie, beginning):
    """Return an `OtherSession` for each that was there before the exchange, or is afterward.

    A line that the browser refuses changes nothing of what it opens.
    """
    names = conf.session_cookies()
    if not names:
        return ()
    before = beginning.others
    refused = {line.name for line in set_cookie if line.outcome == "refused"}
    sent = {
        name: morsel.value
        for name, morsel in response.cookies.items()
        if name in names and name not in refused
    }
    after = look_at_others({**beginning.cookies, **sent})
    there = [name for name in names if name in before or name in after]
    return tuple(OtherSession(name, before.get(name), after.get(name)) for name in there)


def compare_stored(before, after):
    """Return what changed from one `Stored` or None to another, as `compare` does.

    Where one cannot be read, or is not there any more, nothing can be told item by item.
    """
    if after is None or after.problem or (before and before.problem):
        return ()
    return compare(before and before.items, after.items)


def compare(
    before: tuple[tuple[str, str], ...] | None, after: tuple[tuple[str, str], ...] | None
) -> tuple[tuple[str, str], ...]:
    """Return what changed from some items of a `Stored` to others, as pairs of change and key.

    The change is "added", "changed" or "removed". None counts as no items.
    """
    if before == after:
        return ()
    old, new = dict(before or ()), dict(after or ())
    return tuple(
        [("added", key) for key in new if key not in old]
        + [("changed", key) for key in new if key in old and new[key] != old[key]]
        + [("removed", key) for key in old if key not in new]
    )


def changes_in_memory(request, facts, before, now):
    """Return how the session that the view has left in memory differs from what is stored `now`.

    `_session_cache` is there once the session was loaded. To look into it loads nothing.
    """
    session = getattr(request, "session", None)
    cached = getattr(session, "__dict__", {}).get("_session_cache")
    if not facts.accessed or not isinstance(cached, dict):
        return ()
    try:
        items = stores.as_items(cached)
    except Exception:  # A value whose repr fails, say.
        return ()
    # Another request may have saved meanwhile: what this one loaded and left is no change.
    if not compare(readable_items(before), items):
        return ()
    return compare(readable_items(now), items)


def readable_items(stored):
    """Return the items that Django reads from a `Stored` or None."""
    return stored.items if stored and not stored.expired else None


def session_facts(request: HttpRequest) -> SessionFacts:
    """Return the `SessionFacts` of `request`. None of these attributes counts as an access."""
    session = getattr(request, "session", None)
    try:
        return SessionFacts(
            session.accessed,
            session.modified,
            session.is_empty(),
            settings.SESSION_SAVE_EVERY_REQUEST,
        )
    except AttributeError:
        return SessionFacts()


def view_name(request: HttpRequest) -> str:
    """Return the dotted name of the view that answered, or "" if no URL matched."""
    match = getattr(request, "resolver_match", None)
    if not hasattr(match, "func"):
        return ""
    view = inspect.unwrap(getattr(match.func, "view_class", match.func))
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}"
