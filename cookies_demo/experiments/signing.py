"""The right kept on the server, and a signature made by a stranger."""

from django.core.signing import TimestampSigner
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from course.messages import message

# It stands in the settings file, where anyone can read it.
PUBLIC_KEY = "public-key-for-local-use-only"


@require_http_methods(["GET", "HEAD", "POST"])
def rights_on_the_server(request):
    """Keep the right where the visitor cannot write to it."""
    if request.method == "POST":
        request.session["is_admin"] = False
        return redirect("cookies_demo:rights_on_the_server")
    context = {
        "is_admin": request.session.get("is_admin", False),
        "is_kept": "is_admin" in request.session,
        "claim": request.COOKIES.get("is_admin"),
    }
    template = "cookies_demo/experiments/rights_on_the_server.html"
    return render(request, template, context)


@require_POST
def remove_rights(request):
    """Remove the right, and the session if nothing else is in it."""
    request.session.pop("is_admin", None)
    if not request.session.keys():
        request.session.flush()
    return redirect("cookies_demo:rights_on_the_server")


@require_POST
def forged_cookie(request):
    """Sign as a stranger does who has read this site's source."""
    keys = {"public": PUBLIC_KEY, "made_up": "some-key-or-other"}
    forgeries = {
        "discount": ("99", "cookies_demo:signed_cookie"),
        "remember_me_signed": ("yes", "cookies_demo:welcome"),
    }
    key = keys.get(request.POST.get("key"))
    name = request.POST.get("cookie")
    if key is None or name not in forgeries:
        return message(
            request,
            400,
            "There is no such forgery",
            "Nothing was changed.",
            "Choose one of the buttons of the lesson.",
            back="cookies_demo:signed_cookie",
        )
    value, lesson = forgeries[name]
    # How Django signs a cookie stands in django/core/signing.py.
    signer = TimestampSigner(
        key="django.http.cookies" + key,
        salt="django.http.cookies.v2:0:" + name,
        fallback_keys=[],
    )
    path = "/cookies/signed/" if name == "discount" else "/"
    response = redirect(lesson)
    response.set_cookie(name, signer.sign(value), path=path)
    return response
