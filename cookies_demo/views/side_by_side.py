"""A cookie and a session, side by side."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_or_session(request):
    """Keep a color twice: in the browser, and on the server."""
    page = "cookies_demo/cookie_or_session.html"
    context = {
        "from_cookie": request.COOKIES.get("color"),
        "from_session": request.session.get("color"),
    }
    if request.method == "POST":
        color = request.POST.get("color")
        if color not in ("red", "green", "blue"):
            context["error"] = "Choose one of the three colors."
            return render(request, page, context, status=400)
        request.session["color"] = color
        response = redirect("cookies_demo:cookie_or_session")
        response.set_cookie("color", color)
        return response
    return render(request, page, context)
