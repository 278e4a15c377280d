"""What does not belong in a cookie."""

from hashlib import sha256

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def password_cookie(request):
    """Put a made-up password into a cookie, and check it."""
    if request.method == "POST":
        password = get_random_string(12)
        digest = sha256(password.encode()).hexdigest()
        cache.set(f"toy_password:{digest}", True, 60 * 60)
        response = redirect("cookies_demo:password_cookie")
        httponly = "httponly" in request.POST
        response.set_cookie("password", password, httponly=httponly)
        return response
    brought = request.COOKIES.get("password")
    digest = sha256((brought or "").encode()).hexdigest()
    is_right = cache.get(f"toy_password:{digest}", False)
    context = {"brought": brought, "is_right": is_right}
    page = "cookies_demo/password_cookie.html"
    return render(request, page, context)
