"""What a row holds, and who can read it."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.readings import (
    read_three_ways,
    row_of,
    sign_with_old_key,
)


@require_http_methods(["GET", "HEAD", "POST"])
def session_data(request):
    """Read your row without a key, with one, and with two."""
    row = row_of(request.session)
    context = {"row": row, **read_three_ways(row)}
    template = "sessions_demo/session_data.html"
    if request.method != "POST":
        return render(request, template, context)
    action = request.POST.get("action")
    if action == "store":
        names = request.session.get("names", [])
        request.session["names"] = [*names, "Ada"]
        request.session.set_expiry(None)  # Two weeks again.
    elif action == "old_key" and row:
        row.session_data = sign_with_old_key(row.session_data)
        row.save()
    elif action == "new_key" and row:
        request.session.update(context["with_fallback"])
    else:
        context["error"] = "There is no row. Store a name first."
        return render(request, template, context, status=400)
    return redirect("sessions_demo:session_data")
