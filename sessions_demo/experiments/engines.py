"""Side doors to the five engines."""

from django.core.cache import cache
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sessions_demo.apparatus.engines import (
    COOKIE_PATH,
    COOKIES,
    cookies_of,
    under_every_engine,
)


@require_POST
def copy_cookies(request):
    """Note the five cookies down, as somebody could who sat at this computer for a minute."""
    request.session["copied_cookies"] = cookies_of(request)
    return redirect("sessions_demo:session_engines")


@require_POST
def send_copies(request):
    """Put the copied cookies back into the browser, as somebody could by hand."""
    response = redirect("sessions_demo:session_engines")
    for engine, value in request.session.get(
        "copied_cookies", {}
    ).items():
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
    """Take this browser's two sessions out of the cache, as a restart would do to all."""
    for engine in ("cache", "cached_db"):
        cache.delete(request.sessions[engine].cache_key)
    return redirect("sessions_demo:session_engines")
