"""Follow a visitor by a number, and ask first."""

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def tracking(request):
    """Number this browser if you agree, and show what it saw."""
    page = "cookies_demo/tracking.html"
    visitor = request.get_signed_cookie("visitor", default=None)
    seen = cache.get(f"visitor:{visitor}", [])
    context = {"visitor": visitor, "seen": seen}
    if request.method == "POST":
        answer = request.POST.get("answer")
        response = redirect("cookies_demo:tracking")
        number = get_random_string(12)
        if answer == "here":
            options = {"samesite": "Lax"}
            response.set_signed_cookie("visitor", number, **options)
        elif answer == "everywhere":
            options = {"samesite": "None", "secure": True}
            response.set_signed_cookie("visitor", number, **options)
        elif answer != "no":
            context["error"] = "Choose one of the buttons."
            return render(request, page, context, status=400)
        return response
    return render(request, page, context)
