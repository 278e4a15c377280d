"""Store, read, change and clear."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from sessions_demo.forms import NameForm


@require_http_methods(["GET", "HEAD", "POST"])
def set_session(request):
    """Store a name and a counter on the server, under a key only your browser knows."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.session["user_name"] = form.cleaned_data["user_name"]
        request.session["login_count"] = 1
        return redirect("sessions_demo:set_session")
    return render(
        request, "sessions_demo/set_session.html", {"form": form}
    )


@require_safe
def get_session(request):
    """Read the name and the counter, whether or not anything is stored."""
    user_name = request.session.get("user_name")
    login_count = request.session.get("login_count")
    context = {"user_name": user_name, "login_count": login_count}
    return render(request, "sessions_demo/get_session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def update_session(request):
    """Add one to the counter, also when there is no counter yet."""
    if request.method == "POST":
        request.session["login_count"] = (
            request.session.get("login_count", 0) + 1
        )
        return redirect("sessions_demo:update_session")
    login_count = request.session.get("login_count")
    return render(
        request,
        "sessions_demo/update_session.html",
        {"login_count": login_count},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nested_change(request):
    """Append to a list inside the session: once in vain, and twice so that it stays."""
    items = request.session.get("items_bought", [])
    if request.method == "POST":
        change = request.POST.get("change")
        if change == "start":
            request.session["items_bought"] = ["milk"]
        elif change == "append":
            items.append("bread")  # The session does not notice.
        elif change == "modified":
            items.append("bread")
            request.session.modified = True
        elif change == "assign":
            request.session["items_bought"] = [*items, "bread"]
        else:
            context = {
                "items": items,
                "error": "Choose one of the four buttons.",
            }
            return render(
                request,
                "sessions_demo/nested_change.html",
                context,
                status=400,
            )
        return redirect("sessions_demo:nested_change")
    return render(
        request, "sessions_demo/nested_change.html", {"items": items}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def clear_session(request):
    """Clear in four ways, which leave four different things behind."""
    if request.method == "POST":
        response = redirect("sessions_demo:clear_session")
        how = request.POST.get("how")
        if how == "pop":
            request.session.pop("user_name", None)
        elif how == "clear":
            request.session.clear()
        elif how == "flush":
            request.session.flush()
        elif how == "cookie":
            response.delete_cookie(settings.SESSION_COOKIE_NAME)
        else:
            context = {"error": "Choose one of the four buttons."}
            return render(
                request,
                "sessions_demo/clear_session.html",
                context,
                status=400,
            )
        return response
    return render(request, "sessions_demo/clear_session.html")
