"""Side doors to the five engines."""

from django.core.cache import cache
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from course.messages import message
from sessions_demo.apparatus.engines import (
    COOKIE_PATH,
    COOKIES,
    cookies_of,
    under_every_engine,
)
from sessions_demo.apparatus.timeline import take_a_while


@require_POST
def copy_cookies(request):
    """Note the five cookies down, as a thief here could."""
    copies = cookies_of(request)
    if not copies:
        return message(
            request,
            400,
            "There are no cookies to copy",
            "Press “Store” first, then “Copy the cookies”.",
            back="sessions_demo:session_engines",
        )
    request.session["copied_cookies"] = copies
    return redirect("sessions_demo:session_engines")


@require_POST
def send_copies(request):
    """Put the copied cookies back, as somebody could by hand."""
    copies = request.session.get("copied_cookies")
    if not copies:
        return message(
            request,
            400,
            "There are no copies to send",
            "Press “Store” and “Copy the cookies” first.",
            back="sessions_demo:session_engines",
        )
    response = redirect("sessions_demo:session_engines")
    for engine, value in copies.items():
        response.set_cookie(
            COOKIES[engine],
            value,
            path=COOKIE_PATH,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_POST
@under_every_engine
def empty_cache(request):
    """Take this browser's two sessions out of the cache."""
    for engine in ("cache", "cached_db"):
        cache.delete(request.sessions[engine].cache_key)
    return redirect("sessions_demo:session_engines")


@require_POST
@under_every_engine
def save_five_slowly(request):
    """Change five sessions, and be slow to save them."""
    request.session["refused"] = []
    for session in request.sessions.values():
        session["visits"] = session.get("visits", 0) + 1
    take_a_while(request)
    return redirect("sessions_demo:session_engines")  # Saved now.
