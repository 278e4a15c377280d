"""HttpOnly, Secure and SameSite."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_flags(request):
    """Set a cookie with the flags that you choose."""
    context = {}
    if request.method == "POST":
        samesite = request.POST.get("samesite")
        if samesite in ("Lax", "Strict", "None"):
            response = redirect("cookies_demo:cookie_flags")
            response.set_cookie(
                "session_token",
                "abc123",
                httponly="httponly" in request.POST,
                secure="secure" in request.POST,
                samesite=samesite,
            )
            return response
        context["error"] = "Choose Lax, Strict or None for SameSite."
    template = "cookies_demo/cookie_flags.html"
    status = 400 if context else 200
    return render(request, template, context, status=status)
