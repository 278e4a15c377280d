"""Pages to visit, because their paths and hosts are the lesson."""

from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from course.addresses import OTHER_NAMES, address_at


@require_safe
def scope_page(request):
    """Show which of the lesson's cookies came to this path."""
    return render(request, "cookies_demo/experiments/scope_page.html")


@require_http_methods(["GET", "HEAD", "POST"])
def scope_host(request):
    """Set a cookie for this host, and one for its subdomains too."""
    if request.method == "POST":
        response = redirect(request.get_full_path())
        app = "app.localhost"
        response.set_cookie("for_host", "1", max_age=600)
        response.set_cookie("for_domain", "1", max_age=600, domain=app)
        return response
    # The lesson links here with the host that its reader is at.
    home, _ = split_domain_port(request.GET.get("from", ""))
    home = home if home in OTHER_NAMES else "localhost"
    lesson = reverse("cookies_demo:cookie_scope")
    context = {
        "home": home,
        "back": address_at(request, home, lesson),
    }
    template = "cookies_demo/experiments/scope_host.html"
    return render(request, template, context)
