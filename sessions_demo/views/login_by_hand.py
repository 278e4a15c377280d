"""Sign in and out the way many tutorials do it."""

from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from sessions_demo.forms import NameForm


@require_http_methods(["GET", "HEAD", "POST"])
def login_by_hand(request):
    """Sign in the way many tutorials do: put a user id into the session."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.session["user_id"] = form.cleaned_data["user_name"]
        return redirect("sessions_demo:dashboard")
    return render(
        request, "sessions_demo/login_by_hand.html", {"form": form}
    )


@require_safe
def dashboard(request):
    """Let in whoever has a user id in the session, and turn strangers away."""
    user_id = request.session.get("user_id")
    if not user_id:
        return render(
            request, "sessions_demo/dashboard.html", status=403
        )
    context = {"user_id": user_id}
    return render(request, "sessions_demo/dashboard.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def logout_by_hand(request):
    """Sign out: delete the row and the key, so that nothing is left to come back to."""
    if request.method == "POST":
        request.session.flush()
        return redirect("sessions_demo:login_by_hand")
    user_id = request.session.get("user_id")
    return render(
        request,
        "sessions_demo/logout_by_hand.html",
        {"user_id": user_id},
    )
