"""What a session costs."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.costs import measure


@require_http_methods(["GET", "HEAD", "POST"])
def session_cost(request):
    """Measure what requests cost, and sessions of three sizes."""
    context = dict(request.session.get("costs", {}))
    template = "sessions_demo/session_cost.html"
    if request.method != "POST":
        return render(request, template, context)
    action = request.POST.get("action")
    if action == "forget":
        request.session.pop("costs", None)
    elif action in ("requests", "sizes"):
        figures = measure(action)
        if figures is None:
            context["error"] = "Two others measure. Press again."
            return render(request, template, context, status=429)
        request.session["costs"] = {**context, action: figures}
    else:
        context["error"] = "Choose one of the three buttons."
        return render(request, template, context, status=400)
    return redirect("sessions_demo:session_cost")
