"""Which characters a cookie's value may have."""

import json
from urllib.parse import quote

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_encoding(request):
    """Send awkward characters, and look at what comes back."""
    texts = {
        "comma": "a, b",
        "quotes": 'say "hi"',
        "accent": "café",
        "semicolon": "a; Path=/x",
        "encoded": quote("5 €"),
        "json": '{"size": 2}',
    }
    if request.method == "POST":
        response = redirect("cookies_demo:cookie_encoding")
        for name, text in texts.items():
            response.set_cookie(name, text, path=request.path)
        return response
    try:
        parsed = json.loads(request.COOKIES.get("json", "null")[:100])
    except ValueError as error:
        parsed = error
    context = {"texts": texts, "parsed": repr(parsed)}
    return render(request, "cookies_demo/cookie_encoding.html", context)
