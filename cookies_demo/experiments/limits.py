"""More cookies than a browser keeps for one site."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def many_cookies(request):
    """Set more small cookies than one host may keep, and count those that come back."""
    template = "cookies_demo/experiments/many_cookies.html"
    is_own_host = request.get_host().split(":")[0] == "many.localhost"
    context = {
        "is_own_host": is_own_host,
        "count": len(request.COOKIES),
    }
    if request.method == "POST":
        response = redirect("cookies_demo:many_cookies")
        amount = request.POST.get("amount")
        # Elsewhere they would push out cookies that somebody needs.
        if not is_own_host or amount not in ("0", "150", "180"):
            context["error"] = (
                "Choose one of the buttons, at many.localhost."
            )
            return render(request, template, context, status=400)
        for number in range(180):
            if number < int(amount):
                response.set_cookie(
                    f"crumb{number}", "x", max_age=60, path=request.path
                )
            else:
                response.delete_cookie(
                    f"crumb{number}", path=request.path
                )
        return response
    return render(request, template, context)
