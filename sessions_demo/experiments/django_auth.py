"""Signing in again, and a throw-away account to change passwords of."""

from datetime import timedelta

from django.contrib.auth import authenticate, get_user, login, logout
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_POST

from course.messages import message
from sessions_demo.apparatus.accounts import (
    PASSWORD,
    THROW_AWAY,
    USERNAMES,
)
from sessions_demo.forms import LoginForm

ONE_DAY = timedelta(days=1)
LOGIN = "sessions_demo:django_login"
PASSWORD_CHANGE = "sessions_demo:password_change"


@require_POST
def sign_in_over(request):
    """Sign in over whoever is signed in, and note what was before."""
    form = LoginForm(request.POST)
    user = None
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
    if user is None:
        lead = "The form named no account of this site."
        title = "Nobody was signed in"
        return message(request, 400, title, lead, back=LOGIN)
    before = {
        "user": request.user.get_username(),
        "key": request.session.session_key,
        "user_name": request.session.get("user_name"),
    }
    login(request, user)
    request.session["before_login"] = before
    return redirect(LOGIN)


@require_POST
def begin_as_a_stranger(request):
    """Sign out, store a name, and come back to signing in twice."""
    request.session.flush()
    request.session["user_name"] = "Ada"
    return redirect(LOGIN)


@require_POST
def sign_in_to_sign_out(request):
    """Store a name, sign in as ada, and go where you can sign out."""
    user = authenticate(
        request, username=USERNAMES[0], password=PASSWORD
    )
    if user is None:
        return message(
            request,
            400,
            "Nobody was signed in",
            "This site’s database has no account `ada`.",
            back="sessions_demo:django_logout",
        )
    login(request, user)
    request.session["user_name"] = "Ada"
    return redirect("sessions_demo:django_logout")


@require_POST
def make_account(request):
    """Make an account for this browser, signed in here and there."""
    accounts = User.objects.filter(username__startswith=THROW_AWAY)
    forgotten = timezone.now() - ONE_DAY
    accounts.filter(date_joined__lt=forgotten).delete()
    name = THROW_AWAY + get_random_string(12)
    user = User.objects.create_user(
        name, password=get_random_string(20)
    )
    login(request, user)
    other = HttpRequest()
    other.session = SessionStore()
    login(other, user)
    other.session.set_expiry(ONE_DAY)
    other.session.save()
    request.session["other_browser"] = other.session.session_key
    return redirect(PASSWORD_CHANGE)


@require_POST
def other_browser(request):
    """Do what Django does when the other browser asks for a page."""
    key = request.session.get("other_browser")
    if key is None:
        return no_account(request)
    other = HttpRequest()
    other.session = SessionStore(key)
    name = get_user(other).get_username() or "nobody"
    request.session["other_browser_saw"] = name
    return redirect(PASSWORD_CHANGE)


@require_POST
def change_and_sign_in(request):
    """Change the password, then sign in instead of telling."""
    user = request.user
    if not user.username.startswith(THROW_AWAY):
        return no_account(request)
    other_browser = request.session.get("other_browser")
    user.set_password(get_random_string(20))
    user.save()
    login(request, user)
    # The page needs this one for its table.
    request.session["other_browser"] = other_browser
    return redirect(PASSWORD_CHANGE)


@require_POST
def delete_account(request):
    """Delete the throw-away account and both of its sessions."""
    if not request.user.username.startswith(THROW_AWAY):
        return no_account(request)
    SessionStore(request.session.get("other_browser")).delete()
    request.user.delete()
    logout(request)
    return redirect(PASSWORD_CHANGE)


def no_account(request):
    """Return a page that says why nothing was done."""
    return message(
        request,
        400,
        "You have no throw-away account here",
        "So nothing was changed.",
        "Press “Make an account” on the lesson’s page first.",
        back=PASSWORD_CHANGE,
    )
