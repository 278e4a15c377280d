"""What the lessons need besides themselves: pages to visit, and views to compare with."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def scope_page(request):
    """Show which of the lesson's cookies came to this path of this host."""
    context = {"cookies": request.COOKIES}
    return render(request, "cookies_demo/experiments/scope_page.html", context)
