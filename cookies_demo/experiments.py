"""What the lessons need besides themselves: pages to visit, and views to compare with."""

import base64

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cookies_demo.other_site import BOTH_SITES, COOKIES, note_arrival, other_origin

# The smallest GIF: one transparent pixel
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

# Scope, rights, limits and encoding


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


# Tracking


@require_safe
def shop(request, article):
    """Show a page of a toy shop, with an image that notes who has seen it."""
    return render(request, "cookies_demo/experiments/shop.html", {"article": article})


@csp_update({"img-src": BOTH_SITES})
@require_safe
def news(request):
    """Show a page with an image from the site at the other name, as a tracker would have it."""
    context = {"other": other_origin(request)}
    return render(request, "cookies_demo/experiments/news.html", context)


@require_safe
def tracking_image(request, page):
    """Note the page for the visitor whose cookie came, and draw what came."""
    visitor = request.get_signed_cookie("visitor", default=None)
    seen = cache.get(f"visitor:{visitor}", [])
    if visitor and page != "lesson":
        seen = [*seen[-19:], page]
        cache.set(f"visitor:{visitor}", seen, 60 * 60)
    context = {"visitor": visitor, "seen": seen}
    image = "cookies_demo/experiments/tracking_image.svg"
    response = render(request, image, context, content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    return response


# SameSite


@csp_update(
    {
        "img-src": BOTH_SITES,
        "frame-src": BOTH_SITES,
        "connect-src": BOTH_SITES,
        "form-action": BOTH_SITES,
    }
)
@require_safe
def stranger(request, run):
    """Send five kinds of requests to the site at the other name, as any page could."""
    context = {"other": other_origin(request), "run": run}
    return render(request, "cookies_demo/experiments/stranger.html", context)


@csrf_exempt
@xframe_options_exempt
@csp_replace({"frame-ancestors": BOTH_SITES})
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request, run, kind):
    """Note which of the four cookies came with this request."""
    if (request.method == "POST") != (kind == "post"):
        raise Http404
    came = [name for name in COOKIES if request.COOKIES.get(name) == run]
    note_arrival(run, kind, came)
    if kind == "image":
        return HttpResponse(PIXEL, content_type="image/gif")
    if kind == "fetch":
        return HttpResponse(status=204)
    if kind == "frame":
        return render(request, "cookies_demo/experiments/frame.html", {"came": came})
    return redirect(reverse("cookies_demo:samesite") + "#try")


# Forged requests


@csp_update({"form-action": BOTH_SITES})
@require_safe
def prize(request):
    """Promise a prize, and send money from an account at the other name instead."""
    context = {"other": other_origin(request)}
    response = render(request, "cookies_demo/experiments/prize.html", context)
    # What browsers do by themselves. Django's `same-origin` would hide this page's origin.
    response["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


@csrf_exempt
@require_POST
def unprotected_transfer(request):
    """Send 10 from the account that the cookie names, whoever asks for it."""
    account = request.get_signed_cookie("toy_account", default=None)
    transfers = cache.get(f"toy_account:{account}")
    if transfers is None:
        return render(request, "cookies_demo/experiments/no_account.html", status=403)
    transfers = [*transfers[-9:], request.headers.get("Origin", "")]
    cache.set(f"toy_account:{account}", transfers, 60 * 60)
    return redirect("cookies_demo:forged_request")


@require_POST
def protected_transfer(request):
    """Send 10 from the account that the cookie names, if the form had the token."""
    account = request.get_signed_cookie("toy_account", default=None)
    transfers = cache.get(f"toy_account:{account}")
    if transfers is None:
        return render(request, "cookies_demo/experiments/no_account.html", status=403)
    transfers = [*transfers[-9:], request.headers.get("Origin", "")]
    cache.set(f"toy_account:{account}", transfers, 60 * 60)
    return redirect("cookies_demo:forged_request")


@require_http_methods(["GET", "HEAD", "POST"])
def form_without_token(request):
    """Show a form that forgot its token; delete csrftoken first if asked to."""
    if request.method == "POST":
        response = redirect("cookies_demo:form_without_token")
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
        return response
    return render(request, "cookies_demo/experiments/form_without_token.html")
