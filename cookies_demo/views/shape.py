"""What a cookie may look like: its size, its name, the characters of its value."""

import json
from urllib.parse import quote

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_limits(request):
    """Set a cookie of the size that you choose, and measure what comes back."""
    if request.method == "POST":
        response = redirect("cookies_demo:cookie_limits")
        size = request.POST.get("size")
        if size in ("1000", "4096", "4097", "5000"):
            response.set_cookie("asked", size, path=request.path)
            response.set_cookie("grown", "x" * (int(size) - len("grown")), path=request.path)
        elif size == "0":
            response.delete_cookie("asked", path=request.path)
            response.delete_cookie("grown", path=request.path)
        else:
            context = {"error": "Choose one of the five buttons."}
            return render(request, "cookies_demo/cookie_limits.html", context, status=400)
        return response
    grown = request.COOKIES.get("grown")
    size = len("grown" + grown) if grown else None
    header = len(request.META.get("HTTP_COOKIE", ""))
    context = {"asked": request.COOKIES.get("asked"), "size": size, "header": header}
    return render(request, "cookies_demo/cookie_limits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def name_prefixes(request):
    """Set six cookies: the browser keeps those that keep the promise of their name."""
    if request.method == "POST":
        response = redirect("cookies_demo:name_prefixes")
        action = request.POST.get("action")
        if action == "set":
            response.set_cookie("ordinary", "1", path=request.path)
            response.set_cookie("__Secure-without", "1", path=request.path)
            response.set_cookie("__Secure-with", "1", path=request.path, secure=True)
            response.set_cookie("__Host-path", "1", path=request.path, secure=True)
            response.set_cookie("__Host-domain", "1", domain="localhost", secure=True)
            response.set_cookie("__Host-with", "1", secure=True)
        elif action == "expire":
            response.set_cookie("__Host-with", "", max_age=0)
        elif action == "delete":
            response.delete_cookie("__Host-with")
        else:
            context = {"error": "Choose one of the three buttons."}
            return render(request, "cookies_demo/name_prefixes.html", context, status=400)
        return response
    return render(request, "cookies_demo/name_prefixes.html", {"cookies": request.COOKIES})


@require_http_methods(["GET", "HEAD", "POST"])
def cookie_encoding(request):
    """Send awkward characters on a round trip, and look at what comes back."""
    texts = {"spaces": "a b c", "comma": "a,b", "quotes": 'say "hi"', "accent": "café"}
    texts |= {"semicolon": "a; Path=/x", "encoded": quote("5 €"), "json": '{"size": 2}'}
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
        rows.append((name, text, sent, header.get(name), request.COOKIES.get(name)))
    try:
        parsed = repr(json.loads(request.COOKIES.get("json", "null")[:100]))
    except ValueError as error:
        parsed = f"{type(error).__name__}: {error}"
    context = {"rows": rows, "parsed": parsed}
    return render(request, "cookies_demo/cookie_encoding.html", context)
