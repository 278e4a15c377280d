"""Keep what a reader prefers."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_http_methods

from cookies_demo.forms import PreferencesForm
from course.preferences import preferences_of


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """Keep a theme and a text size for a year, for every page."""
    data = request.POST if request.method == "POST" else None
    form = PreferencesForm(data, initial=preferences_of(request))
    if form.is_valid():
        response = redirect("cookies_demo:preferences")
        year = 365 * 24 * 60 * 60
        for name in ("theme", "text_size"):
            value = form.cleaned_data[name]
            response.set_cookie(
                name, value, max_age=year, samesite="Lax"
            )
        return response
    language = get_language_from_request(request)
    context = {"form": form, "language": language}
    page = "cookies_demo/preferences.html"
    status = 400 if form.errors else 200
    return render(request, page, context, status=status)
