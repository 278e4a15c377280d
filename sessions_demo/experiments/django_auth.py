"""A throw-away account for the lesson about changing a password."""

from datetime import timedelta

from django.contrib.auth import get_user, login, logout
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_POST

from sessions_demo.apparatus.accounts import THROW_AWAY

ONE_DAY = timedelta(days=1)


@require_POST
def make_account(request):
    """Make an account for this browser alone, and sign in here and in a second session."""
    accounts = User.objects.filter(username__startswith=THROW_AWAY)
    accounts.filter(date_joined__lt=timezone.now() - ONE_DAY).delete()
    name, password = (
        THROW_AWAY + get_random_string(12),
        get_random_string(20),
    )
    user = User.objects.create_user(name, password=password)
    login(request, user)
    other = HttpRequest()
    other.session = SessionStore()
    login(other, user)
    other.session.set_expiry(ONE_DAY)
    other.session.save()
    request.session["other_browser"] = other.session.session_key
    return redirect("sessions_demo:password_change")


@require_POST
def other_browser(request):
    """Do what Django does when the other browser asks for a page that looks at its user."""
    other = HttpRequest()
    other.session = SessionStore(request.session.get("other_browser"))
    user = get_user(other)
    request.session["other_browser_saw"] = (
        user.get_username() or "nobody"
    )
    return redirect("sessions_demo:password_change")


@require_POST
def delete_account(request):
    """Delete this browser's throw-away account and both of its sessions."""
    if request.user.username.startswith(THROW_AWAY):
        SessionStore(request.session.get("other_browser")).delete()
        request.user.delete()
        logout(request)
    return redirect("sessions_demo:password_change")
