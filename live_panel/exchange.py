"""What one request and its response did to cookies and the session, as plain facts."""

import inspect
from dataclasses import asdict, dataclass, replace
from uuid import uuid4

from django.conf import settings
from django.utils.encoding import escape_uri_path

from live_panel import browser_rules, stores
from live_panel.stores import Stored, split_session_data

# Longer values are cut where they are recorded, so that a history stays small.
MAX_VALUE = 2000  # characters
MAX_HEADER = 40_000  # characters


@dataclass(frozen=True)
class SetCookie:
    """A `Set-Cookie` line as sent, and what a browser does with it: see `browser_rules.Verdict`."""

    line: str
    name: str
    outcome: str
    section: str
    sentence: str
    size: int
    lifetime: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class SessionFacts:
    """What `SessionMiddleware` looks at before it saves. Each is None if it did not run."""

    accessed: bool | None = None
    modified: bool | None = None
    empty: bool | None = None


@dataclass(frozen=True)
class Exchange:
    """One request and its response. Every field fits into JSON.

    `cookie_header` is the `Cookie` header as Django received it, or None if there was none.
    `key_in` is the session key that the request brought, `key_out` the one that the browser is
    left with; `before` and `after` are what the session store held then. `changes` are pairs of
    "added", "changed" or "removed" and the key of an item. `mismatch` says why the key that came
    opened nothing, and `blind` what could not be seen; both are "" where all is well.
    """

    id: str
    method: str
    path: str
    query: str
    view: str
    cookie_header: str | None
    key_in: str | None
    before: Stored | None
    mismatch: str
    status: int
    location: str
    set_cookie: tuple[SetCookie, ...]
    key_out: str | None
    after: Stored | None
    changes: tuple[tuple[str, str], ...]
    session: SessionFacts
    varies: bool
    why: str
    blind: str

    def as_dict(self):
        """Return the exchange as a dictionary that JSON can hold."""
        return asdict(self)


def observe(request, response, before, blind):
    """Return the `Exchange` of `request` and its finished `response`.

    `before` and `blind` are what `look` returned before the view ran.
    """
    key_in, key_out = session_key_in(request), session_key_out(request, response)
    stored, blind_after = look([key_in, key_out])
    old = before.get(key_in)
    # A row whose cookie is gone may still lie in the table: expired, or orphaned.
    new = stored.get(key_out) or stored.get(key_in)
    facts = session_facts(request)
    varies = "cookie" in response.get("Vary", "").lower()
    header = cookie_header(request)
    return Exchange(
        id=uuid4().hex,
        method=request.method,
        path=clip(request.path),
        query=clip(request.META.get("QUERY_STRING", "")),
        view=view_name(request),
        cookie_header=header,
        key_in=key_in and clip(key_in),
        before=clip_stored(old),
        mismatch="" if blind else explain_mismatch(key_in, old),
        status=response.status_code,
        location=clip(response.get("Location", "")),
        set_cookie=set_cookies(request, response),
        key_out=key_out and clip(key_out),
        after=clip_stored(new),
        changes=compare(old and old.items, new and new.items),
        session=facts,
        varies=varies,
        why=explain(facts, response, key_in, varies),
        blind=blind or blind_after,
    )


def cookie_header(request):
    """Return the `Cookie` header of `request` as Django received it, or None.

    Not the raw bytes: a WSGI server strips white space at the ends and joins two headers with a
    comma. What is not printable ASCII is shown as \\xNN.
    """
    # An empty header carries no cookie, and Django's test client sends one for none.
    header = printable(request.headers.get("Cookie", "")) or None
    if header and len(header) > MAX_VALUE:
        header = clip(";".join(clip(cookie) for cookie in header.split(";")), MAX_HEADER)
    return header


def printable(text):
    """Return header text with every byte that is not printable ASCII written as \\xNN."""
    if text.isascii() and text.isprintable():
        return text
    # WSGI hands over bytes as latin-1 text. Other characters can only come from a response.
    codec = "latin-1" if all(character <= "\xff" for character in text) else "utf-8"
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"
        for byte in text.encode(codec, "surrogatepass")
    )


def clip(text, limit=MAX_VALUE):
    """Return `text`, or its first `limit` characters and how many there are in all."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters in all)"


def clip_stored(stored):
    """Return `stored` with long values clipped. Session data keeps its timestamp and signature."""
    if stored is None:
        return None
    data = stored.data
    if data and len(data) > MAX_VALUE:
        payload, *rest = split_session_data(data)
        data = ":".join([clip(payload), *rest])
    items = stored.items and tuple((clip(key), clip(value)) for key, value in stored.items)
    return replace(stored, key=clip(stored.key), data=data, items=items)


def session_key_in(request):
    """Return the session key that `request` brought in its cookie, or None."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME)


def session_key_out(request, response):
    """Return the session key that the browser is left with after `response`, or None."""
    morsel = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return session_key_in(request) if morsel is None else morsel.value or None


def set_cookies(request, response):
    """Return a `SetCookie` for every `Set-Cookie` line of `response`, in the order sent.

    Django keeps cookies apart from the other headers, but a view can also set the header itself.
    """
    lines = [value for name, value in response.items() if name.lower() == "set-cookie"]
    lines += [morsel.OutputString() for morsel in response.cookies.values()]
    path = escape_uri_path(request.path)
    url = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{path}"
    return tuple(set_cookie(line, url, request.COOKIES) for line in lines)


def set_cookie(line, url, sent):
    """Return the `SetCookie` of one line in the answer to a request for `url`."""
    verdict = browser_rules.judge(line, url, sent)
    first, *attributes = printable(line).split(";")
    return SetCookie(
        line=";".join([clip(first), *map(clip, attributes)]),
        name=clip(verdict.name),
        outcome=verdict.outcome,
        section=verdict.section,
        sentence=verdict.sentence,
        size=verdict.size,
        lifetime=verdict.lifetime,
        notes=(*verdict.notes, *filter(None, [verdict.earlier])),
    )


def look(keys):
    """Return (stored, blind): what the store holds under `keys`, and why it could not be read.

    Whatever the store raises, the page under observation must go on.
    """
    try:
        return stores.read(keys), ""
    except Exception as error:
        return {}, f"The panel could not read the session store: {type(error).__name__}."


def compare(before, after):
    """Return what changed from some items of a `Stored` to others, as pairs of change and key.

    The change is "added", "changed" or "removed". None counts as no items.
    """
    old, new = dict(before or ()), dict(after or ())
    return tuple(
        [("added", key) for key in new if key not in old]
        + [("changed", key) for key in new if key in old and new[key] != old[key]]
        + [("removed", key) for key in old if key not in new]
    )


def session_facts(request):
    """Return the `SessionFacts` of `request`. None of these attributes counts as an access."""
    session = getattr(request, "session", None)
    if session is None:
        return SessionFacts()
    return SessionFacts(session.accessed, session.modified, session.is_empty())


def view_name(request):
    """Return the dotted name of the view that answered, or "" if no URL matched."""
    match = request.resolver_match
    if match is None:
        return ""
    view = inspect.unwrap(getattr(match.func, "view_class", match.func))
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}"


def explain_mismatch(key, stored):
    """Say why the session key of a request opens nothing, and what follows; or return ""."""
    if not key or (stored and not stored.expired and not stored.problem):
        return ""
    if stored and stored.expired:
        reason = "The row is still there, but its expire_date is past."
    elif stored:
        reason = stored.problem
    elif not stores.could_be_key(key):
        reason = "This is not a session key: Django’s have 32 characters, and 8 to 40 can be one."
    else:
        reason = "Nothing is stored under this key: it was made up, or what it opened was deleted."
    if stored and stored.problem:
        return f"{reason} The key stays, and the next change overwrites the row."
    if len(key) < 8:
        return f"{reason} Django deletes the cookie."
    return f"{reason} Django reads an empty session, and deletes the cookie when a view touches it."


def explain(facts, response, key_in, varies):
    """Say what Django did with the session, and why, from the facts that it decides by.

    The order of the questions is that of `SessionMiddleware.process_response`.
    """
    morsel = response.cookies.get(settings.SESSION_COOKIE_NAME)
    sent = morsel is not None and bool(morsel.value)
    deleted = morsel is not None and not morsel.value
    if facts.accessed is None:
        story = "SessionMiddleware did not see this request: nothing was read or saved."
    elif key_in and facts.empty:
        story = "The session is empty, so nothing was saved and its cookie was deleted."
    elif sent and facts.modified:
        story = "The view changed the session, so it was saved and its cookie sent."
    elif sent:
        story = "SESSION_SAVE_EVERY_REQUEST is on, so the session was saved and its cookie sent."
    elif facts.modified and facts.empty:
        story = "The session is empty, so there was nothing to save and no session cookie to send."
    elif facts.modified and response.status_code >= 500:
        story = "The view changed the session, but after a server error nothing is saved."
    elif facts.modified:
        story = "The view changed the session, but its row was gone or the store refused to save."
    elif deleted:
        story = "The view itself deleted the session cookie. The session was not saved or deleted."
    elif facts.accessed:
        story = "The view only read the session, so it was not saved, and its cookie left alone."
    else:
        story = "The view did not touch the session: it was not loaded, and its cookie left alone."
    if not varies:
        vary = "The answer has no Vary: Cookie."
    elif facts.accessed or morsel is not None:
        vary = "The answer says Vary: Cookie, because the session was touched."
    elif settings.CSRF_COOKIE_NAME in response.cookies:
        vary = "The answer says Vary: Cookie, because the page has a form with a CSRF token."
    else:
        vary = "The answer says Vary: Cookie."
    return f"{story} {vary}"
