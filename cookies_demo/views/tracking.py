"""Follow a visitor by a number, and ask first."""

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def tracking(request):
    """Give this browser a number if it agrees, and take it back when asked to."""
    visitor = request.get_signed_cookie("visitor", default=None)
    if request.method == "POST":
        answer = request.POST.get("answer")
        response = redirect("cookies_demo:tracking")
        number = get_random_string(12)
        if answer == "here":
            response.set_signed_cookie(
                "visitor", number, samesite="Lax"
            )
        elif answer == "everywhere":
            response.set_signed_cookie(
                "visitor", number, samesite="None", secure=True
            )
        elif answer == "withdraw":
            cache.delete(f"visitor:{visitor}")
            response.delete_cookie("visitor")
        elif answer != "no":
            context = {"error": "Choose one of the buttons."}
            return render(
                request,
                "cookies_demo/tracking.html",
                context,
                status=400,
            )
        return response
    context = {
        "visitor": visitor,
        "seen": cache.get(f"visitor:{visitor}", []),
    }
    return render(request, "cookies_demo/tracking.html", context)
