"""The session views of the notes, mended where they must be."""

from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)


@require_POST
def set_session(request):
    request.session["user_name"] = "Emmanuel"
    request.session["login_count"] = 1
    return HttpResponse("Session set")


@require_safe
def get_session(request):
    name = request.session.get("user_name", "nobody")
    count = request.session.get("login_count", 0)
    return HttpResponse(format_html("Name: {}, Count: {}", name, count))


@require_POST
def update_session(request):
    count = request.session.get("login_count", 0)
    request.session["login_count"] = count + 1
    return HttpResponse("Session updated")


@require_POST
def delete_session(request):
    request.session.flush()  # data, row, key and cookie
    return HttpResponse("Session cleared")


@require_http_methods(["GET", "HEAD", "POST"])
def login_view(request):
    if request.method == "POST":
        name = request.POST.get("username")
        word = request.POST.get("password")
        user = authenticate(request, username=name, password=word)
        if user is None:
            return HttpResponse("Wrong password", status=403)
        login(request, user)  # gives a stranger a new key
        return redirect("dashboard")
    return HttpResponse("Here is the form to sign in")


@require_safe
@login_required(login_url="login")
def dashboard(request):
    return HttpResponse("Welcome to dashboard")
