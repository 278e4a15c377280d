"""What another site can make your browser send here."""

from time import time

from django.core.cache import cache
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
        response.set_cookie("samesite_none", run, samesite="None", secure=True)
        response.set_cookie("samesite_absent", run)
        return response
    run = request.COOKIES.get("samesite_lax")
    return render(request, "cookies_demo/samesite.html", {"run": run})


@require_http_methods(["GET", "HEAD", "POST"])
def forged_request(request):
    """Open a toy account, and let this browser into it by a cookie."""
    if request.method == "POST":
        samesite = request.POST.get("samesite")
        if samesite not in ("None", "Lax", "absent"):
            error = {"error": "Choose one of the three buttons."}
            return render(request, "cookies_demo/forged_request.html", error, status=400)
        number = get_random_string(12)
        cache.set(f"toy_account:{number}", [], 60 * 60)
        response = redirect("cookies_demo:forged_request")
        response.set_signed_cookie(
            "toy_account",
            number,
            samesite=None if samesite == "absent" else samesite,
            secure=samesite == "None",
        )
        return response
    account = request.get_signed_cookie("toy_account", default=None)
    transfers = cache.get(f"toy_account:{account}")
    return render(request, "cookies_demo/forged_request.html", {"transfers": transfers})
