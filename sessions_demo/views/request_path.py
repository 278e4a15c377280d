"""The path of one request, with the middleware and without it."""

from django.core.handlers.wsgi import WSGIRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def how_sessions_work(request):
    """Ask this request for its session, or the same request before any middleware had it."""
    asked = request
    if request.GET.get("middleware") == "none":
        asked = WSGIRequest(request.environ)  # as it came in from the web server
    try:
        outcome = f"user_name is {asked.session.get('user_name')!r}"
    except AttributeError as error:
        outcome = f"AttributeError: {error}"
    return render(request, "sessions_demo/how_sessions_work.html", {"outcome": outcome})
