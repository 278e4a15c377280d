"""What fits into a session."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sessions_demo.experiments import failure_of, store_datetime


@require_http_methods(["GET", "HEAD", "POST"])
def json_rule(request):
    """Store a date and a counter, as Python likes them and as JSON does."""
    if request.method == "POST":
        choice = request.POST.get("store")
        apples = request.session.get("apples", {})
        if choice == "datetime":
            request.session["failure"] = failure_of(store_datetime)
        elif choice == "text":
            request.session["moment"] = timezone.now().isoformat()
        elif choice in ("number_key", "text_key"):
            key = 1 if choice == "number_key" else "1"
            apples[key] = apples.get(key, 0) + 1
            request.session["apples"] = apples
            request.session["seen_by_the_view"] = repr(apples)
        else:
            context = {"error": "Choose one of the four buttons."}
            return render(
                request,
                "sessions_demo/json_rule.html",
                context,
                status=400,
            )
        return redirect("sessions_demo:json_rule")
    names = ("failure", "moment", "apples", "seen_by_the_view")
    context = {name: request.session.get(name) for name in names}
    return render(request, "sessions_demo/json_rule.html", context)
