"""Measure what a session costs, on rows made for it and deleted."""

from secrets import token_urlsafe
from statistics import median
from threading import BoundedSemaphore
from time import perf_counter

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse

RUNS = 5

# More at once would slow everybody's pages, and spoil the figures.
PLACES = BoundedSemaphore(2)


def measure(what):
    """Return the costs of "requests" or of "sizes", as a list.

    Return None, and measure nothing, if two others are measuring.
    """
    if not PLACES.acquire(blocking=False):
        return None
    try:
        if what == "requests":
            return cost_of_requests()
        return [cost_of_size(kilobytes) for kilobytes in (1, 10, 100)]
    finally:
        PLACES.release()


def leave_alone(request):
    """Answer without a look at the session."""
    return HttpResponse()


def read(request):
    """Read one value."""
    request.session.get("user_name")
    return HttpResponse()


def change(request):
    """Store one value."""
    request.session["user_name"] = "Ada"
    return HttpResponse()


def save_untouched(request):
    """Save what has not changed.

    SESSION_SAVE_EVERY_REQUEST does so after every view.
    """
    request.session.modified = True
    return HttpResponse()


def cost_of_requests():
    """Return the `cost_of` a first visit, and of four with a key."""
    session = SessionStore()
    session["user_name"] = "Ada"
    session.save()
    key = session.session_key
    views = [leave_alone, read, change, save_untouched]
    costs = [cost_of(change), *(cost_of(view, key) for view in views)]
    session.delete()
    return costs


def cost_of(view, key=None):
    """Let Django's SessionMiddleware serve `view`, and measure that.

    `key` is the session key that the browser sends, if any. Return a
    dictionary: the "view", its "queries" (the first word of each), the
    bytes of "cookie" and "set_cookie", and its "milliseconds".
    """
    name = settings.SESSION_COOKIE_NAME
    times = []
    for _ in range(RUNS):
        request = HttpRequest()
        if key:
            request.COOKIES[name] = key
        words = []
        with connection.execute_wrapper(writer_of(words)):
            start = perf_counter()
            response = SessionMiddleware(view)(request)
            times.append(perf_counter() - start)
        if key is None:
            request.session.delete()
    lines = [
        morsel.OutputString() for morsel in response.cookies.values()
    ]
    queries = {"SELECT", "INSERT", "UPDATE"}
    return {
        "view": view.__name__,
        "queries": [word for word in words if word in queries],
        "cookie": len(f"{name}={key}") if key else 0,
        "set_cookie": sum(map(len, lines)),
        "milliseconds": round(median(times) * 1000, 2),
    }


def writer_of(words):
    """Return a wrapper for `execute_wrapper`.

    It adds the first word of each query to the list `words`.
    """

    def write_down(execute, sql, *rest):
        words.append(sql.split()[0])
        return execute(sql, *rest)

    return write_down


def cost_of_size(kilobytes):
    """Store a name and so many kilobytes in a session, and measure it.

    Return a dictionary: "kilobytes", the characters of its "row", and
    the milliseconds to "read" the name and to "save" all of it.
    """
    session = SessionStore()
    session["user_name"] = "Ada"
    # Four characters for three bytes.
    session["letters"] = token_urlsafe(kilobytes * 750)
    session.save()
    key = session.session_key
    cost = {
        "kilobytes": kilobytes,
        "row": len(Session.objects.get(pk=key).session_data),
        "read": typical_time(lambda: SessionStore(key)["user_name"]),
        "save": typical_time(session.save),
    }
    session.delete()
    return cost


def typical_time(call):
    """Return how many milliseconds `call` takes, typically."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return round(median(times) * 1000, 2)
