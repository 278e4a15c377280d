"""The right to administer, kept where the visitor cannot write."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def rights_on_the_server(request):
    """Keep on the server who is an administrator, where the visitor cannot write."""
    if request.method == "POST":
        request.session["is_admin"] = False
        return redirect("cookies_demo:rights_on_the_server")
    is_admin = request.session.get("is_admin", False)
    context = {
        "is_admin": is_admin,
        "claim": request.COOKIES.get("is_admin"),
    }
    return render(
        request,
        "cookies_demo/experiments/rights_on_the_server.html",
        context,
    )
