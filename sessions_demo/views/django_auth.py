"""Sign in and out with django.contrib.auth, and change a password."""

from django.contrib.auth import (
    authenticate,
    login,
    logout,
    update_session_auth_hash,
)
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.accounts import THROW_AWAY, two_sessions
from sessions_demo.forms import LoginForm


@require_http_methods(["GET", "HEAD", "POST"])
def django_login(request):
    """Check a password, and sign in with Django's own login."""
    form = LoginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user)
            return redirect("sessions_demo:django_login")
        form.add_error(None, "No user has this name and this password.")
    names = [
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "user_name",
    ]
    stored = [(name, request.session.get(name)) for name in names]
    context = {"form": form, "stored": stored}
    template = "sessions_demo/django_login.html"
    status = 400 if form.errors else 200
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def django_logout(request):
    """Sign out with Django's logout; list what the session holds."""
    if request.method == "POST":
        logout(request)
        return redirect("sessions_demo:django_logout")
    context = {"names": sorted(request.session.keys())}
    return render(request, "sessions_demo/django_logout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request):
    """Change a password, and tell this session of it or not."""
    user = request.user
    error = None
    if request.method == "POST":
        if user.username.startswith(THROW_AWAY):
            user.set_password(get_random_string(20))
            user.save()
            if "tell_this_session" in request.POST:
                update_session_auth_hash(request, user)
            return redirect("sessions_demo:password_change")
        error = "Make a throw-away account first."
    context = {"error": error, **two_sessions(request)}
    template = "sessions_demo/password_change.html"
    status = 400 if error else 200
    return render(request, template, context, status=status)
