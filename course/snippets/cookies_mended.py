"""The cookie views of the notes, mended where they must be."""

import secrets

from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)


@require_POST
def set_cookie(request):
    response = HttpResponse("Cookie set")
    response.set_cookie(
        key="user_name",
        value="Emmanuel",
        max_age=3600,  # 1 hour
    )
    return response


@require_safe
def get_cookie(request):
    name = request.COOKIES.get("user_name", "nobody")
    return HttpResponse(format_html("User name: {}", name))


@require_POST
def delete_cookie(request):
    response = HttpResponse("Cookie deleted")
    response.delete_cookie("user_name")  # Path=/, as it was set
    return response


@require_POST
def secure_cookie(request):
    response = HttpResponse("Secure cookie set")
    response.set_cookie(
        "session_token",
        secrets.token_urlsafe(32),
        httponly=True,
        secure=True,
        samesite="Lax",
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def login_view(request):
    if request.method == "POST":
        name = request.POST.get("username")
        word = request.POST.get("password")
        user = authenticate(request, username=name, password=word)
        if user is None:
            return HttpResponse("Wrong password", status=403)
        response = redirect("dashboard")
        response.set_signed_cookie(
            "remembered_user",
            user.pk,
            max_age=7 * 24 * 60 * 60,
            httponly=True,
            samesite="Lax",
        )
        return response
    return HttpResponse("Here is the form to sign in")


@require_safe
def dashboard(request):
    week = 7 * 24 * 60 * 60
    user_id = request.get_signed_cookie(
        "remembered_user", default=None, max_age=week
    )
    if user_id is None:
        return redirect("login")
    return HttpResponse("Welcome back")
