"""How long a session lasts, and what is left of it afterward."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.clocks import (
    clocks,
    short_lived_keys,
    states_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
def session_expiry(request):
    """Choose how long this session lasts, read it, save it."""
    choices = {
        "seconds": 30,
        "moment": timedelta(seconds=30),
        "close": 0,
        "default": None,
    }
    saves = request.session.get("saves", 0)
    context = {"saves": saves, "clocks": clocks(request.session)}
    template = "sessions_demo/session_expiry.html"
    if request.method != "POST":
        return render(request, template, context)
    choice = request.POST.get("choice")
    if choice in choices:
        request.session.set_expiry(choices[choice])
    elif choice != "save":
        context["error"] = "Choose one of the five buttons."
        return render(request, template, context, status=400)
    request.session["saves"] = saves + 1
    return redirect("sessions_demo:session_expiry")


@require_http_methods(["GET", "HEAD", "POST"])
def clear_expired(request):
    """Store a note, and delete the rows that you let expire."""
    keys = short_lived_keys(request)
    note = request.session.get("note")
    context = {"note": note, "keys": states_of(keys)}
    own = Session.objects.filter(pk__in=keys)
    expired = own.filter(expire_date__lt=timezone.now())
    template = "sessions_demo/clear_expired.html"
    if request.method != "POST":
        return render(request, template, context)
    action = request.POST.get("action")
    if action == "store":
        request.session["note"] = "Buy milk"
        request.session.set_expiry(None)  # Two weeks again.
    elif action == "clear" and expired:
        expired.delete()
    else:
        context["error"] = "Let a note expire first, then clear."
        return render(request, template, context, status=400)
    return redirect("sessions_demo:clear_expired")
