"""A value that grows on its way, and too many cookies."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)


@require_POST
def many_quotes(request):
    """Set 3000 double quotes, and measure what is sent."""
    lesson = reverse("cookies_demo:cookie_limits")
    response = redirect(lesson)
    response.set_cookie("grown", '"' * 3000, path=lesson)
    sent = response.cookies["grown"].coded_value
    size = len("grown" + sent)
    response.set_cookie("asked", size, path=lesson)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def many_cookies(request):
    """Set more cookies than one domain may keep, and count them."""
    page = "cookies_demo/experiments/many_cookies.html"
    # Elsewhere they would throw out cookies that somebody needs.
    own_host = request.get_host().split(":")[0] == "many.localhost"
    context = {"own_host": own_host, "cookies": request.COOKIES}
    if request.method == "POST":
        response = redirect("cookies_demo:many_cookies")
        amount = request.POST.get("amount")
        if not own_host or amount not in ("0", "150", "180"):
            context["error"] = (
                "Choose one of the buttons, at many.localhost."
            )
            return render(request, page, context, status=400)
        for number in range(180):
            name = f"crumb{number}"
            if number < int(amount):
                response.set_cookie(
                    name, "x", max_age=60, path=request.path
                )
            else:
                response.delete_cookie(name, path=request.path)
        return response
    return render(request, page, context)
