"""How long a cookie lasts."""

from datetime import datetime, timedelta, timezone

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_expiry(request):
    """Set a cookie with one of five lifetimes."""
    template = "cookies_demo/cookie_expiry.html"
    if request.method != "POST":
        return render(request, template)
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
    if name not in lifetimes:
        context = {"error": "Choose one of the five buttons."}
        return render(request, template, context, status=400)
    response = redirect("cookies_demo:cookie_expiry")
    response.set_cookie(name, "1", path=request.path, **lifetimes[name])
    return response
