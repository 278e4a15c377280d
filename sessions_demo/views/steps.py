"""A form in several steps."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.forms import STEPS


@require_http_methods(["GET", "HEAD", "POST"])
def step_form(request):
    """Ask in three steps; the answers wait in the session."""
    answers = request.session.get("booking", {})
    missing = [step for step in STEPS if step not in answers]
    step = request.GET.get("step", missing[0])
    if "abandon" in request.POST:
        request.session.pop("booking", None)
        return redirect("sessions_demo:step_form")
    if step not in STEPS or step in missing[1:]:
        return redirect(f"{request.path}?step={missing[0]}")
    data = request.POST if request.method == "POST" else None
    form = STEPS[step](data, initial=answers)
    if form.is_valid():
        request.session["booking"] = {**answers, **form.cleaned_data}
        if step == "confirm":
            request.session["booked"] = request.session.pop("booking")
        return redirect("sessions_demo:step_form")
    context = {"form": form, "step": step, "answers": answers}
    template = "sessions_demo/step_form.html"
    status = 400 if form.errors else 200
    return render(request, template, context, status=status)
