"""What a cookie's name can promise."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def name_prefixes(request):
    """Set six cookies: three break the promise of their names."""
    if request.method == "POST":
        path = request.path
        response = redirect("cookies_demo:name_prefixes")
        response.set_cookie("ordinary", "1", path=path)
        response.set_cookie("__Secure-without", "1", path=path)
        response.set_cookie(
            "__Secure-with", "1", path=path, secure=True
        )
        response.set_cookie("__Host-path", "1", path=path, secure=True)
        response.set_cookie(
            "__Host-domain", "1", domain="localhost", secure=True
        )
        response.set_cookie("__Host-with", "1", secure=True)
        return response
    page = "cookies_demo/name_prefixes.html"
    return render(request, page, {"cookies": request.COOKIES})
