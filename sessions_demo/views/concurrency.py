"""Two requests of one browser at the same time."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.timeline import steps_of
from sessions_demo.models import Tally


@require_http_methods(["GET", "HEAD", "POST"])
def lost_update(request):
    """Set the counters to zero, and show what became of them."""
    number = request.session.get("run", {}).get("number")
    tally = Tally.objects.filter(pk=number).first()
    context = {"steps": steps_of(number), "tally": tally}
    template = "sessions_demo/lost_update.html"
    if request.method != "POST":
        return render(request, template, context)
    drink = request.POST.get("second_order")
    if drink not in ("tea", "coffee"):
        context["error"] = "Choose one of the three buttons."
        return render(request, template, context, status=400)
    tally = Tally.objects.create()
    run = {"number": tally.pk, "A": "tea", "B": drink}
    request.session.update({"tea": 0, "coffee": 0, "run": run})
    return redirect("sessions_demo:lost_update")


@require_http_methods(["GET", "HEAD", "POST"])
def session_deleted(request):
    """Store a draft, so that there is a row to lose."""
    if request.method == "POST":
        request.session["draft"] = 1
        return redirect("sessions_demo:session_deleted")
    return render(request, "sessions_demo/session_deleted.html")
