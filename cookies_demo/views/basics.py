"""Set, read, change and delete."""

from urllib.parse import quote, unquote

from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from cookies_demo.forms import NameForm


@require_http_methods(["GET", "HEAD", "POST"])
def set_cookie(request):
    """Ask the browser to keep a name for an hour."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        response = redirect("cookies_demo:set_cookie")
        user_name = quote(form.cleaned_data["user_name"], safe="")
        response.set_cookie("user_name", user_name, max_age=3600)
        return response
    context = {"form": form}
    return render(request, "cookies_demo/set_cookie.html", context)


@require_safe
def get_cookie(request):
    """Read the name that the browser sent with this request."""
    as_sent = request.COOKIES.get("user_name")
    decoded = unquote(as_sent or "")
    context = {"as_sent": as_sent, "decoded": decoded}
    return render(request, "cookies_demo/get_cookie.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def update_cookie(request):
    """Count visits in the browser: read, add one, set again."""
    visits = request.COOKIES.get("visits", "")
    is_number = visits.isdecimal() and len(visits) < 7
    count = int(visits) if is_number else 0
    if request.method == "POST":
        response = redirect("cookies_demo:update_cookie")
        response.set_cookie("visits", count + 1)
        return response
    context = {"count": count}
    return render(request, "cookies_demo/update_cookie.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_cookie(request):
    """Set the name again, with a date in the past."""
    if request.method == "POST":
        response = redirect("cookies_demo:delete_cookie")
        if request.POST.get("action") == "store":
            response.set_cookie("user_name", "Ada")
        else:
            response.delete_cookie("user_name")
        return response
    context = {"user_name": request.COOKIES.get("user_name")}
    return render(request, "cookies_demo/delete_cookie.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_with_path(request):
    """Set a cookie with a path, then delete it without and with it."""
    template = "cookies_demo/delete_with_path.html"
    if request.method != "POST":
        return render(request, template)
    response = redirect("cookies_demo:delete_with_path")
    action = request.POST.get("action")
    if action == "set":
        response.set_cookie("note", "narrow", path=request.path)
    elif action == "set_everywhere":
        response.set_cookie("note", "wide")
    elif action == "delete":
        response.delete_cookie("note")
    elif action == "delete_with_path":
        response.delete_cookie("note", path=request.path)
    else:
        context = {"error": "Choose one of the four buttons."}
        return render(request, template, context, status=400)
    return response
