"""Where sessions are kept."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.engines import compare, under_every_engine


@require_http_methods(["GET", "HEAD", "POST"])
@under_every_engine
def session_engines(request):
    """Do the same to five sessions, each under another engine."""
    template = "sessions_demo/session_engines.html"
    if request.method != "POST":
        context = {"engines": compare(request)}
        return render(request, template, context)
    action = request.POST.get("action")
    for session in request.sessions.values():
        if action == "store":
            session["visits"] = session.get("visits", 0) + 1
        elif action == "grow":
            session["letters"] = get_random_string(5000)
            session.set_expiry(timedelta(minutes=10))
        elif action == "sign_out":
            session.flush()
        else:
            context = {"engines": compare(request)}
            context["error"] = "Choose one of the buttons."
            return render(request, template, context, status=400)
    return redirect("sessions_demo:session_engines")
