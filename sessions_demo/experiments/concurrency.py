"""Requests that overlap. The wait stands for slow work."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from course.messages import message
from sessions_demo.apparatus.faults import FAULTS, chain_of
from sessions_demo.apparatus.timeline import (
    cups,
    note,
    note_save,
    take_a_while,
)
from sessions_demo.models import Tally


@require_POST
def order_slowly(request):
    """Load the session, take a while, and add one more cup."""
    run, who = request.session.get("run"), request.POST.get("who")
    if run is None or who not in ("A", "B"):
        return no_counters(request)
    note(run["number"], who, f"loaded {cups(request.session)}")
    note_save(request.session, run["number"], who)
    take_a_while(request)
    request.session[run[who]] += 1
    return redirect("sessions_demo:lost_update")  # Saved now.


@require_POST
def order_in_one_step(request):
    """Take just as long, but let the database add."""
    run, who = request.session.get("run"), request.POST.get("who")
    if run is None or who not in ("A", "B"):
        return no_counters(request)
    note(run["number"], who, "began")
    take_a_while(request)
    tally = Tally.objects.filter(pk=run["number"])
    tally.update(count=F("count") + 1)
    note(run["number"], who, "UPDATE … SET count = count + 1")
    return redirect("sessions_demo:lost_update")


def no_counters(request):
    """Answer an order that came before the counters."""
    return message(
        request,
        400,
        "There are no counters yet",
        "Press one of the three buttons first: it sets them to zero.",
        "Then send A or B.",
        back="sessions_demo:lost_update",
    )


@require_POST
def save_slowly(request):
    """Change the draft, and take a while before it is saved."""
    if "draft" not in request.session:
        return message(
            request,
            400,
            "There is no draft to save",
            "Store a draft first, so that there is a row to lose.",
            back="sessions_demo:session_deleted",
        )
    request.session["draft"] += 1
    take_a_while(request)
    return redirect("sessions_demo:session_deleted")  # Saved now.


@require_POST
def flush_meanwhile(request):
    """Sign out: delete the row, whoever still works with it."""
    request.session.flush()
    return redirect("sessions_demo:session_deleted")


@require_POST
def find_the_cause(request):
    """Keep a throw-away session from being saved."""
    fault = request.POST.get("fault")
    if fault not in FAULTS:
        return no_such_fault(request, "Choose one of the two.")
    if fault == "read_only" and connection.vendor != "sqlite":
        return no_such_fault(request, "This fault needs SQLite.")
    throw_away = HttpRequest()
    throw_away.session = SessionStore()
    throw_away.session.create()
    try:
        with FAULTS[fault](throw_away.session):
            save = SessionMiddleware(HttpResponse).process_response
            save(throw_away, HttpResponse())
    except SessionInterrupted as error:
        request.session[f"chain_{fault}"] = chain_of(error)
    return redirect("sessions_demo:session_deleted")


def no_such_fault(request, lead):
    """Answer a fault that cannot be made, with the reason `lead`."""
    return message(
        request,
        400,
        "Nothing was made to fail",
        lead,
        back="sessions_demo:session_deleted",
    )
