"""What the basic lessons and those on signing in need besides."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from course.messages import message

# The lessons that have the button
LESSONS = (
    "clear_session",
    "login_by_hand",
    "django_login",
    "django_logout",
    "password_change",
    "session_recap",
)


@require_POST
def store_again(request):
    """Store a name and a counter, and come back to the lesson."""
    lesson = request.POST.get("lesson")
    if lesson not in LESSONS:
        return message(
            request,
            400,
            "Nothing was stored",
            "The form named no lesson to come back to.",
            back="sessions_demo:set_session",
        )
    request.session["user_name"] = "Ada"
    request.session["login_count"] = 1
    return redirect(f"sessions_demo:{lesson}")


@require_POST
def append_by_luck(request):
    """Append to the list inside, and set another key beside it."""
    items = request.session.get("items_bought")
    if not items:
        return message(
            request,
            400,
            "There is no list to append to",
            "Press “Begin with milk” first.",
            back="sessions_demo:nested_change",
        )
    items.append("bread")  # The session does not notice.
    request.session["items_count"] = len(items)  # This it does.
    return redirect("sessions_demo:nested_change")
