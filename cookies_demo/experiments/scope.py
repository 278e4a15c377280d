"""Pages to visit, because their paths and hosts are the lesson."""

from course.addresses import OTHER_NAMES, address_at
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)


@require_safe
def scope_page(request):
    """Show which of the lesson's cookies came to this path."""
    template = "cookies_demo/experiments/scope_page.html"
    context = {"cookies": request.COOKIES}
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def scope_host(request):
    """Set a cookie for this host, and one for its subdomains too."""
    if request.method == "POST":
        response = redirect(request.get_full_path())
        domain = "app.localhost"
        response.set_cookie("for_host", "1", max_age=600)
        response.set_cookie(
            "for_domain", "1", max_age=600, domain=domain
        )
        return response
    # The lesson links here with the host that its reader is at.
    came_from = request.GET.get("from")
    home = came_from if came_from in OTHER_NAMES else "localhost"
    lesson = reverse("cookies_demo:cookie_scope")
    context = {
        "cookies": request.COOKIES,
        "home": home,
        "back": address_at(request, home, lesson),
    }
    template = "cookies_demo/experiments/scope_host.html"
    return render(request, template, context)
