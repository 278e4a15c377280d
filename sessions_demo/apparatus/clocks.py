"""How long rows and cookies have left, and which rows expired."""

from datetime import datetime, timedelta, timezone
from math import ceil

from django.contrib.sessions.models import Session
from django.urls import reverse

from live_panel import stores
from sessions_demo.apparatus.readings import row_of


def clocks(session):
    """Return the seconds that row and cookie of `session` have left.

    They are whole seconds, in a dictionary with the keys "row" and
    "cookie", or {} without a row. A cookie that ends with the browser
    has None.

    No request says how old a cookie is. But Django sends it with every
    save, and the row's timestamp says when that was.
    """
    row = row_of(session)
    saved = row and stores.signed_at(row.session_data)
    if saved is None:
        return {}
    cookie = None
    if not session.get_expire_at_browser_close():
        age = session.get_expiry_age(modification=saved)
        cookie = seconds_until(saved + timedelta(seconds=age))
    # The timestamp has whole seconds, so the row's end gets them too.
    end = row.expire_date.replace(microsecond=0)
    return {"cookie": cookie, "row": seconds_until(end)}


def seconds_until(date):
    """Return the whole seconds until `date`, or 0 if it is past.

    `date` is a datetime with a time zone. Part of a second counts as
    a whole one.
    """
    left = date - datetime.now(timezone.utc)
    return max(0, ceil(left.total_seconds()))


def short_lived_keys(request):
    """Return the keys of rows that this browser let expire.

    They are a list of texts, the newest first.
    """
    keys = request.get_signed_cookie("short_lived_keys", "")
    return keys.split("-") if keys else []


def remember_keys(response, keys):
    """Put up to eight of `keys` into a cookie for this lesson alone.

    It is signed, so that nobody can name the row of somebody else.
    """
    response.set_signed_cookie(
        "short_lived_keys",
        "-".join(list(dict.fromkeys(keys))[:8]),
        path=reverse("sessions_demo:clear_expired"),
        httponly=True,
        samesite="Lax",
    )


def states_of(keys):
    """Return pairs of each of `keys` and the seconds its row has left.

    An expired row has 0 seconds, and a key without a row has None.
    """
    rows = Session.objects.in_bulk(keys)
    left = {
        key: seconds_until(row.expire_date) for key, row in rows.items()
    }
    return [(key, left.get(key)) for key in keys]
