"""How long a cookie lasts."""

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
            "until_a_date": {
                "expires": datetime.now(timezone.utc)
                + timedelta(seconds=10)
            },
            "both": {
                "max_age": 3,
                "expires": "Fri, 01 Jan 2100 00:00:00 GMT",
            },
            "ten_years": {"max_age": 10 * 365 * 24 * 60 * 60},
        }
        name = request.POST.get("lifetime")
        if name not in lifetimes:
            context["error"] = "Choose one of the five buttons."
            return render(
                request,
                "cookies_demo/cookie_expiry.html",
                context,
                status=400,
            )
        response = redirect("cookies_demo:cookie_expiry")
        response.set_cookie(
            name, "1", path=request.path, **lifetimes[name]
        )
        return response
    return render(request, "cookies_demo/cookie_expiry.html", context)
