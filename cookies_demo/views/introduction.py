"""The first visit, and the round trip of a cookie."""

from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)


@require_safe
def why_cookies(request):
    """Look at a request for what tells its sender apart from everyone else's."""
    cookie_header = request.headers.get("Cookie")
    return render(
        request,
        "cookies_demo/why_cookies.html",
        {"cookie_header": cookie_header},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def how_cookies_work(request):
    """Ask for a cookie once, with attributes, and look at what comes back each time."""
    response = redirect("cookies_demo:how_cookies_work")
    response.set_cookie(
        "seat", "12A", max_age=600, path=request.path, httponly=True
    )
    if request.method == "POST":
        return response
    line = response.cookies["seat"].OutputString()
    context = {"line": line, "seat": request.COOKIES.get("seat")}
    return render(
        request, "cookies_demo/how_cookies_work.html", context
    )
