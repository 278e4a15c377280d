"""A page that forges requests, and views that obey or refuse them."""

from csp.decorators import csp_update
from django.conf import settings
from django.core.cache import cache
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from course.addresses import BOTH_SITES, other_site
from course.messages import message


@csp_update({"form-action": BOTH_SITES})
@require_safe
def prize(request):
    """Promise a prize, and forge two requests."""
    context = {"other": other_site(request)}
    response = render(
        request, "cookies_demo/experiments/prize.html", context
    )
    # What browsers do by themselves. Django's `same-origin` would
    # hide this page's origin.
    response["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


@csrf_exempt
@require_POST
def unprotected_transfer(request):
    """Send 10 from the cookie's account, whoever asks for it."""
    account = request.get_signed_cookie("toy_account", default=None)
    transfers = cache.get(f"toy_account:{account}")
    if transfers is None:
        return no_account(request)
    transfers = [*transfers[-9:], request.headers.get("Origin", "")]
    cache.set(f"toy_account:{account}", transfers, 60 * 60)
    return redirect("cookies_demo:forged_request")


@require_POST
def protected_transfer(request):
    """Send 10 from the cookie's account, if the token came."""
    account = request.get_signed_cookie("toy_account", default=None)
    transfers = cache.get(f"toy_account:{account}")
    if transfers is None:
        return no_account(request)
    transfers = [*transfers[-9:], request.headers.get("Origin", "")]
    cache.set(f"toy_account:{account}", transfers, 60 * 60)
    return redirect("cookies_demo:forged_request")


def no_account(request):
    """Answer that no account was named, and say who asked."""
    origin = request.headers.get("Origin", "(not said)")
    if "toy_account" in request.COOKIES:
        lead = "The server does not know the `toy_account` that came."
        why = "It forgets an account after an hour. Open a new one."
    else:
        lead = "No `toy_account` cookie came with this POST."
        why = (
            "“Your browser sends” may show one all the same: the panel "
            "asks again by itself, and its own request starts here."
        )
    return message(
        request,
        403,
        "Nobody to take money from",
        f"{lead} Nothing was sent.",
        f"The page that asked for it is of `{origin}`.",
        why,
        back="cookies_demo:forged_request",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def form_without_token(request):
    """Show a form without a token; a POST deletes csrftoken."""
    if request.method == "POST":
        response = redirect("cookies_demo:form_without_token")
        response.delete_cookie(
            settings.CSRF_COOKIE_NAME, samesite="Lax"
        )
        return response
    return render(
        request, "cookies_demo/experiments/form_without_token.html"
    )
