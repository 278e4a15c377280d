"""Sign in and out the way many tutorials do it."""

from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from sessions_demo.forms import NameForm


@require_http_methods(["GET", "HEAD", "POST"])
def login_by_hand(request):
    """Sign in as many tutorials do: store a user id in the session."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.session["user_id"] = form.cleaned_data["user_name"]
        return redirect("sessions_demo:login_by_hand")
    context = {"form": form, "user_id": request.session.get("user_id")}
    template = "sessions_demo/login_by_hand.html"
    status = 400 if form.errors else 200
    return render(request, template, context, status=status)


@require_safe
def dashboard(request):
    """Let in whoever has a user id in the session, and nobody else."""
    template = "sessions_demo/dashboard.html"
    user_id = request.session.get("user_id")
    if not user_id:
        # Most sites redirect to their login page instead.
        return render(request, template, status=403)
    return render(request, template, {"user_id": user_id})


@require_http_methods(["GET", "HEAD", "POST"])
def logout_by_hand(request):
    """Sign out: delete the row, the key and the cookie."""
    if request.method == "POST":
        request.session.flush()
        return redirect("sessions_demo:logout_by_hand")
    context = {"user_id": request.session.get("user_id")}
    return render(request, "sessions_demo/logout_by_hand.html", context)
