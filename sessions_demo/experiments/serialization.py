"""Two views whose session cannot be saved, and what becomes of them."""

import traceback
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone


def store_datetime(request):
    """Store a date as it is, and end before it is saved."""
    request.session["moment"] = timezone.now()
    return redirect("sessions_demo:json_rule")


def save_in_the_view(request):
    """Store a date as it is, and save it before the view ends."""
    request.session["moment"] = timezone.now()
    try:
        request.session.save()
    except TypeError as error:
        del request.session["moment"]  # Or the next save fails, too.
        request.session["caught"] = f"TypeError: {error}"
    return redirect("sessions_demo:json_rule")


VIEWS = {
    "datetime": store_datetime,
    "datetime_caught": save_in_the_view,
}


def outcome_of(name):
    """Run one of `VIEWS` in a session that is made for it.

    Return what the view "caught", or else the "error" that came after
    it and the "places" that this came through: pairs of file and line
    of code, the outermost first.
    """
    session = SessionStore()
    session.create()
    request = HttpRequest()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = session.session_key
    try:
        SessionMiddleware(VIEWS[name])(request)
        return {"caught": request.session["caught"]}
    except TypeError as error:
        places = {}
        for frame in traceback.extract_tb(error.__traceback__)[1:]:
            file = "/".join(Path(frame.filename).parts[-2:])
            # The first line is where the error came through the file.
            places.setdefault(file, frame.line)
        return {
            "error": f"TypeError: {error}",
            "places": list(places.items()),
        }
    finally:
        session.delete()
