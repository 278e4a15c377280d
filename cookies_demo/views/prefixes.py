"""What a cookie's name can promise."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def name_prefixes(request):
    """Set six cookies: the browser keeps those that keep the promise of their name."""
    if request.method == "POST":
        response = redirect("cookies_demo:name_prefixes")
        action = request.POST.get("action")
        if action == "set":
            response.set_cookie("ordinary", "1", path=request.path)
            response.set_cookie(
                "__Secure-without", "1", path=request.path
            )
            response.set_cookie(
                "__Secure-with", "1", path=request.path, secure=True
            )
            response.set_cookie(
                "__Host-path", "1", path=request.path, secure=True
            )
            response.set_cookie(
                "__Host-domain", "1", domain="localhost", secure=True
            )
            response.set_cookie("__Host-with", "1", secure=True)
        elif action == "expire":
            response.set_cookie("__Host-with", "", max_age=0)
        elif action == "delete":
            response.delete_cookie("__Host-with")
        else:
            context = {"error": "Choose one of the three buttons."}
            return render(
                request,
                "cookies_demo/name_prefixes.html",
                context,
                status=400,
            )
        return response
    return render(
        request,
        "cookies_demo/name_prefixes.html",
        {"cookies": request.COOKIES},
    )
