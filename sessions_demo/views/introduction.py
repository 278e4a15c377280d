"""Why there are sessions, and where they come from."""

from django.core.handlers.wsgi import WSGIRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)


@require_http_methods(["GET", "HEAD", "POST"])
def why_sessions(request):
    """Count your clicks twice: in a variable and in the session."""
    if request.method == "POST":
        local_count = 0
        local_count += 1
        request.session["session_count"] = (
            request.session.get("session_count", 0) + 1
        )
        # Write down how far the variable got: it is gone when this request ends.
        request.session["local_count"] = local_count
        return redirect("sessions_demo:why_sessions")
    counts = {
        name: request.session.get(name, 0)
        for name in ("local_count", "session_count")
    }
    return render(request, "sessions_demo/why_sessions.html", counts)


@require_safe
def how_sessions_work(request):
    """Ask this request for its session, or the same request before any middleware had it."""
    asked = request
    if request.GET.get("middleware") == "none":
        asked = WSGIRequest(
            request.environ
        )  # as it came in from the web server
    try:
        outcome = f"user_name is {asked.session.get('user_name')!r}"
    except AttributeError as error:
        outcome = f"AttributeError: {error}"
    return render(
        request,
        "sessions_demo/how_sessions_work.html",
        {"outcome": outcome},
    )
