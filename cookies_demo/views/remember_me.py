"""Be remembered: by a word that anyone can type, and by a signed one."""

from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)


@require_http_methods(["GET", "HEAD", "POST"])
def remember_me(request):
    """Remember you for a week, with a word that anyone can type or with a signed one."""
    if request.method == "POST":
        response = redirect("cookies_demo:welcome")
        max_age = (
            7 * 24 * 60 * 60 if "max_age" in request.POST else None
        )
        kind = request.POST.get("remember_me")
        if kind == "plain":
            response.set_cookie("remember_me", "yes", max_age=max_age)
        elif kind == "signed":
            response.set_signed_cookie(
                "remember_me_signed", "yes", max_age=max_age
            )
        else:
            context = {"error": "Choose one of the two buttons."}
            return render(
                request,
                "cookies_demo/remember_me.html",
                context,
                status=400,
            )
        return response
    return render(request, "cookies_demo/remember_me.html")


@require_safe
def welcome(request):
    """Let in whoever brings the plain word or the signed one; turn others away."""
    week = 7 * 24 * 60 * 60
    plain = request.COOKIES.get("remember_me") == "yes"
    signed = (
        request.get_signed_cookie(
            "remember_me_signed", default=None, max_age=week
        )
        == "yes"
    )
    context = {"plain": plain, "signed": signed}
    status = 200 if plain or signed else 403
    return render(
        request, "cookies_demo/welcome.html", context, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def forget_me(request):
    """Forget you again: delete both cookies."""
    if request.method == "POST":
        response = redirect("cookies_demo:remember_me")
        response.delete_cookie("remember_me")
        response.delete_cookie("remember_me_signed")
        return response
    return render(request, "cookies_demo/forget_me.html")
