"""What the lessons need besides themselves: pages to visit, and views to compare with."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe


@require_safe
def scope_page(request):
    """Show which of the lesson's cookies came to this path of this host."""
    context = {"cookies": request.COOKIES}
    return render(request, "cookies_demo/experiments/scope_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rights_on_the_server(request):
    """Keep on the server who is an administrator, where the visitor cannot write."""
    if request.method == "POST":
        request.session["is_admin"] = False
        return redirect("cookies_demo:rights_on_the_server")
    is_admin = request.session.get("is_admin", False)
    context = {"is_admin": is_admin, "claim": request.COOKIES.get("is_admin")}
    return render(request, "cookies_demo/experiments/rights_on_the_server.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def many_cookies(request):
    """Set more small cookies than one host may keep, and count those that come back."""
    template = "cookies_demo/experiments/many_cookies.html"
    is_own_host = request.get_host().split(":")[0] == "many.localhost"
    context = {"is_own_host": is_own_host, "count": len(request.COOKIES)}
    if request.method == "POST":
        response = redirect("cookies_demo:many_cookies")
        amount = request.POST.get("amount")
        # Elsewhere they would push out cookies that somebody needs.
        if not is_own_host or amount not in ("0", "150", "180"):
            context["error"] = "Choose one of the buttons, at many.localhost."
            return render(request, template, context, status=400)
        for number in range(180):
            if number < int(amount):
                response.set_cookie(f"crumb{number}", "x", max_age=60, path=request.path)
            else:
                response.delete_cookie(f"crumb{number}", path=request.path)
        return response
    return render(request, template, context)


@require_POST
def smuggled_attribute(request):
    """Build a path from what a visitor might have typed, and send whatever comes of it."""
    typed = "/cookies/encoding/; Max-Age=5"
    response = redirect("cookies_demo:cookie_encoding")
    response.set_cookie("smuggled", "1", path=typed)
    return response
