"""Which cookies come with requests that another site starts."""

from time import time

from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def samesite(request):
    """Set four cookies that differ in nothing but SameSite."""
    if request.method == "POST":
        run = f"{time():.0f}-{get_random_string(12)}"
        response = redirect("cookies_demo:samesite")
        response.set_cookie("samesite_strict", run, samesite="Strict")
        response.set_cookie("samesite_lax", run, samesite="Lax")
        response.set_cookie(
            "samesite_none", run, samesite="None", secure=True
        )
        response.set_cookie("samesite_absent", run)
        return response
    run = request.COOKIES.get("samesite_lax")
    context = {"run": run}
    return render(request, "cookies_demo/samesite.html", context)
