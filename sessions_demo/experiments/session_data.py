"""The rows that this browser has had in the table of all sessions."""

from datetime import datetime, timezone

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import router
from django.shortcuts import render
from django.views.decorators.http import require_safe

from live_panel import history, stores

SHOWN = 4  # characters of a key
MOST = 12  # names of a row


@require_safe
def own_rows(request):
    """List the rows that this browser has had, and touch none."""
    template = "sessions_demo/experiments/own_rows.html"
    if not issubclass(stores.session_store(), SessionStore):
        engine = settings.SESSION_ENGINE
        return render(request, template, {"engine": engine})
    sent = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    had = {each.key: each for each in history.session_keys(request)}
    asked = {sent, *had}
    # Unlike the ORM, it leaves no key in the debug toolbar.
    found = stores.read(asked)
    if sent in found and sent not in had:
        had = {sent: None, **had}
    keys = list(had)[: history.MAX_KEYS]
    rows = [
        line_about(key, had[key], found.get(key), key == sent)
        for key in keys
    ]
    context = {"rows": rows, "sql": lookup_of(asked)}
    return render(request, template, context)


def line_about(key, known, stored, is_sent):
    """Return what the page says of one row, as a dictionary.

    `known` is the `SessionKey` from the history or None, `stored`
    the `Stored` row or None, and `is_sent` says whether the cookie
    of this request has the key. Values come only from a row that
    it opens.
    """
    line = {"beginning": key[:SHOWN], "state": "deleted"}
    if known:
        since = datetime.fromtimestamp(known.since, timezone.utc)
        line |= {"since": since, "made_by": known.made_by}
    if stored:
        items = stored.items or ()
        line |= {
            "state": "expired" if stored.expired else "left",
            "expires": datetime.fromisoformat(stored.expires),
            "bytes": len(stored.data.encode()),
            "names": [name for name, _ in items[:MOST]],
            "more": max(0, len(items) - MOST),
            "problem": stored.problem,
        }
        if is_sent and not stored.expired:
            line |= {"state": "open", "data": items[:MOST]}
    return line


def lookup_of(keys):
    """Return the SQL that finds the rows, in lines, keys cut short."""
    keys = sorted(filter(stores.could_be_key, keys))
    if not keys:
        return []  # Nobody asks the database then.
    cut = tuple(f"'{key[:SHOWN]}…'" for key in keys)
    using = router.db_for_read(Session)
    sql = stores.compiled_lookup(Session, using, len(keys)) % cut
    for word in ("FROM", "WHERE"):
        sql = sql.replace(f" {word} ", f"\n{word} ", 1)
    return sql.splitlines()
