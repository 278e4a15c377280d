"""Sign in and out with django.contrib.auth, and change a password."""

from django.contrib.auth import (
    HASH_SESSION_KEY,
    authenticate,
    login,
    logout,
    update_session_auth_hash,
)
from django.contrib.sessions.models import Session
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.accounts import THROW_AWAY
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
    names = (
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "user_name",
    )
    stored = [(name, request.session.get(name)) for name in names]
    context = {"form": form, "stored": stored}
    return render(request, "sessions_demo/django_login.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def django_logout(request):
    """Sign out with Django's own logout, and list what the session holds."""
    if request.method == "POST":
        logout(request)
        return redirect("sessions_demo:django_logout")
    names = sorted(request.session.keys())
    return render(
        request, "sessions_demo/django_logout.html", {"names": names}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request):
    """Change the password of a throw-away account, and tell this session or not."""
    mine = request.user.username.startswith(THROW_AWAY)
    my_hash = request.session.get(HASH_SESSION_KEY)
    other = Session.objects.filter(
        pk=request.session.get("other_browser")
    ).first()
    other_hash = (
        other.get_decoded().get(HASH_SESSION_KEY) if other else None
    )
    context = {
        "mine": mine,
        "my_hash": my_hash,
        "other": other,
        "other_hash": other_hash,
    }
    if request.method == "POST":
        if not mine:
            context["error"] = "Make a throw-away account first."
            return render(
                request,
                "sessions_demo/password_change.html",
                context,
                status=400,
            )
        request.user.set_password(get_random_string(20))
        request.user.save()
        if "tell_this_session" in request.POST:
            update_session_auth_hash(request, request.user)
        return redirect("sessions_demo:password_change")
    return render(
        request, "sessions_demo/password_change.html", context
    )
