"""What a session costs."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.costs import cost_of_requests, cost_of_size


@require_http_methods(["GET", "HEAD", "POST"])
def session_cost(request):
    """Measure requests with and without a session, and sessions of three sizes."""
    if request.method == "POST":
        action = request.POST.get("action")
        if action == "requests":
            request.session["request_costs"] = cost_of_requests()
        elif action == "sizes":
            request.session["size_costs"] = [
                cost_of_size(size) for size in (1, 10, 100)
            ]
        elif action == "forget":
            request.session.pop("request_costs", None)
            request.session.pop("size_costs", None)
        else:
            context = {"error": "Choose one of the three buttons."}
            return render(
                request,
                "sessions_demo/session_cost.html",
                context,
                status=400,
            )
        return redirect("sessions_demo:session_cost")
    costs = {
        name: request.session.get(name)
        for name in ("request_costs", "size_costs")
    }
    return render(request, "sessions_demo/session_cost.html", costs)
