"""The jar, the earlier exchanges, and what every piece is."""

import re
import time
from html import escape as e

from django.urls import NoReverseMatch, reverse

from live_panel import headline, jar, pieces
from live_panel.markup.exchanges import exchange_attributes
from live_panel.markup.facts import shaded, visible


def jar_table(cookies, url, now=None):
    """Return the jar: each cookie with its path, its time and whether it goes to `url`.

    Those that are gone, refused or over are folded away.
    """
    if not cookies:
        return '<p class="lp-none" data-panel="jar">empty</p>'
    now = time.time() if now is None else now
    kept = [cookie for cookie in cookies if cookie.state == "kept"]
    gone = [cookie for cookie in cookies if cookie.state != "kept"]
    rest = ""
    if gone:
        rest = (
            '<details class="lp-more" id="lp-gone"><summary>'
            f"{len(gone)} deleted, refused or over</summary>{table(gone, url, now)}</details>"
        )
    return f'<div data-panel="jar">{table(kept, url, now) if kept else ""}{rest}</div>'


def table(cookies, url, now):
    """Return some cookies of the jar as a table."""
    rows = "".join(jar_row(cookie, url, now) for cookie in cookies)
    return (
        '<table class="lp-jar"><thead><tr><th>Cookie</th><th>For</th><th>Lives</th><th>Flags</th>'
        f"<th>To this page</th></tr></thead><tbody>{rows}</tbody></table>"
    )


STAYS_BEHIND = {
    "host": "only its own host",
    "path": "only {path}",
    "scheme": "only https",
    "expired": "over",
    "site": "only from this site",
    "unknown": "path not seen",
}
STATES = {"refused": "refused", "deleted": "deleted", "over": "over", "gone": "did not come back"}


def jar_row(cookie, url, now):
    """Return one cookie of the jar."""
    if cookie.state == "kept":
        reason = jar.goes_here(cookie, url, now)
        why_not = STAYS_BEHIND.get(reason, reason).format(path=cookie.path)
    else:
        why_not = STATES.get(cookie.state, cookie.state)
    sent = "" if why_not else " data-sent"
    flags = [name for name in ("secure", "httponly") if getattr(cookie, name)]
    flags = [{"secure": "Secure", "httponly": "HttpOnly"}[name] for name in flags]
    if cookie.samesite:
        flags.append(cookie.samesite)
    guess = cookie.certainty == "inferred"
    place = "path not seen" if cookie.path is None else cookie.path
    host = "" if cookie.host_only or not cookie.domain else f"{cookie.domain} and below, "
    return (
        f'<tr data-cookie data-name="{e(cookie.name)}" data-path="{e(cookie.path or "")}"{sent}>'
        f"<td><code>{e(visible(cookie.name))}</code></td>"
        f"<td>{e(host)}<code>{e(visible(place))}</code></td>"
        f"<td>{life_markup(cookie, now, guess)}</td>"
        f"<td>{e(', '.join(flags)) if not guess else 'not seen'}</td>"
        f"<td>{e(why_not or 'sent')}</td></tr>"
    )


def life_markup(cookie, now, guess):
    """Return how long a cookie has left, in a form that a script can count down."""
    if cookie.state != "kept" or guess:
        return "not seen" if guess else ""
    if cookie.expires is None:
        return "browser session"
    left = headline.lifetime(max(0, round(cookie.expires - now))).removeprefix("for ")
    return f'<time data-expires="{cookie.expires:.0f}">{left}</time>'


def earlier(exchanges, skip):
    """Return a line for each of the `exchanges`, newest first, that is not in `skip`."""
    base = exchanges_url()
    lines = []
    for place, each in enumerate(exchanges):
        if each.number in skip:
            continue
        href = f' href="{base}{each.number}/"' if base else ""
        kind = headline.kind_of(each, exchanges[max(0, place - 2) : place][::-1])
        lines.append(
            f'<li data-earlier="{each.number}" {exchange_attributes(each)}><a{href}>'
            f"{e(each.method)} {shaded(each.path)} {each.status}</a> "
            f"<i>{kind.replace('-', ' ')}</i></li>"
        )
    if not lines:
        return ""
    return f'<h3>Earlier <small></small></h3><ol class="lp-earlier">{"".join(lines)}</ol>'


def exchanges_url():
    """Return the URL below which every exchange has its page, or None if the project has none."""
    try:
        return reverse("live_panel:exchange", args=[0]).removesuffix("0/")
    except NoReverseMatch:
        return None


def explanations(markup):
    """Return what each piece in `markup` is. Scripts show it where the piece stands."""
    abouts = set(re.findall(r'data-about="([a-z-]+)"', markup))
    abouts -= set(re.findall(r'id="lp-about-([a-z-]+)"', markup))
    sentences = "".join(
        f'<li id="lp-about-{name}">{e(sentence)}</li>'
        for name, sentence in pieces.EXPLANATIONS.items()
        if name in abouts
    )
    return f"<summary>Every piece explained</summary><ul>{sentences}</ul>" if sentences else ""
