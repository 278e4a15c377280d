"""What a forged request can do."""

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def forged_request(request):
    """Open a toy account, and let this browser into it by a cookie."""
    if request.method == "POST":
        samesite = request.POST.get("samesite")
        if samesite not in ("None", "Lax", "absent"):
            error = {"error": "Choose one of the three buttons."}
            return render(
                request,
                "cookies_demo/forged_request.html",
                error,
                status=400,
            )
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
    return render(
        request,
        "cookies_demo/forged_request.html",
        {"transfers": transfers},
    )
