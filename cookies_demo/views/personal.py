"""What sites keep about their readers: a preference, and a number to follow them by."""

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_http_methods

from cookies_demo.forms import PreferencesForm
from demo_site.preferences import preferences_of


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """Keep a theme and a text size for a year, and ask which language to speak."""
    data = request.POST if request.method == "POST" else None
    form = PreferencesForm(data, initial=preferences_of(request))
    if form.is_valid():
        response = redirect("cookies_demo:preferences")
        year = 365 * 24 * 60 * 60
        for name in ("theme", "text_size"):
            value = form.cleaned_data[name]
            response.set_cookie(name, value, max_age=year, samesite="Lax")
        return response
    context = {"form": form, "language": get_language_from_request(request)}
    return render(request, "cookies_demo/preferences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tracking(request):
    """Give this browser a number if it agrees, and take it back when asked to."""
    visitor = request.get_signed_cookie("visitor", default=None)
    if request.method == "POST":
        answer = request.POST.get("answer")
        response = redirect("cookies_demo:tracking")
        number = get_random_string(12)
        if answer == "here":
            response.set_signed_cookie("visitor", number, samesite="Lax")
        elif answer == "everywhere":
            response.set_signed_cookie("visitor", number, samesite="None", secure=True)
        elif answer == "withdraw":
            cache.delete(f"visitor:{visitor}")
            response.delete_cookie("visitor")
        elif answer != "no":
            context = {"error": "Choose one of the buttons."}
            return render(request, "cookies_demo/tracking.html", context, status=400)
        return response
    context = {"visitor": visitor, "seen": cache.get(f"visitor:{visitor}", [])}
    return render(request, "cookies_demo/tracking.html", context)
