"""Ways into the welcome page, stricter readings, the notes' flow."""

from django.core.management.utils import get_random_secret_key
from django.core.signing import BadSignature, TimestampSigner
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from course.messages import message


@require_POST
def welcome_door(request):
    """Change what your browser brings to the welcome page."""
    response = redirect("cookies_demo:welcome")
    door = request.POST.get("door")
    if door == "plain":
        response.set_cookie("remember_me", "yes")
    elif door == "signed":
        response.set_signed_cookie("remember_me_signed", "yes")
    elif door == "made_up":
        value = "yes:1abcde:made-up-signature"
        response.set_cookie("remember_me_signed", value)
    elif door == "stranger":
        response.delete_cookie("remember_me")
        response.delete_cookie("remember_me_signed")
    else:
        return message(
            request,
            400,
            "There is no such door",
            "Nothing was changed.",
            "Choose one of the buttons of the lesson.",
            back="cookies_demo:welcome",
        )
    return response


@require_POST
def remembered_again(request):
    """Set both cookies, so that there are two to forget."""
    response = redirect("cookies_demo:forget_me")
    response.set_cookie("remember_me", "yes")
    response.set_signed_cookie("remember_me_signed", "yes")
    return response


@require_safe
def stricter_readings(request):
    """Read one signed cookie in the four ways a server might."""
    name = "remember_me_signed"
    week = 7 * 24 * 60 * 60
    read = request.get_signed_cookie
    other_key = TimestampSigner(
        key="django.http.cookies" + get_random_secret_key(),
        salt="django.http.cookies.v2:0:" + name,
        fallback_keys=[],
    )
    cookie = request.COOKIES.get(name, "")
    try:
        with_other_key = other_key.unsign(cookie)
    except BadSignature:
        with_other_key = None
    context = {
        "cookie": cookie,
        "as_now": read(name, default=None, max_age=week),
        "younger": read(name, default=None, max_age=10),
        "other_salt": read(name, default=None, salt="since today"),
        "other_key": with_other_key,
    }
    template = "cookies_demo/experiments/stricter_readings.html"
    return render(request, template, context)


@require_safe
def notes_dashboard(request):
    """Let in whoever brings the word, as the notes do."""
    if request.COOKIES.get("remembered_by_notes") != "yes":
        return redirect("cookies_demo:notes_login")
    template = "cookies_demo/experiments/notes_dashboard.html"
    return render(request, template)


@require_safe
def notes_login(request):
    """Remember whoever comes, as the notes do. Do not copy this."""
    response = redirect("cookies_demo:notes_dashboard")
    response.set_cookie(
        "remembered_by_notes",
        "yes",
        max_age=7 * 24 * 60 * 60,
        path="/cookies/experiments/notes/",
    )
    return response


@require_POST
def notes_forget(request):
    """Delete the cookie of the notes' flow; go back to the lesson."""
    response = redirect("cookies_demo:remember_me")
    response.delete_cookie(
        "remembered_by_notes", path="/cookies/experiments/notes/"
    )
    return response
