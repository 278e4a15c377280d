"""Turn exchanges into the panel's markup."""

import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from live_panel.exchange import compare
from live_panel.pieces import cookie_pairs
from live_panel.stores import Stored

# What {% live_panel %} prints and the recorder replaces.
PLACEHOLDER = "<!-- live_panel: is ExchangeRecorder in MIDDLEWARE? -->"
STORIES = mark_safe("<!-- live_panel: stories -->")


@dataclass(frozen=True)
class Now:
    """What holds at this moment: the browser's `Cookie` header, and what its session key opens.

    `length` is how many exchanges this browser has had. `mismatch` and `blind` are those of
    `Exchange`.
    """

    cookie_header: str | None
    stored: Stored | None
    length: int = 0
    mismatch: str = ""
    blind: str = ""

    @property
    def tag(self):
        """An ETag, which differs as soon as the panel would show something else."""
        facts = repr((self.cookie_header, self.stored, self.length, self.mismatch, self.blind))
        return f'"{hashlib.sha256(facts.encode(errors="replace")).hexdigest()[:32]}"'


def now_after(exchange, length):
    """Return the `Now` that holds when `exchange` is over."""
    stored = exchange.after
    if stored and stored.key != exchange.key_out:
        stored = None  # A row that no cookie opens any more.
    # An answer that takes the cookie back leaves nothing to explain.
    mismatch = exchange.mismatch if exchange.key_out else ""
    return Now(exchange.cookie_header, stored, length, mismatch, exchange.blind)


@dataclass(frozen=True)
class Rendered:
    """An exchange as the history keeps it: its markup, and what its neighbors need to know.

    An exchange never changes and every page shows up to twenty, so each is rendered once, when it
    happens. `opening` and `rest` are the markup, cut where `render_stories` fills in what depends
    on the neighbors.
    """

    opening: str
    rest: str
    target: str
    redirects_to: str
    has_changes: bool
    items_before: tuple[tuple[str, str], ...]
    pairs: tuple[str, ...]


def render_exchange(exchange):
    """Return the `Rendered` of an `Exchange`."""
    markup = render_to_string("live_panel/exchange.html", {"exchange": exchange})
    opening, rest = markup.split("><summary>", 1)
    return Rendered(
        opening=opening,
        rest=rest,
        target=exchange.path + (f"?{exchange.query}" if exchange.query else ""),
        redirects_to=exchange.location if 300 <= exchange.status < 400 else "",
        has_changes=bool(exchange.changes),
        items_before=(exchange.before and exchange.before.items) or (),
        pairs=tuple(cookie_pairs(exchange.cookie_header)),
    )


def stories(exchanges):
    """Group `Rendered` exchanges, newest first: each page with the redirects that led to it."""
    groups = []
    for exchange in exchanges:
        if groups and exchange.redirects_to == groups[-1][-1].target:
            groups[-1].append(exchange)
        else:
            groups.append([exchange])
    return groups


def render_panel(exchanges, now):
    """Return the whole panel as markup. `exchanges` are `Rendered`, newest first, not empty."""
    context = {"tag": now.tag, "now": render_now(now, exchanges), "stories": STORIES}
    # The stories are long, and every variable of a template costs a copy or two.
    return render_to_string("live_panel/panel.html", context).replace(
        STORIES, render_stories(exchanges)
    )


def render_now(now, exchanges):
    """Return the markup of what holds now. What is new since the last story is marked."""
    changes, old_pairs = (), None
    if exchanges:
        first = stories(exchanges)[0][-1]
        changes = compare(first.items_before, now.stored and now.stored.items)
        old_pairs = first.pairs
    count = len(cookie_pairs(now.cookie_header))
    context = {"now": now, "count": count, "changes": changes, "old_pairs": old_pairs}
    return render_to_string("live_panel/now.html", context)


def render_stories(exchanges):
    """Return the markup of the exchanges. What the last story changed stands open."""
    groups = stories(exchanges)
    telling = [exchange for exchange in groups[0] if exchange.has_changes] or groups[0][-1:]
    markup = ['<ol class="lp-stories" data-lp-part="stories">']
    for group in groups:
        markup.append('<li class="lp-story">')
        # Numbered in the order in which they happened, if there is more than one.
        for step, exchange in zip(range(len(group), 0, -1), group, strict=True):
            markup.append(exchange.opening)
            markup.append(" open><summary>" if exchange in telling else "><summary>")
            if len(group) > 1:
                markup.append(f'<span class="lp-step">{step}.</span> ')
            markup.append(exchange.rest)
        markup.append("</li>")
    markup.append("</ol>")
    return "".join(markup)
