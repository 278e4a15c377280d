"""Which requests a cookie goes with."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_scope(request):
    """Set cookies for three paths, or one without and one with a domain."""
    context = {"cookies": request.COOKIES}
    if request.method == "POST":
        response = redirect("cookies_demo:cookie_scope")
        action = request.POST.get("action")
        if action == "paths":
            response.set_cookie("for_site", "1", max_age=600)
            response.set_cookie(
                "for_lesson", "1", max_age=600, path="/cookies/scope/"
            )
            response.set_cookie(
                "for_shop", "1", max_age=600, path="/cookies/scope/shop"
            )
        elif action == "domain":
            response.set_cookie("for_host", "1", max_age=600)
            response.set_cookie(
                "for_domain", "1", max_age=600, domain="app.localhost"
            )
        else:
            context["error"] = "Choose one of the two buttons."
            return render(
                request,
                "cookies_demo/cookie_scope.html",
                context,
                status=400,
            )
        return response
    return render(request, "cookies_demo/cookie_scope.html", context)
