"""Requests that overlap. The wait stands for slow work; it is short, and one browser's own."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.db.models import F
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
)
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sessions_demo.apparatus.faults import FAULTS
from sessions_demo.apparatus.timeline import (
    cups,
    note,
    note_save,
    take_a_while,
)
from sessions_demo.models import Tally


@require_POST
def order_slowly(request):
    """Load the session, take a while, and leave it to be saved with one more cup."""
    run, who = request.session.get("run"), request.POST.get("who")
    if run is None or who not in ("A", "B"):
        return HttpResponseBadRequest(
            "Set the counters to zero first, then send A or B."
        )
    note(run["number"], who, f"loaded {cups(request.session)}")
    note_save(request.session, run["number"], who)
    take_a_while(request)
    request.session[run[who]] += 1
    return redirect(
        "sessions_demo:lost_update"
    )  # SessionMiddleware saves now.


@require_POST
def order_in_one_step(request):
    """Take just as long, but let the database add: no request holds an old number."""
    run, who = request.session.get("run"), request.POST.get("who")
    if run is None or who not in ("A", "B"):
        return HttpResponseBadRequest(
            "Set the counters to zero first, then send A or B."
        )
    note(run["number"], who, "began")
    take_a_while(request)
    Tally.objects.filter(pk=run["number"]).update(count=F("count") + 1)
    note(run["number"], who, "UPDATE … SET count = count + 1")
    return redirect("sessions_demo:lost_update")


@require_POST
def save_slowly(request):
    """Change the draft, and take a while, in which another request may delete the row."""
    if "draft" not in request.session:
        return HttpResponseBadRequest(
            "Store a draft first, so that there is a row to lose."
        )
    request.session["draft"] += 1
    take_a_while(request)
    return redirect(
        "sessions_demo:session_deleted"
    )  # SessionMiddleware saves now.


@require_POST
def flush_meanwhile(request):
    """Sign out: the row is deleted, whoever else is still at work with it."""
    request.session.flush()
    return redirect("sessions_demo:session_deleted")


@require_POST
def find_the_cause(request):
    """Keep Django from saving a throw-away session, and follow the chain of exceptions."""
    fault = request.POST.get("fault")
    if fault not in FAULTS or connection.vendor != "sqlite":
        return HttpResponseBadRequest(
            "Choose one of the two faults. They are made for SQLite."
        )
    throw_away = HttpRequest()
    throw_away.session = SessionStore()
    throw_away.session.create()
    error, chain = None, []
    try:
        with FAULTS[fault](throw_away.session):
            SessionMiddleware(HttpResponse).process_response(
                throw_away, HttpResponse()
            )
    except SessionInterrupted as interrupted:
        error = interrupted
    while error is not None:
        chain.append(
            f"{type(error).__module__}.{type(error).__name__}: {error}"
        )
        error = error.__cause__ or error.__context__
    request.session[f"chain_{fault}"] = chain
    return redirect("sessions_demo:session_deleted")
