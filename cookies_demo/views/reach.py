"""How long a cookie lasts, and which requests it goes with."""

from datetime import datetime, timedelta, timezone

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_expiry(request):
    """Set a cookie with one of five lifetimes."""
    context = {"cookies": request.COOKIES}
    if request.method == "POST":
        lifetimes = {
            "no_lifetime": {},
            "ten_seconds": {"max_age": 10},
            "until_a_date": {"expires": datetime.now(timezone.utc) + timedelta(seconds=10)},
            "both": {"max_age": 3, "expires": "Fri, 01 Jan 2100 00:00:00 GMT"},
            "ten_years": {"max_age": 10 * 365 * 24 * 60 * 60},
        }
        name = request.POST.get("lifetime")
        if name not in lifetimes:
            context["error"] = "Choose one of the five buttons."
            return render(request, "cookies_demo/cookie_expiry.html", context, status=400)
        response = redirect("cookies_demo:cookie_expiry")
        response.set_cookie(name, "1", path=request.path, **lifetimes[name])
        return response
    return render(request, "cookies_demo/cookie_expiry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_scope(request):
    """Set cookies for three paths, or one without and one with a domain."""
    context = {"cookies": request.COOKIES}
    if request.method == "POST":
        response = redirect("cookies_demo:cookie_scope")
        action = request.POST.get("action")
        if action == "paths":
            response.set_cookie("for_site", "1", max_age=600)
            response.set_cookie("for_lesson", "1", max_age=600, path="/cookies/scope/")
            response.set_cookie("for_shop", "1", max_age=600, path="/cookies/scope/shop")
        elif action == "domain":
            response.set_cookie("for_host", "1", max_age=600)
            response.set_cookie("for_domain", "1", max_age=600, domain="app.localhost")
        else:
            context["error"] = "Choose one of the two buttons."
            return render(request, "cookies_demo/cookie_scope.html", context, status=400)
        return response
    return render(request, "cookies_demo/cookie_scope.html", context)
