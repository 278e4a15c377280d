"""What fits into a session."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sessions_demo.experiments.serialization import outcome_of


@require_http_methods(["GET", "HEAD", "POST"])
def json_rule(request):
    """Store a date and a counter, for Python and for JSON."""
    template = "sessions_demo/json_rule.html"
    if request.method != "POST":
        return render(request, template)
    choice = request.POST.get("store")
    apples = request.session.get("apples", {})
    if choice in ("number_key", "text_key"):
        key = 1 if choice == "number_key" else "1"
        apples[key] = apples.get(key, 0) + 1
        request.session["apples"] = apples
        request.session["seen_by_the_view"] = repr(apples)
    elif choice in ("datetime", "datetime_caught"):
        request.session["outcome"] = outcome_of(choice)
    elif choice == "text":
        request.session["moment"] = timezone.now().isoformat()
    else:
        context = {"error": "Choose one of the five buttons."}
        return render(request, template, context, status=400)
    return redirect("sessions_demo:json_rule")
