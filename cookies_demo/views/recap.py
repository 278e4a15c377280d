"""Look back at cookies."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def cookie_recap(request):
    """Look once more at what this request brought, and how much."""
    header = request.headers.get("Cookie", "")
    context = {"size": len(header), "names": list(request.COOKIES)}
    return render(request, "cookies_demo/cookie_recap.html", context)
