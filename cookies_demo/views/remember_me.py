"""Be remembered, by a word that anyone can type or by a signed one."""

from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)


@require_http_methods(["GET", "HEAD", "POST"])
def remember_me(request):
    """Remember you, by a word that anyone can type or a signed one."""
    context = {}
    if request.method == "POST":
        week = 7 * 24 * 60 * 60
        max_age = week if "max_age" in request.POST else None
        response = redirect("cookies_demo:remember_me")
        kind = request.POST.get("remember_me")
        if kind == "plain":
            response.set_cookie("remember_me", "yes", max_age=max_age)
            return response
        if kind == "signed":
            response.set_signed_cookie(
                "remember_me_signed", "yes", max_age=max_age
            )
            return response
        context["error"] = "Choose one of the two buttons."
    template = "cookies_demo/remember_me.html"
    status = 400 if context else 200
    return render(request, template, context, status=status)


@require_safe
def welcome(request):
    """Let in whoever brings the plain word or the signed one."""
    week = 7 * 24 * 60 * 60
    plain = request.COOKIES.get("remember_me")
    signed = request.get_signed_cookie(
        "remember_me_signed", default=None, max_age=week
    )
    is_known = plain == "yes" or signed == "yes"
    return render(
        request,
        "cookies_demo/welcome.html",
        {"plain": plain, "signed": signed, "is_known": is_known},
        status=200 if is_known else 403,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def forget_me(request):
    """Forget you again: delete both cookies."""
    if request.method == "POST":
        response = redirect("cookies_demo:forget_me")
        response.delete_cookie("remember_me")
        response.delete_cookie("remember_me_signed")
        return response
    return render(request, "cookies_demo/forget_me.html")
