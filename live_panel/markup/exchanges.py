"""An exchange, drawn as what crossed the wire."""

import re
from html import escape as e

from django.conf import settings

from live_panel import headline, pieces, why
from live_panel.markup.facts import (
    absent,
    cookie_header,
    other_sessions,
    piece_markup,
    shaded,
    stored,
)

OUTCOMES = {"deletion": "Deletion", "unknown": "Not judged"}
# What a later request says that the line alone could not.
CORRECTING = ("not-deleted", "deleted-one", "not-stored", "kept-twice")
DELETING = ("deleted", "deletion")


def exchange_attributes(exchange):
    """Return the attributes by which tests and scripts know an exchange."""
    return (
        f'data-method="{e(exchange.method)}" data-path="{e(exchange.path)}" '
        f'data-status="{exchange.status}"'
    )


def story(exchanges, later=()):
    """Return the exchanges of a story, in order of time, drawn as what crossed the wire."""
    items = [
        exchange_markup(each, (*exchanges[number:], *later), number if len(exchanges) > 1 else 0)
        for number, each in enumerate(exchanges, 1)
    ]
    return f'<ol class="lp-story">{"".join(items)}</ol>'


def exchange_markup(exchange, later=(), step=0):
    """Return one exchange. `later` are those that came after it, `step` its place if it has one."""
    return (
        f'<li class="lp-exchange" id="lp-{exchange.number}" data-exchange '
        f"{exchange_attributes(exchange)}>{exchange_body(exchange, later, step)}</li>"
    )


def exchange_body(exchange, later=(), step=0):
    """Return what crossed in an exchange: request, what the server did, answer, and the rest."""
    number = f'<b class="lp-step">{step}</b> ' if step else ""
    query = f"?{exchange.query}" if exchange.query else ""
    names = [pair.partition("=")[0] for pair in pieces.cookie_pairs(exchange.cookie_header)]
    carried = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    target = f" to <code>{shaded(exchange.location)}</code>" if exchange.location else ""
    quiet = [line for line in exchange.set_cookie if line.name == settings.CSRF_COOKIE_NAME]
    loud = [line for line in exchange.set_cookie if line.name != settings.CSRF_COOKIE_NAME]
    return (
        f'<p class="lp-request">{number}<code>{e(exchange.method)} {shaded(exchange.path)}'
        f'{shaded(query)}</code> <span class="lp-note">'
        f"{'with ' + e(carried) if names else 'with no cookie'}</span></p>"
        f'<p class="lp-response"><span class="lp-did">{e(did(exchange))}</span> '
        f"<code>{exchange.status}</code>{target}"
        f"{''.join(quiet_markup(line) for line in quiet)}</p>"
        f"{''.join(line_markup(line, exchange, later) for line in loud)}"
        f"{more_markup(exchange, quiet)}"
    )


def did(exchange):
    """Return in a few words what the server did: the view, and the session."""
    view = exchange.view.rpartition(".")[2] or "no view"
    if exchange.csrf:
        return "the CSRF check refused the form, and the view did not run"
    kind = headline.session_kind(exchange)
    facts = exchange.session
    fate = {
        "read": "read the session",
        "row-created": "session made and saved",
        "row-changed": "session saved" if exchange.is_saved else "the stored session changed",
        "row-saved": "session saved",
        "key-changed": "session saved under a new key",
        "row-deleted": "session deleted",
        "row-left": "its cookie deleted, the session left",
        "row-vanished": "nothing to save into",
        "not-saved": "session changed, not saved",
        "sessions": "several sessions",
    }.get(kind, "session read" if facts.accessed else "no session touched")
    return f"{view} ran: {fate}" if exchange.view else fate


def quiet_markup(line):
    """Return Django's own token in a word. Its line stands with the rest."""
    what = "deleted" if line.outcome in DELETING else "set, by Django for its forms"
    if line.outcome in ("refused", "unknown"):
        what = OUTCOMES.get(line.outcome, line.outcome).lower()
    return (
        f', <span class="lp-quiet" data-panel="verdict" data-outcome="{e(line.outcome)}">'
        f"{e(line.name)} {what}</span>"
    )


def line_markup(line, exchange, later):
    """Return a `Set-Cookie` line, its verdict first."""
    return (
        '<div class="lp-answer">'
        f'<p class="lp-verdict" data-panel="verdict" data-outcome="{e(line.outcome)}">'
        f"{verdict_words(line, exchange, later)}</p>{raw_line(line)}</div>"
    )


def verdict_words(line, exchange, later):
    """Return what becomes of a line, corrected by the requests that came after it."""
    found, sentence = headline.correction(line, exchange, later)
    if found in CORRECTING:
        verdict, _, rest = sentence.partition(": ")
        told = re.sub("`([^`]*)`", r"<code>\1</code>", e(rest))
        return f'<b>{e(verdict)}</b>: <span data-correction="{found}">{told}</span>'
    came = ", and it came back" if found == "confirmed-stored" else ""
    if headline.is_in_vain(line, exchange):
        return f"<b>Deletion</b> of <code>{shaded(line.name)}</code>: no such cookie had come"
    outcome = OUTCOMES.get(line.outcome, line.outcome.capitalize())
    name = f"<code>{shaded(line.name)}</code>"
    if line.outcome in ("stored", "replaced"):
        return f"<b>{outcome}</b> {name} {e(headline.lifetime(line.lifetime))}{came}"
    if line.outcome == "refused":
        size = f" It has {line.size:,}." if line.rule == "size" else ""
        return f"<b>{outcome}</b> {name}: {e(line.sentence)}{size}"
    if found == "confirmed-deleted":
        return f"<b>Deleted</b> {name}: it did not come back"
    return f"<b>{outcome}</b> {name}: {e(line.sentence)}"


def raw_line(line):
    """Return a `Set-Cookie` line as sent, in the pieces that a browser reads."""
    marked = "".join(map(piece_markup, pieces.cut_set_cookie(line.line)))
    return (
        '<p class="lp-fact lp-answers"><code class="lp-line" data-panel="set-cookie">'
        f"{marked}</code></p>"
    )


def plain_line(line):
    """Return a `Set-Cookie` line as sent, in one piece: that of Django's own token."""
    return (
        '<p class="lp-fact lp-answers"><code class="lp-line" data-panel="set-cookie">'
        f"{shaded(line.line)}</code></p>"
    )


def more_markup(exchange, quiet):
    """Return what is folded: the raw header, the rows, the reasons, the sections."""
    view = f"<p>View: <code>{e(exchange.view)}</code></p>" if exchange.view else ""
    blind = f'<p class="lp-note">{e(exchange.blind)}</p>' if exchange.blind else ""
    return (
        f'<details class="lp-more" id="lp-{exchange.number}-more">'
        "<summary>Why, and the rows before and after</summary>"
        f'<p><span data-panel="why">{e(why.why(exchange))}</span> {e(why.why_varies(exchange))}</p>'
        f"{view}{blind}"
        '<div class="lp-sides"><div class="lp-browser"><p class="lp-label">Cookie, as Django '
        f"received it</p>{cookie_header(exchange.cookie_header)}"
        f"{''.join(plain_line(line) for line in quiet)}{notes_markup(exchange, quiet)}</div>"
        f'<div class="lp-server">{rows_markup(exchange)}</div></div></details>'
    )


def notes_markup(exchange, quiet):
    """Return what the rules say of each line: size, notes and sections."""
    found = []
    for line in exchange.set_cookie:
        if line.outcome == "unknown" or line in quiet:
            continue
        section = f"RFC 6265bis, {line.section}" if line.section[:1] in "56" else line.section
        notes = "".join(f" {e(note)}" for note in line.notes)
        found.append(
            f"<li><code>{shaded(line.name)}</code>, {line.size:,} of 4,096 bytes. "
            f"{e(line.sentence)}{notes} <small>({e(section)})</small></li>"
        )
    return f'<ul class="lp-notes">{"".join(found)}</ul>' if found else ""


def rows_markup(exchange):
    """Return what the store held before the exchange, and what it holds afterward."""
    before, after = exchange.before, exchange.after or exchange.left
    reason = why.mismatch(
        exchange.key_in, exchange.before, exchange.session.accessed, exchange.is_saved
    )
    missing = ""
    if reason and not exchange.blind:
        missing = f'<p class="lp-note" data-panel="mismatch">{e(reason)}</p>'
    gone = [each for each in exchange.changes if each[0] != "added"]
    here = [each for each in exchange.changes if each[0] != "removed"]
    was = stored(before, gone)
    now_is = was if before == after else stored(after, here)
    orphan = ""
    if after and not exchange.after:
        orphan = '<p class="lp-note">No cookie opens this any more.</p>'
    others = ""
    if exchange.others:
        before_others = [(other.cookie, other.before) for other in exchange.others]
        after_others = [(other.cookie, other.after) for other in exchange.others]
        others = (
            f'<p class="lp-label">Other sessions before</p>{other_sessions(before_others)}'
            f'<p class="lp-label">Other sessions afterward</p>{other_sessions(after_others)}'
        )
    return (
        f'<p class="lp-label">Before</p><div data-panel="row-before"{absent(before)}>'
        f"{was}</div>{missing}"
        f'<p class="lp-label">Afterward</p><div data-panel="row-after"{absent(after)}>'
        f"{now_is}</div>{orphan}{others}"
    )
