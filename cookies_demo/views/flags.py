"""HttpOnly, Secure and SameSite."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_flags(request):
    """Set a cookie with the flags that you choose."""
    if request.method == "POST":
        samesite = request.POST.get("samesite")
        if samesite not in ("Lax", "Strict", "None"):
            context = {
                "error": "Choose Lax, Strict or None for SameSite."
            }
            return render(
                request,
                "cookies_demo/cookie_flags.html",
                context,
                status=400,
            )
        response = redirect("cookies_demo:cookie_flags")
        response.set_cookie(
            "session_token",
            "abc123",
            httponly="httponly" in request.POST,
            secure="secure" in request.POST,
            samesite=samesite,
        )
        return response
    return render(request, "cookies_demo/cookie_flags.html")
