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
    """Store a name and a counter under a key that you alone have."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.session["user_name"] = form.cleaned_data["user_name"]
        request.session["login_count"] = 1
        return redirect("sessions_demo:set_session")
    template = "sessions_demo/set_session.html"
    status = 400 if form.errors else 200
    return render(request, template, {"form": form}, status=status)


@require_safe
def get_session(request):
    """Read the name and the counter, whether they are there or not."""
    user_name = request.session.get("user_name")
    login_count = request.session.get("login_count")
    context = {"user_name": user_name, "login_count": login_count}
    return render(request, "sessions_demo/get_session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def update_session(request):
    """Add one to the counter, also when there is no counter yet."""
    if request.method == "POST":
        login_count = request.session.get("login_count", 0)
        request.session["login_count"] = login_count + 1
        return redirect("sessions_demo:update_session")
    context = {"login_count": request.session.get("login_count")}
    return render(request, "sessions_demo/update_session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nested_change(request):
    """Append to a list in the session: once in vain, twice to stay."""
    items = request.session.get("items_bought")
    change = request.POST.get("change")
    if change == "start":
        request.session["items_bought"] = ["milk"]
    elif change == "append" and items:
        items.append("bread")  # The session does not notice.
    elif change == "modified" and items:
        items.append("bread")
        request.session.modified = True
    elif change == "assign" and items:
        request.session["items_bought"] = [*items, "bread"]
    else:
        refused = request.method == "POST"
        error = "Start a list first." if refused else None
        context = {"items": items, "error": error}
        template = "sessions_demo/nested_change.html"
        status = 400 if error else 200
        return render(request, template, context, status=status)
    return redirect("sessions_demo:nested_change")


@require_http_methods(["GET", "HEAD", "POST"])
def clear_session(request):
    """Clear in four ways, which leave four different things behind."""
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
        refused = request.method == "POST"
        error = "Choose one of the four buttons." if refused else None
        context = {"error": error}
        template = "sessions_demo/clear_session.html"
        status = 400 if error else 200
        return render(request, template, context, status=status)
    return response
