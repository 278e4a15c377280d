"""What one request and its response did to cookies and the session, as plain facts."""

import inspect
from dataclasses import dataclass
from datetime import datetime, timezone

from django.conf import settings

from live_panel import stores
from live_panel.stores import Stored


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
    `before` and `after` are what the session store held then. `key_in` is the session key that
    the request brought, `key_out` the one that the browser is left with. `changes` are pairs of
    "added", "changed" or "removed" and the session key's item. `blind` says what could not be
    seen and why, and is empty otherwise.
    """

    at: str
    method: str
    url: str
    path: str
    query: str
    view: str
    cookie_header: str | None
    key_in: str | None
    before: Stored | None
    status: int
    reason: str
    location: str
    set_cookie: tuple[str, ...]
    key_out: str | None
    after: Stored | None
    changes: tuple[tuple[str, str], ...]
    session: SessionFacts
    varies: bool
    why: str
    blind: str = ""


def cookie_header(request):
    """Return the `Cookie` header of `request` as Django received it, or None.

    Not the raw bytes: a WSGI server strips white space at the ends and joins two headers with a
    comma. What is not printable ASCII is shown as \\xNN.
    """
    # An empty header carries no cookie, and Django's test client sends one for none.
    return printable(request.META.get("HTTP_COOKIE", "")) or None


def printable(text):
    """Return header text with every byte that is not printable ASCII written as \\xNN."""
    if text.isascii() and text.isprintable():
        return text
    # WSGI hands over bytes as latin-1 text. Other characters can only come from a response.
    data = text.encode("latin-1" if all(char < "\u0100" for char in text) else "utf-8", "replace")
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in data)


def session_key_in(request):
    """Return the session key that `request` brought in its cookie, or None."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME)


def session_key_out(request, response):
    """Return the session key that the browser is left with after `response`, or None."""
    morsel = response.cookies.get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return session_key_in(request)
    return morsel.value or None


def set_cookie_lines(response):
    """Return the value of every `Set-Cookie` header of `response`, in the order sent.

    Django keeps cookies apart from the other headers, but a view can also set the header itself.
    """
    lines = [value for name, value in response.items() if name.lower() == "set-cookie"]
    lines += [morsel.OutputString() for morsel in response.cookies.values()]
    return tuple(printable(line) for line in lines)


def look(keys):
    """Return (stored, blind): what the store holds under `keys`, and why it could not be read.

    Whatever the store raises, the page under observation must go on.
    """
    try:
        return stores.read(keys), ""
    except Exception as error:
        return {}, f"The session store did not answer: {type(error).__name__}."


def compare(before, after):
    """Return what changed from one `Stored` to another, as pairs of change and item.

    The change is "added", "changed" or "removed". Nothing stored counts as an empty session.
    """
    old = dict(before.items or ()) if before else {}
    new = dict(after.items or ()) if after else {}
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
    return Exchange(
        at=datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
        method=request.method,
        url=f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.path}",
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        view=view_name(request),
        cookie_header=cookie_header(request),
        key_in=key_in,
        before=old,
        status=response.status_code,
        reason=response.reason_phrase,
        location=response.get("Location", ""),
        set_cookie=set_cookie_lines(response),
        key_out=key_out,
        after=new,
        changes=compare(old, new),
        session=facts,
        varies=varies,
        why=explain(facts, response, key_in, varies),
        blind=blind or blind_after,
    )


def explain(facts, response, key_in, varies):
    """Say what Django did with the session, and why, from the facts that it decides by.

    The order of the questions is that of `SessionMiddleware.process_response`.
    """
    morsel = response.cookies.get(settings.SESSION_COOKIE_NAME)
    sent = morsel is not None and bool(morsel.value)
    if facts.accessed is None:
        story = "SessionMiddleware did not see this request, so no session was read or saved."
    elif key_in and facts.empty:
        story = "The session is empty, so Django deleted the cookie."
    elif sent and facts.modified:
        story = "The view changed the session, so Django saved it and sent the cookie."
    elif sent:
        story = "SESSION_SAVE_EVERY_REQUEST is on, so Django saved the session and sent the cookie."
    elif facts.modified and facts.empty:
        story = "The session is empty, so there was nothing to save and no cookie to send."
    elif facts.modified and response.status_code >= 500:
        story = "The view changed the session, but Django saves nothing on a server error."
    elif facts.modified:
        story = "The view changed the session, but the row was gone, so Django could not save it."
    elif facts.accessed:
        story = "The view only read the session, so Django saved nothing and sent no cookie."
    else:
        story = "The view did not touch the session, so Django did not load or save it."
    if varies:
        story += " The answer depends on the cookie, so it says Vary: Cookie."
    return story
