"""Look back at sessions."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def session_recap(request):
    """Show settings to review, and leave the session alone."""
    names = [
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
        "SESSION_ENGINE",
        "SESSION_COOKIE_AGE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "SESSION_SAVE_EVERY_REQUEST",
    ]
    values = {name: getattr(settings, name) for name in names}
    has_key = settings.SESSION_COOKIE_NAME in request.COOKIES
    context = {"values": values, "has_key": has_key}
    return render(request, "sessions_demo/session_recap.html", context)
