"""What a visitor can write into a cookie, and what a signature does."""

from django.core.signing import BadSignature
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def tampering(request):
    """Believe the cookie about who is an administrator."""
    if request.method == "POST":
        response = redirect("cookies_demo:tampering")
        response.set_cookie("is_admin", "no")
        return response
    is_admin = request.COOKIES.get("is_admin") == "yes"
    context = {"is_admin": is_admin}
    return render(request, "cookies_demo/tampering.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def signed_cookie(request):
    """Sign a discount, and accept it for ten seconds if unchanged."""
    if request.method == "POST":
        response = redirect("cookies_demo:signed_cookie")
        response.set_signed_cookie(
            "discount", "10", max_age=3600, path=request.path
        )
        return response
    context = {"as_sent": request.COOKIES.get("discount")}
    try:
        discount = request.get_signed_cookie("discount", max_age=10)
        context["discount"] = discount
    except KeyError:
        context["refusal"] = "There is no such cookie"
    except BadSignature as error:
        context["refusal"] = f"{type(error).__name__}: {error}"
    return render(request, "cookies_demo/signed_cookie.html", context)
