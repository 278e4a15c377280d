"""A toy shop and a news site, both with an image that notes who has seen it."""

from csp.decorators import csp_update
from django.core.cache import cache
from django.shortcuts import render
from django.views.decorators.http import require_safe

from course.addresses import BOTH_SITES, other_site


@require_safe
def shop(request, article):
    """Show a page of a toy shop, with an image that notes who has seen it."""
    return render(
        request,
        "cookies_demo/experiments/shop.html",
        {"article": article},
    )


@csp_update({"img-src": BOTH_SITES})
@require_safe
def news(request):
    """Show a page with an image from the site at the other name, as a tracker would have it."""
    context = {"other": other_site(request)}
    return render(
        request, "cookies_demo/experiments/news.html", context
    )


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
    response = render(
        request, image, context, content_type="image/svg+xml"
    )
    response["Cache-Control"] = "no-store"
    return response
