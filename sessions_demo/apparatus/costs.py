"""Measure what a session costs, with rows that are made for it and deleted again."""

from secrets import token_urlsafe
from statistics import median
from time import perf_counter

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse

RUNS = 5


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
    """Save what has not changed: what SESSION_SAVE_EVERY_REQUEST does after every view."""
    request.session.modified = True
    return HttpResponse()


def cost_of_requests():
    """Measure a first visit, and four visits that bring the key of a session."""
    session = SessionStore()
    session["user_name"] = "Ada"
    session.save()
    views = [leave_alone, read, change, save_untouched]
    costs = [
        cost_of(change),
        *(cost_of(view, session.session_key) for view in views),
    ]
    session.delete()
    return costs


def cost_of(view, key=None):
    """Let Django's SessionMiddleware serve `view`, to a browser with the session key `key`."""
    times = []
    for _ in range(RUNS):
        request = HttpRequest()
        if key:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = key
        statements = []
        with connection.execute_wrapper(writer_of(statements)):
            start = perf_counter()
            response = SessionMiddleware(view)(request)
            times.append(perf_counter() - start)
        if key is None:
            request.session.delete()
    return {
        "view": view.__name__,
        "queries": [
            word
            for word in statements
            if word in ("SELECT", "INSERT", "UPDATE")
        ],
        "cookie": len(f"{settings.SESSION_COOKIE_NAME}={key}")
        if key
        else 0,
        "set_cookie": sum(
            len(morsel.OutputString())
            for morsel in response.cookies.values()
        ),
        "milliseconds": round(median(times) * 1000, 2),
    }


def writer_of(statements):
    """Return a wrapper for `execute_wrapper` that writes the first word of each query down."""

    def write_down(execute, sql, *rest):
        statements.append(sql.split()[0])
        return execute(sql, *rest)

    return write_down


def cost_of_size(kilobytes):
    """Store so many kilobytes in a session of its own; measure its row, its load and its save."""
    session = SessionStore()
    session["letters"] = token_urlsafe(
        kilobytes * 750
    )  # Four characters for three bytes.
    session.save()
    cost = {
        "kilobytes": kilobytes,
        "row": len(
            Session.objects.get(pk=session.session_key).session_data
        ),
        "load": typical_time(SessionStore(session.session_key).load),
        "save": typical_time(session.save),
    }
    session.delete()
    return cost


def typical_time(call):
    """Return the median time of a few runs of `call`, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return round(median(times) * 1000, 2)
