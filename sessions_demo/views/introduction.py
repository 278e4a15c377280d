"""Why there are sessions, and where they come from."""

from django.http import HttpRequest
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
        session_count = request.session.get("session_count", 0) + 1
        request.session["session_count"] = session_count
        # The variable ends with this request: note how far it got.
        request.session["local_count"] = local_count
        return redirect("sessions_demo:why_sessions")
    names = ["local_count", "session_count"]
    counts = {name: request.session.get(name, 0) for name in names}
    return render(request, "sessions_demo/why_sessions.html", counts)


@require_safe
def how_sessions_work(request):
    """Ask this request for its session, or one without middleware."""
    asked = request
    if request.GET.get("middleware") == "none":
        # A second request, which no middleware has seen.
        asked = HttpRequest()
        asked.COOKIES = request.COOKIES
    try:
        outcome = f"user_name is {asked.session.get('user_name')!r}"
    except AttributeError as error:
        outcome = f"AttributeError: {error}"
    context = {"outcome": outcome, "by_hand": asked is not request}
    template = "sessions_demo/how_sessions_work.html"
    return render(request, template, context)
