"""The pages that are not lessons: home, start over, and what is shown when something fails."""

import sys

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from demo_site.course import lesson_cookies
from demo_site.notes import sections
from live_panel import history


@require_safe
def home(request):
    """Say what this site is, and list the lessons in reading order."""
    return render(request, "demo_site/home.html")


@require_safe
def notes(request):
    """List every statement of the notes with the place that shows it."""
    return render(request, "demo_site/notes.html", {"sections": sections()})


@require_http_methods(["GET", "HEAD", "POST"])
def start_over(request):
    """Forget this browser: its cookies, its session row and its history."""
    if request.method == "POST":
        history.forget(request)
        # SessionMiddleware sees the empty session and deletes the cookie too.
        request.session.flush()
        response = redirect("cookies_demo:why_cookies")
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite=settings.CSRF_COOKIE_SAMESITE)
        for name, path in lesson_cookies():
            # A cookie with a narrow path is not sent here, so it may be there unseen.
            if name in request.COOKIES or path != "/":
                delete_cookie_at(response, name, path)
        return response
    return render(request, "demo_site/start_over.html")


def delete_cookie_at(response, name, path):
    """Delete a cookie from the browser, also when `response` deletes its name at another path.

    A response keeps one cookie for each name, but its dictionary does not insist that the key be
    the name, and sends every value in it.
    """
    other = HttpResponse()
    other.delete_cookie(name, path=path)
    response.cookies[f"{name} {path}"] = other.cookies[name]


def bad_request(request, exception):
    """Explain a 400. One of them is about sessions: the row vanished during the request."""
    if is_database_trouble(exception):
        return database_trouble(request)
    if isinstance(exception, SessionInterrupted):
        return render(request, "400_session_interrupted.html", status=400)
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    """Explain a 403 that is not about CSRF."""
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    """Explain a POST that was refused because it did not prove where it comes from."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def page_not_found(request, exception):
    """Explain a 404."""
    return render(request, "404.html", status=404)


def server_error(request):
    """Explain a 500, or a 503 if the database is what failed."""
    # Django calls this view while it handles the exception, and does not pass it on.
    if is_database_trouble(sys.exc_info()[1]):
        return database_trouble(request)
    return render(request, "500.html", status=500)


def database_trouble(request):
    """Answer 503: the database is locked, read-only, full or gone."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "5"  # seconds
    return response


def is_database_trouble(error):
    """Return True if an `OperationalError` is behind `error`.

    When an existing session cannot be saved, Django reports `SessionInterrupted`, "the session
    was deleted", whatever the database said. Only the chain of exceptions tells the two apart.
    """
    while error is not None and not isinstance(error, OperationalError):
        error = error.__cause__ or error.__context__
    return error is not None
