"""What the lessons on clearing and signing in need to begin with."""

from course.messages import message
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

# Those that have the button
LESSONS = (
    "clear_session",
    "login_by_hand",
    "django_login",
    "django_logout",
    "password_change",
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
