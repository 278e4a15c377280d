"""The first visit, and the round trip of a cookie."""

from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)


@require_safe
def why_cookies(request):
    """Look for what tells this request's sender from all others."""
    cookie_header = request.headers.get("Cookie")
    context = {"cookie_header": cookie_header}
    return render(request, "cookies_demo/why_cookies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def how_cookies_work(request):
    """Ask for a cookie once, and look at what comes back each time."""
    if request.method == "POST":
        response = redirect("cookies_demo:how_cookies_work")
        response.set_cookie(
            "seat", "12A", max_age=600, path=request.path, httponly=True
        )
        return response
    context = {"seat": request.COOKIES.get("seat")}
    return render(
        request, "cookies_demo/how_cookies_work.html", context
    )
