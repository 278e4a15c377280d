"""Pages below the lesson on scope, because their paths are what it is about."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def scope_page(request):
    """Show which of the lesson's cookies came to this path of this host."""
    context = {"cookies": request.COOKIES}
    return render(
        request, "cookies_demo/experiments/scope_page.html", context
    )
