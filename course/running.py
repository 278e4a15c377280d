"""Run a view of the notes inside a request, and report what it answered."""

from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.core import signing
from django.core.handlers.base import BaseHandler
from django.urls import get_urlconf, set_urlconf

MOST = 500  # characters of a body that are shown
ERRORS = (KeyError, TypeError, ValueError)  # What a fault of a view raises


@dataclass(frozen=True)
class Answer:
    """What a view answered to a request with `method`. All is plain data, and hostile text.

    Where it raised an error, `error` says which, and the status is the one that Django would
    answer with.
    """

    method: str
    status: int
    reason: str
    location: str = ""
    set_cookies: tuple[str, ...] = ()
    body: str = ""
    error: str = ""


def run(request, function, method, part):
    """Give `request` to a view as one with `method`. Return an `Answer` and the cookies it set.

    Nothing is imitated: it is the reader's own session, and an error of Django's own for a view
    that returns nothing. The names that it redirects to are those of `part`.
    """
    try:
        with asked_with(request, method), names_of(part):
            response = function(request)
        BaseHandler().check_response(response, function)
    except ERRORS as error:
        told = f"{type(error).__name__}: {error}"
        return Answer(method, 500, "Internal Server Error", error=told), {}
    answer = Answer(
        method,
        response.status_code,
        response.reason_phrase,
        location=response.get("Location", ""),
        set_cookies=tuple(morsel.OutputString() for morsel in response.cookies.values()),
        body=shortened(response.content.decode()),
    )
    return answer, response.cookies


@contextmanager
def asked_with(request, method):
    """Make `request` one with `method`, for a while."""
    own_method = request.method
    request.method = method
    try:
        yield
    finally:
        request.method = own_method


@contextmanager
def names_of(part):
    """Let names such as "dashboard" lead where they do in this part of the notes, for a while."""
    usual = get_urlconf()
    set_urlconf(f"course.snippets.{part}_urls")
    try:
        yield
    finally:
        set_urlconf(usual)


def shortened(text):
    """Return a text, or its beginning."""
    return text if len(text) <= MOST else f"{text[:MOST]}…"


def packed(answer, view, twin):
    """Return an `Answer` as signed text, good for this view and this twin of it."""
    return signing.dumps(asdict(answer), salt=salt_of(view, twin), compress=True)


def unpacked(text, view, twin):
    """Return the `Answer` that `packed` made, or None if it is not one or older than an hour."""
    try:
        facts = signing.loads(text, salt=salt_of(view, twin), max_age=3600)
    except signing.BadSignature:
        return None
    return Answer(**facts)


def salt_of(view, twin):
    """Return what keeps the signature of one answer from being good for another."""
    return f"course.snippets {view.part} {view.name} {twin}"
