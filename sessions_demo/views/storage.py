"""Where a session is kept, in which form, and what that costs."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from sessions_demo.costs import cost_of_requests, cost_of_size
from sessions_demo.engines import compare, under_every_engine
from sessions_demo.experiments import failure_of, store_datetime
from sessions_demo.rows import read_three_ways, read_with_fallback, row_of, sign_with_old_key


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
            context = {"row": row, "error": "Store the name first, then go on.", **readings}
            return render(request, "sessions_demo/session_data.html", context, status=400)
        return redirect("sessions_demo:session_data")
    return render(request, "sessions_demo/session_data.html", {"row": row, **readings})


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
                context.update(engines=compare(request), error="Choose one of the buttons.")
                return render(request, "sessions_demo/session_engines.html", context, status=400)
        return redirect("sessions_demo:session_engines")
    context["engines"] = compare(request)
    return render(request, "sessions_demo/session_engines.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_cost(request):
    """Measure requests with and without a session, and sessions of three sizes."""
    if request.method == "POST":
        action = request.POST.get("action")
        if action == "requests":
            request.session["request_costs"] = cost_of_requests()
        elif action == "sizes":
            request.session["size_costs"] = [cost_of_size(size) for size in (1, 10, 100)]
        elif action == "forget":
            request.session.pop("request_costs", None)
            request.session.pop("size_costs", None)
        else:
            context = {"error": "Choose one of the three buttons."}
            return render(request, "sessions_demo/session_cost.html", context, status=400)
        return redirect("sessions_demo:session_cost")
    costs = {name: request.session.get(name) for name in ("request_costs", "size_costs")}
    return render(request, "sessions_demo/session_cost.html", costs)


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
            return render(request, "sessions_demo/json_rule.html", context, status=400)
        return redirect("sessions_demo:json_rule")
    names = ("failure", "moment", "apples", "seen_by_the_view")
    context = {name: request.session.get(name) for name in names}
    return render(request, "sessions_demo/json_rule.html", context)
