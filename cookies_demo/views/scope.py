"""Which requests a cookie goes with."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_scope(request):
    """Set cookies for three paths, or with and without a domain."""
    template = "cookies_demo/cookie_scope.html"
    if request.method != "POST":
        return render(request, template)
    response = redirect("cookies_demo:cookie_scope")
    action = request.POST.get("action")
    if action == "paths":
        lesson, shop = "/cookies/scope/", "/cookies/scope/shop"
        response.set_cookie("for_site", "1", max_age=600)
        response.set_cookie("for_lesson", "1", max_age=600, path=lesson)
        response.set_cookie("for_shop", "1", max_age=600, path=shop)
    elif action == "domain":
        app = "app.localhost"
        response.set_cookie("for_host", "1", max_age=600)
        response.set_cookie("for_domain", "1", max_age=600, domain=app)
    else:
        context = {"error": "Choose one of the two buttons."}
        return render(request, template, context, status=400)
    return response
