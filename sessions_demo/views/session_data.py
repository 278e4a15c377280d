"""What a row holds, and who can read it."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.clocks import row_of
from sessions_demo.apparatus.readings import (
    read_three_ways,
    read_with_fallback,
    sign_with_old_key,
)


@require_http_methods(["GET", "HEAD", "POST"])
def session_data(request):
    """Read your own row without a key, with this site's key, and with an older one besides."""
    row = row_of(request.session)
    readings = read_three_ways(row) if row else {}
    if request.method == "POST":
        action = request.POST.get("action")
        if action == "store":
            request.session["user_name"] = "Ada"
        elif action == "old_key" and row:
            row.session_data = sign_with_old_key(row.session_data)
            row.save()
        elif action == "new_key" and row:
            request.session.update(read_with_fallback(row.session_data))
        else:
            context = {
                "row": row,
                "error": "Store the name first, then go on.",
                **readings,
            }
            return render(
                request,
                "sessions_demo/session_data.html",
                context,
                status=400,
            )
        return redirect("sessions_demo:session_data")
    return render(
        request,
        "sessions_demo/session_data.html",
        {"row": row, **readings},
    )
