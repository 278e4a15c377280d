"""How large a cookie may be."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_limits(request):
    """Set a cookie of the size that you choose, and measure what comes back."""
    if request.method == "POST":
        response = redirect("cookies_demo:cookie_limits")
        size = request.POST.get("size")
        if size in ("1000", "4096", "4097", "5000"):
            response.set_cookie("asked", size, path=request.path)
            response.set_cookie(
                "grown",
                "x" * (int(size) - len("grown")),
                path=request.path,
            )
        elif size == "0":
            response.delete_cookie("asked", path=request.path)
            response.delete_cookie("grown", path=request.path)
        else:
            context = {"error": "Choose one of the five buttons."}
            return render(
                request,
                "cookies_demo/cookie_limits.html",
                context,
                status=400,
            )
        return response
    grown = request.COOKIES.get("grown")
    size = len("grown" + grown) if grown else None
    header = len(request.META.get("HTTP_COOKIE", ""))
    context = {
        "asked": request.COOKIES.get("asked"),
        "size": size,
        "header": header,
    }
    return render(request, "cookies_demo/cookie_limits.html", context)
