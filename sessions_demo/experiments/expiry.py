"""A short cut through two weeks."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from course.messages import message
from sessions_demo.apparatus.clocks import (
    remember_keys,
    short_lived_keys,
)


@require_POST
def expire_soon(request):
    """Let this browser's row expire in five seconds."""
    if "note" not in request.session:
        return message(
            request,
            400,
            "There is no note to lose",
            "Press “Store a note” first, then “Expire in 5 s”.",
            back="sessions_demo:clear_expired",
        )
    key = request.session.session_key
    soon = timezone.now() + timedelta(seconds=5)
    Session.objects.filter(pk=key).update(expire_date=soon)
    response = redirect("sessions_demo:clear_expired")
    remember_keys(response, [key, *short_lived_keys(request)])
    return response
