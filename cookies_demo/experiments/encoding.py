"""An attribute that a visitor smuggles in."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@require_POST
def smuggled_attribute(request):
    """Build a path from what a visitor might have typed, and send whatever comes of it."""
    typed = "/cookies/encoding/; Max-Age=5"
    response = redirect("cookies_demo:cookie_encoding")
    response.set_cookie("smuggled", "1", path=typed)
    return response
