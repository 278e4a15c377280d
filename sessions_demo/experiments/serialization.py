"""A view whose session cannot be saved."""

import traceback
from pathlib import Path

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone


def store_datetime(request):
    """Store a date as it is. This view ends well; the save after it does not."""
    request.session["moment"] = timezone.now()
    return redirect("sessions_demo:json_rule")


def failure_of(view):
    """Let Django's SessionMiddleware serve `view` to a stranger, and return how that fails."""
    try:
        SessionMiddleware(view)(HttpRequest())
    except TypeError as error:
        places = {}
        for frame in traceback.extract_tb(error.__traceback__)[1:]:
            file = "/".join(Path(frame.filename).parts[-2:])
            places.setdefault(
                file, frame.line
            )  # Where the error came through that file first.
        return {
            "error": f"TypeError: {error}",
            "places": list(places.items()),
        }
