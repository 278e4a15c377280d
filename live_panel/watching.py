"""What Django says by the way: why a CSRF check was refused, and which exception made a 500.

Neither stands in the response. Django logs the one and sends a signal for the other, and both name
the request.
"""

import logging
import sys

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signals import got_request_exception

CSRF_REASON = "_live_panel_csrf_reason"
FAILURE = "_live_panel_failure"


class ReasonOfRefusal(logging.Handler):
    """Keeps the reason of a refused CSRF check with its request."""

    def emit(self, record):
        """Take the reason from "Forbidden (%s): %s", which CsrfViewMiddleware logs."""
        request = getattr(record, "request", None)
        if request is not None and record.args:
            setattr(request, CSRF_REASON, str(record.args[0]))


def keep_failure(sender, request=None, **kwargs):
    """Keep the class of the exception, and whether it came while the session was saved."""
    error, traceback = sys.exc_info()[1:]
    # Without DEBUG, a page tells nobody what failed in the server.
    name = type(error).__name__ if settings.DEBUG else "an exception"
    if request is None or error is None:
        return
    # A project may have put something else in its place.
    code, in_save = getattr(SessionMiddleware.process_response, "__code__", ""), False
    while traceback and not in_save:
        in_save = traceback.tb_frame.f_code is code
        traceback = traceback.tb_next
    setattr(request, FAILURE, {"error": name, "error_in_save": in_save})


def failure_of(request):
    """Return the fields "error" and "error_in_save" of the exchange of `request`."""
    return getattr(request, FAILURE, {"error": "", "error_in_save": False})


_handler = ReasonOfRefusal(logging.WARNING)


def start():
    """Listen. To start twice is to start once."""
    logging.getLogger("django.security.csrf").addHandler(_handler)
    got_request_exception.connect(keep_failure, dispatch_uid="live_panel.keep_failure")
