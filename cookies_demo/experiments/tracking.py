"""A toy shop and a news site, with an image that notes who saw it."""

from csp.decorators import csp_update
from django.core.cache import cache
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from course.addresses import BOTH_SITES, other_site


@require_safe
def shop(request, article):
    """Show a page of a toy shop, with an image that notes it."""
    return render(
        request,
        "cookies_demo/experiments/shop.html",
        {"article": article},
    )


@require_POST
def withdraw(request):
    """Forget a visitor: first the list, and then the number."""
    visitor = request.get_signed_cookie("visitor", default=None)
    cache.delete(f"visitor:{visitor}")
    response = redirect("cookies_demo:tracking")
    response.delete_cookie("visitor")
    return response


@csp_update({"img-src": BOTH_SITES})
@require_safe
def news(request):
    """Show a page with the image of the site at the other name."""
    context = {"other": other_site(request)}
    return render(
        request, "cookies_demo/experiments/news.html", context
    )


@require_safe
def tracking_image(request, page):
    """Note the page under the number that came, and draw it."""
    visitor = request.get_signed_cookie("visitor", default=None)
    seen = cache.get(f"visitor:{visitor}", [])
    if visitor and page != "lesson":
        seen = [*seen[-19:], page]
        cache.set(f"visitor:{visitor}", seen, 60 * 60)
    context = {"visitor": visitor, "seen": seen}
    image = "cookies_demo/experiments/tracking_image.svg"
    response = render(
        request, image, context, content_type="image/svg+xml"
    )
    response["Cache-Control"] = "no-store"
    return response
