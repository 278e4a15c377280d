"""A cookie and a session, side by side."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_or_session(request):
    """Keep the same color twice: in the browser, and on the server under a key."""
    if request.method == "POST":
        color = request.POST.get("color")
        if color not in ("red", "green", "blue"):
            error = {"error": "Choose one of the three colors."}
            return render(
                request,
                "cookies_demo/cookie_or_session.html",
                error,
                status=400,
            )
        request.session["color"] = color
        response = redirect("cookies_demo:cookie_or_session")
        response.set_cookie("color", color)
        return response
    context = {
        "from_cookie": request.COOKIES.get("color"),
        "from_session": request.session.get("color"),
    }
    return render(
        request, "cookies_demo/cookie_or_session.html", context
    )
