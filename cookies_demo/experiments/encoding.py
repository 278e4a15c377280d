"""What happens to values on their way, and a smuggled attribute."""

from http.cookies import SimpleCookie

from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@require_POST
def smuggled_attribute(request):
    """Build a path from what a visitor might have typed."""
    typed = "/cookies/encoding/; Max-Age=5"
    response = redirect("cookies_demo:cookie_encoding")
    response.set_cookie("smuggled", "1", path=typed)
    return response


def round_trip(request, texts):
    """Return a row for each of the cookies `texts`, names with texts.

    `sent` is how `set_cookie()` writes the text, `brought` is what the
    header of this request had for it, and `read` what Django made of
    that. The last two are None for a cookie that did not come.
    """
    brought = {}
    for pair in request.headers.get("Cookie", "").split("; "):
        name, _, value = pair.partition("=")
        brought[name] = value
    return [
        {
            "name": name,
            "text": text,
            "sent": SimpleCookie().value_encode(text)[1],
            "brought": brought.get(name),
            "read": request.COOKIES.get(name),
        }
        for name, text in texts.items()
    ]
