"""How long a session lasts, and what is left of it afterward."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.clocks import (
    clocks,
    remember_keys,
    short_lived_keys,
    states_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
def session_expiry(request):
    """Choose how long this session lasts, then read it or save it."""
    expiries = {
        "seconds": 30,
        "moment": timedelta(seconds=30),
        "close": 0,
        "default": None,
    }
    context = {
        "saves": request.session.get("saves", 0),
        "clocks": clocks(request.session),
    }
    if request.method == "POST":
        choice = request.POST.get("choice")
        if choice in expiries:
            request.session.set_expiry(expiries[choice])
        elif choice != "save":
            context["error"] = "Choose one of the five buttons."
            return render(
                request,
                "sessions_demo/session_expiry.html",
                context,
                status=400,
            )
        request.session["saves"] = context["saves"] + 1
        return redirect("sessions_demo:session_expiry")
    return render(request, "sessions_demo/session_expiry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def clear_expired(request):
    """Let your own row expire in five seconds, and clear away your own expired rows."""
    keys = short_lived_keys(request)
    if request.method == "POST":
        response = redirect("sessions_demo:clear_expired")
        action = request.POST.get("action")
        if action == "store":
            request.session["note"] = "Buy milk"
        elif action == "expire" and "note" in request.session:
            key = request.session.session_key
            soon = timezone.now() + timedelta(seconds=5)
            Session.objects.filter(pk=key).update(expire_date=soon)
            remember_keys(response, [key, *keys])
        elif action == "clear":
            Session.objects.filter(
                pk__in=keys, expire_date__lt=timezone.now()
            ).delete()
        else:
            context = {
                "keys": states_of(keys),
                "error": "Store the note first, then go on.",
            }
            return render(
                request,
                "sessions_demo/clear_expired.html",
                context,
                status=400,
            )
        return response
    context = {
        "note": request.session.get("note"),
        "keys": states_of(keys),
    }
    return render(request, "sessions_demo/clear_expired.html", context)
