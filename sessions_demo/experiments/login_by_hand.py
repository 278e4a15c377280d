"""Ways in and out for the lessons about signing in by hand."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from course.messages import message


@require_POST
def sign_in_as_ada(request):
    """Sign in by hand, and come back to the lesson."""
    lesson = request.POST.get("lesson")
    if lesson not in ("dashboard", "logout_by_hand"):
        return message(
            request,
            400,
            "Nobody was signed in",
            "The form named no lesson to come back to.",
            back="sessions_demo:login_by_hand",
        )
    request.session["user_id"] = "Ada"
    return redirect(f"sessions_demo:{lesson}")


@require_POST
def lose_the_key(request):
    """Delete the cookie from the browser, and leave the row alone."""
    response = redirect("sessions_demo:dashboard")
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    return response


@require_safe
def redirecting_dashboard(request):
    """Send strangers to the login page, as most sites do."""
    if not request.session.get("user_id"):
        query = {"next": request.path}
        return redirect(
            reverse("sessions_demo:login_by_hand", query=query)
        )
    return redirect("sessions_demo:dashboard")
