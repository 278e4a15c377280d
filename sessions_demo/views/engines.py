"""Where sessions are kept."""

from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.engines import compare, under_every_engine


@require_http_methods(["GET", "HEAD", "POST"])
@under_every_engine
def session_engines(request):
    """Do the same to five sessions, each of them kept by another of Django's engines."""
    context = {"copies": request.session.get("copied_cookies")}
    if request.method == "POST":
        action = request.POST.get("action")
        for session in request.sessions.values():
            if action == "store":
                session["visits"] = session.get("visits", 0) + 1
            elif action == "grow":
                session["letters"] = get_random_string(5000)
            elif action == "sign_out":
                session.flush()
            else:
                context.update(
                    engines=compare(request),
                    error="Choose one of the buttons.",
                )
                return render(
                    request,
                    "sessions_demo/session_engines.html",
                    context,
                    status=400,
                )
        return redirect("sessions_demo:session_engines")
    context["engines"] = compare(request)
    return render(
        request, "sessions_demo/session_engines.html", context
    )
