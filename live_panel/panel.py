"""Turn exchanges into the panel's markup."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string

from live_panel.exchange import compare
from live_panel.pieces import cookie_pairs
from live_panel.stores import Stored

# What {% live_panel %} prints and the recorder replaces.
PLACEHOLDER = "<!-- live_panel: is ExchangeRecorder in MIDDLEWARE? -->"


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


def stories(exchanges):
    """Group exchanges, newest first, into stories: a page with the redirects that led to it."""
    groups = []
    for exchange in exchanges:
        if groups and leads_to(exchange, groups[-1][-1]):
            groups[-1].append(exchange)
        else:
            groups.append([exchange])
    return groups


def leads_to(exchange, follower):
    """Return True if `exchange` redirected the browser to `follower`."""
    target = follower.path + (f"?{follower.query}" if follower.query else "")
    return 300 <= exchange.status < 400 and exchange.location == target


def render_panel(exchanges, now):
    """Return the whole panel as markup. `exchanges` are newest first and not empty."""
    return render_to_string(
        "live_panel/panel.html",
        {
            "tag": now.tag,
            "now": render_now(now, exchanges),
            "stories": render_stories(exchanges),
        },
    )


def render_now(now, exchanges):
    """Return the markup of what holds now. What is new since the last story is marked."""
    context = {"now": now, "count": len(cookie_pairs(now.cookie_header))}
    if exchanges:
        first = stories(exchanges)[0][-1]
        context["changes"] = compare(first.before, now.stored)
        context["old_pairs"] = cookie_pairs(first.cookie_header)
    return render_to_string("live_panel/now.html", context)


def render_stories(exchanges):
    """Return the markup of the exchanges. What the last story changed stands open."""
    latest, *earlier = stories(exchanges)
    telling = [exchange for exchange in latest if exchange.changes] or latest[-1:]
    groups = [[(exchange, exchange in telling) for exchange in latest]]
    groups += [[(exchange, False) for exchange in story] for story in earlier]
    rendered = [
        [
            render_exchange(exchange, is_open, len(group) - number if len(group) > 1 else 0)
            for number, (exchange, is_open) in enumerate(group)
        ]
        for group in groups
    ]
    return render_to_string("live_panel/stories.html", {"stories": rendered})


# An exchange never changes, and every page shows up to twenty of them.
@lru_cache(maxsize=500)
def render_exchange(exchange, is_open, step):
    """Return the markup of one exchange, unfolded if `is_open`.

    `step` is its number in a story of several exchanges, and 0 if it stands alone.
    """
    return render_to_string(
        "live_panel/exchange.html", {"exchange": exchange, "is_open": is_open, "step": step}
    )
