"""What a reader is told when a request fails: Django's error handlers."""

import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError

from course.messages import message


def bad_request(request, exception):
    """Explain a 400. One of them is about sessions: the row vanished during the request."""
    if is_database_trouble(exception):
        return database_trouble(request)
    if isinstance(exception, SessionInterrupted):
        return message(
            request,
            400,
            "Your session ended while this page was loading",
            "Another tab or request deleted your session row before this request could save to it.",
            "Django calls this `SessionInterrupted`. What this request wanted to store is lost; "
            "the next one begins without a session. The lesson makes it happen on purpose.",
            back="sessions_demo:session_deleted",
        )
    return message(
        request,
        400,
        "The site could not read this request",
        "Something in it was malformed, so nothing was done.",
        "If this happens again, start over: the link is at the top of the page.",
    )


def permission_denied(request, exception):
    """Explain a 403 that is not about CSRF."""
    return message(
        request, 403, "You may not do that", "The site understood the request and refuses it."
    )


def csrf_failure(request, reason=""):
    """Explain a POST that was refused because it did not prove where it comes from."""
    return message(
        request,
        403,
        "Django refused this form",
        f"Nothing was changed. Django says: `{reason}`",
        "A form must come from this site, and bring back the secret that its page was given.",
    )


def page_not_found(request, exception):
    """Explain a 404."""
    return message(
        request,
        404,
        "There is no such page",
        "No lesson has this address.",
    )


def server_error(request):
    """Explain a 500, or a 503 if the database is what failed."""
    # Django calls this view while it handles the exception, and does not pass it on.
    if is_database_trouble(sys.exc_info()[1]):
        return database_trouble(request)
    return message(
        request,
        500,
        "Something went wrong on the server",
        "This is a mistake in the site, not in what you did.",
        "Django saves no session on a server error.",
    )


def database_trouble(request):
    """Answer 503: the database is locked, read-only, full or gone."""
    response = message(
        request,
        503,
        "The database is not available",
        "The database is busy, read-only, full or missing; your cookies are safe.",
        "Nothing that you did in this step was stored. Wait a moment and load the page again.",
        "If this lasts, the person who runs the site should look at the server's log, and run "
        "`python manage.py migrate` if the database file is new.",
    )
    response["Retry-After"] = "5"  # seconds
    return response


def is_database_trouble(error):
    """Return True if an `OperationalError` is behind `error`.

    When an existing session cannot be saved, Django reports `SessionInterrupted`, "the session
    was deleted", whatever the database said. Only the chain of exceptions tells the two apart.
    """
    while error is not None and not isinstance(error, OperationalError):
        error = error.__cause__ or error.__context__
    return error is not None
