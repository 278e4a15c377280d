"""How large a cookie may be."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_limits(request):
    """Set a cookie of a chosen size, and measure what comes."""
    page = "cookies_demo/cookie_limits.html"
    header = request.headers.get("Cookie", "")
    grown = request.COOKIES.get("grown", "")
    context = {"header": len(header), "size": len("grown" + grown)}
    if request.method == "POST":
        size = request.POST.get("size")
        response = redirect("cookies_demo:cookie_limits")
        if size in ("1000", "4096", "4097", "5000"):
            value = "x" * (int(size) - len("grown"))
            response.set_cookie("grown", value, path=request.path)
            response.set_cookie("asked", size, path=request.path)
        elif size == "0":
            response.delete_cookie("grown", path=request.path)
            response.delete_cookie("asked", path=request.path)
        else:
            context["error"] = "Choose one of the five buttons."
            return render(request, page, context, status=400)
        return response
    return render(request, page, context)
