"""How long a cookie lasts."""

from datetime import datetime, timedelta, timezone

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_expiry(request):
    """Set a cookie with one of five lifetimes."""
    context = {"cookies": request.COOKIES}
    if request.method == "POST":
        soon = datetime.now(timezone.utc) + timedelta(seconds=10)
        far = "Fri, 01 Jan 2100 00:00:00 GMT"
        lifetimes = {
            "no_lifetime": {},
            "ten_seconds": {"max_age": 10},
            "until_a_date": {"expires": soon},
            "both": {"max_age": 3, "expires": far},
            "ten_years": {"max_age": 10 * 365 * 24 * 60 * 60},
        }
        name = request.POST.get("lifetime")
        if name in lifetimes:
            response = redirect("cookies_demo:cookie_expiry")
            path, lifetime = request.path, lifetimes[name]
            response.set_cookie(name, "1", path=path, **lifetime)
            return response
        context["error"] = "Choose one of the five buttons."
    status = 400 if "error" in context else 200
    template = "cookies_demo/cookie_expiry.html"
    return render(request, template, context, status=status)
