"""Two views whose session cannot be saved."""

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
        del request.session["moment"]  # Or the next save fails.
        request.session["caught"] = f"TypeError: {error}"
    return redirect("sessions_demo:json_rule")


VIEWS = {
    "datetime": store_datetime,
    "datetime_caught": save_in_the_view,
}


def outcome_of(choice):
    """Run one of `VIEWS` in a session that is made for it.

    Return a dictionary with what the view "caught", or with the
    "error" that came after it and the "places" that this came
    through: pairs of file and line of code, the outermost first.
    """
    session = SessionStore()
    session.create()
    request = HttpRequest()
    name = settings.SESSION_COOKIE_NAME
    request.COOKIES[name] = session.session_key
    try:
        SessionMiddleware(VIEWS[choice])(request)
        return {"caught": request.session["caught"]}
    except TypeError as error:
        places = {}
        _, *frames = traceback.extract_tb(error.__traceback__)
        for frame in frames:
            file = "/".join(Path(frame.filename).parts[-2:])
            # The first line is where it came through the file.
            places.setdefault(file, frame.line)
        return {
            "error": f"TypeError: {error}",
            "places": list(places.items()),
        }
    finally:
        session.delete()
