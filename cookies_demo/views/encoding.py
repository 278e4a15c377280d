"""Which characters a cookie's value may have."""

import json
from urllib.parse import quote

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_encoding(request):
    """Send awkward characters on a round trip, and look at what comes back."""
    texts = {
        "spaces": "a b c",
        "comma": "a,b",
        "quotes": 'say "hi"',
        "accent": "café",
    }
    texts |= {
        "semicolon": "a; Path=/x",
        "encoded": quote("5 €"),
        "json": '{"size": 2}',
    }
    response = redirect("cookies_demo:cookie_encoding")
    for name, text in texts.items():
        response.set_cookie(name, text, path=request.path)
    if request.method == "POST":
        return response
    pairs = request.META.get("HTTP_COOKIE", "").split("; ")
    header = dict(pair.partition("=")[::2] for pair in pairs)
    rows = []
    for name, text in texts.items():
        sent = response.cookies[name].coded_value
        rows.append(
            (
                name,
                text,
                sent,
                header.get(name),
                request.COOKIES.get(name),
            )
        )
    try:
        parsed = repr(
            json.loads(request.COOKIES.get("json", "null")[:100])
        )
    except ValueError as error:
        parsed = f"{type(error).__name__}: {error}"
    context = {"rows": rows, "parsed": parsed}
    return render(request, "cookies_demo/cookie_encoding.html", context)
