"""How long a session has left, and which rows a browser let expire."""

from datetime import datetime, timedelta, timezone
from math import ceil

from django.contrib.sessions.models import Session
from django.urls import reverse

from live_panel import stores


def row_of(session):
    """Return the row of `session`, or None. To load it forgets a key that opens nothing."""
    session.keys()
    return Session.objects.filter(pk=session.session_key).first()


def clocks(session):
    """Return how many seconds "row" and "cookie" have left, as a dictionary; {} without a row.

    No request says how old a cookie is. But Django sends it with every save, and the row's
    timestamp says when that was. A cookie until the browser closes has None seconds.
    """
    row = row_of(session)
    saved = row and stores.signed_at(row.session_data)
    if saved is None:
        return {}
    cookie = None
    if not session.get_expire_at_browser_close():
        age = session.get_expiry_age(modification=saved)
        cookie = seconds_until(saved + timedelta(seconds=age))
    # The timestamp has whole seconds, so the row's end gets whole seconds too.
    return {
        "cookie": cookie,
        "row": seconds_until(row.expire_date.replace(microsecond=0)),
    }


def seconds_until(date):
    """Return the seconds from now until `date`, rounded up, and 0 if it is past."""
    return max(
        0, ceil((date - datetime.now(timezone.utc)).total_seconds())
    )


def short_lived_keys(request):
    """Return the keys of the rows that this browser let expire, newest first."""
    keys = request.get_signed_cookie("short_lived_keys", "")
    return keys.split("-") if keys else []


def remember_keys(response, keys):
    """Put up to eight keys into a cookie for this lesson alone, signed so that none is made up."""
    response.set_signed_cookie(
        "short_lived_keys",
        "-".join(list(dict.fromkeys(keys))[:8]),
        path=reverse("sessions_demo:clear_expired"),
        httponly=True,
        samesite="Lax",
    )


def states_of(keys):
    """Return pairs of each key and the seconds its row has left, None if there is no row."""
    rows = Session.objects.in_bulk(keys)
    return [
        (
            key,
            seconds_until(rows[key].expire_date)
            if key in rows
            else None,
        )
        for key in keys
    ]
