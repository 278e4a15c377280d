"""What a reader is told when a request fails: Django's error handlers, and one of our own."""

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)

from course.messages import message
from demo_site.gate import TOO_LARGE

# Where Django itself reports what went wrong with a request
logger = logging.getLogger("django.request")


def bad_request(request, exception):
    """Explain a 400. One of them is about sessions: the row vanished during the request."""
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
    if isinstance(exception, DisallowedHost):
        return message(
            request,
            400,
            "The site does not go by this name",
            "Your browser asked for a host name that is not among the site’s `ALLOWED_HOSTS`.",
            "Use the address that you were given. The person who runs the site can add a name.",
        )
    if isinstance(exception, RequestDataTooBig):
        return message(request, *TOO_LARGE)
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return message(
            request,
            400,
            "This form has too many fields",
            "The site reads up to 1,000 fields of a form, and this one had more.",
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


def page_not_found(request, exception):
    """Explain a 404."""
    return message(
        request,
        404,
        "There is no such page",
        "Nothing on this site has this address.",
    )


def server_error(request):
    """Explain a 500."""
    return message(
        request,
        500,
        "Something went wrong on the server",
        "This is a mistake in the site, not in what you did.",
        "`SessionMiddleware` saves no session after a server error. What was stored before the "
        "mistake may still be there. The server’s log says what it was.",
    )


def database_trouble(request, error):
    """Answer 503 because of `error`: the database refused, or could not be reached."""
    logger.error("The database failed: %s", request.path, exc_info=error)
    response = message(
        request,
        503,
        "The database is not available",
        "The database is busy, read-only, full, damaged or out of reach.",
        "Your browser keeps its cookies. What you did in this step may not have been stored. Wait "
        "a moment and load the page again.",
        "If this lasts, the person who runs the site finds the reason in the server’s log.",
    )
    response["Retry-After"] = "5"  # seconds
    return response
