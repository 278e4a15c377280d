"""Compose the panel: what a page carries, what a refresh brings, and an exchange by itself."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape as e
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static

from live_panel import headline, jar, pieces, why
from live_panel.exchange import Exchange, compare
from live_panel.markup import exchanges, facts, lists
from live_panel.storage import History, learn
from live_panel.stores import Stored
from live_panel.story import last_story


@dataclass(frozen=True)
class Now:
    """What holds at this moment: the browser's `Cookie` header, and what its session key opens.

    `url` is the page's, without its query. `length` is how many exchanges this browser has had.
    `others` are pairs of a cookie of LIVE_PANEL_SESSION_COOKIES and the `Stored` that it opens.
    `mismatch` says why the key opens nothing, and `blind` what could not be seen.
    """

    url: str
    cookie_header: str | None
    stored: Stored | None
    length: int = 0
    others: tuple[tuple[str, Stored], ...] = ()
    mismatch: str = ""
    blind: str = ""
    time: float = field(default=0, compare=False)

    @property
    def tag(self) -> str:
        """An ETag, which differs as soon as the panel would show something else."""
        seen = (self.cookie_header, self.stored, self.length, self.others, self.mismatch)
        digest = hashlib.sha256(repr((*seen, self.blind)).encode(errors="replace")).hexdigest()
        return f'"{digest[:32]}"'


class Later(NamedTuple):
    """What a refresh knows of a browser, in the words of an exchange: its `Cookie` header."""

    url: str
    cookie_header: str | None
    time: float
    cross_site: str = ""
    set_cookie: tuple = ()


def now_after(exchange: Exchange, length: int) -> Now:
    """Return the `Now` that holds when `exchange` is over."""
    return Now(
        url=exchange.url,
        cookie_header=exchange.cookie_header,
        stored=exchange.after,
        length=length,
        others=tuple((each.cookie, each.after) for each in exchange.others if each.after),
        # An answer that takes the cookie back leaves nothing to explain.
        mismatch=mismatch_after(exchange),
        blind=exchange.blind,
        time=exchange.time,
    )


def mismatch_after(exchange: Exchange) -> str:
    """Return why the key that the browser is left with opens nothing, or ""."""
    if exchange.blind:
        return ""
    return why.mismatch(exchange.key_out, exchange.after)


def render(exchange: Exchange, history: History, problem: str = "", nonce: str = "") -> str:
    """Return the whole panel for the page that answered `exchange`.

    `history` is its browser's, the exchange included. There, parts of it may be hidden; what holds
    now is told from `exchange` as it is. `problem` says what the panel could not do.
    """
    now = now_after(exchange, history.length)
    parts = render_parts(now, history, ())
    note = f'<p class="lp-note">{e(problem)}</p>' if problem else ""
    css, script = static_url("panel.css"), static_url("panel.js")
    attribute = f' nonce="{e(nonce)}"' if nonce else ""
    return (
        f'<link rel="stylesheet" href="{e(css)}"{attribute}>'
        '<section class="live-panel" id="live-panel" aria-labelledby="lp-title" '
        f'data-tag="{e(now.tag)}" data-time="{exchange.time:.3f}">'
        '<a class="lp-skip" href="#lp-end">Skip panel</a>'
        '<div class="lp-top"><h2 id="lp-title">Live panel</h2>'
        f'<span class="lp-status">as loaded</span></div>{note}{parts}</section>'
        '<span id="lp-end" tabindex="-1"></span>'
        f'<script type="module" src="{e(script)}"{attribute}></script>'
    )


def history_of(exchange: Exchange) -> History:
    """Return the history of a browser of which only this exchange is known."""
    return History(0, (exchange,), learn((), exchange))


def render_headline(history: History, later: Sequence[Later] = ()) -> str:
    """Return the headline by itself, for a page that says it where the click was.

    `data-acted` says that the click did more than load a page.
    """
    told = last_story(history.exchanges)
    sentence = headline.headline(told, later)
    return (
        f'<span data-lp-headline data-kind="{sentence.kind}"{acted(told)}>'
        f"{facts.words(sentence.words)}</span>"
    )


def acted(told: Sequence[Exchange]) -> str:
    """Return the attribute that says whether a story has more in it than loading a page."""
    return " data-acted" if any(each.method != "GET" for each in told) else ""


def static_url(name: str) -> str:
    """Return the URL of a static file of the panel's.

    Where files have not been collected, a manifest storage raises, and others raise what they
    like: then name it as if there were none.
    """
    try:
        return found_static_url(name, settings.STATIC_URL, str(settings.STORAGES["staticfiles"]))
    except Exception:
        return f"{settings.STATIC_URL or '/'}live_panel/{name}"


@cache
def found_static_url(name: str, prefix: str, storage: str) -> str:
    """Return what the tag `static` prints. Its answer changes only with these settings."""
    return static(f"live_panel/{name}")


def render_parts(now: Now, history: History, later: Sequence[Later]) -> str:
    """Return the parts of the panel, which a refresh replaces one by one.

    `later` is what is known of the browser after its last exchange: the present `Cookie` header.
    """
    told = last_story(history.exchanges)
    sentence = headline.headline(told, later)
    cookies = history.jar
    if later:  # A page's own header came before its `Set-Cookie` lines, which the jar knows.
        cookies = jar.confirm(cookies, now.url, now.cookie_header, now.time)
    skip = {each.number for each in told}
    what_holds = f'<div data-lp-part="now">{render_now(now, told, history.jar)}</div>'
    rest = (
        '<div data-lp-part="story"><h3 id="lp-crossed">What crossed</h3>'
        f"{exchanges.story(told, later)}</div>"
        '<div data-lp-part="jar"><h3>The jar <small>cookies this browser was seen to get'
        f"</small></h3>{lists.jar_table(cookies, now.url, now.time)}</div>"
        f'<div data-lp-part="earlier">{lists.earlier(history.exchanges, skip)}</div>'
    )
    return (
        f'<p class="lp-headline" data-lp-part="headline" role="status" data-panel="headline" '
        f'data-kind="{sentence.kind}"{acted(told)}>{facts.words(sentence.words)}</p>{what_holds}'
        f'{rest}<details class="lp-explained" data-lp-part="explained">'
        f"{lists.explanations(what_holds + rest)}</details>"
    )


def render_now(now: Now, told: Sequence[Exchange] = (), known: Sequence[jar.Seen] = ()) -> str:
    """Return what holds now. What is new, changed or removed since the last story is marked.

    `known` is the browser's jar, as far as its exchanges tell.
    """
    changes, old_pairs, gone = (), None, ()
    if told:
        before = told[0].before
        old_items = (before and not before.expired and before.items) or ()
        changes = compare(old_items, (now.stored and now.stored.items) or ())
        removed = {key for change, key in changes if change == "removed"}
        gone = [item for item in old_items if item[0] in removed] if now.stored else ()
        old_pairs = pieces.cookie_pairs(told[0].cookie_header)
    notes = "".join(
        f'<p class="lp-note"{hook}>{e(text)}</p>'
        for text, hook in ((now.blind, ""), (now.mismatch, ' data-panel="mismatch"'))
        if text
    )
    return (
        '<div class="lp-sides" data-now>'
        '<div class="lp-browser" id="lp-sent"><h3>Your browser sends</h3>'
        f"{facts.cookie_header(now.cookie_header, old_pairs)}"
        f"{facts.removed_pairs(now.cookie_header, old_pairs)}{since_then(now, told, known)}</div>"
        f'<div class="lp-server" id="lp-kept"><h3>{keeper(now.stored)}</h3>'
        f'<div data-panel="row"{facts.absent(now.stored)}>'
        f"{facts.stored(now.stored, changes, gone, explained=True)}</div>{notes}"
        f"{facts.other_sessions(now.others)}</div></div>"
    )


def since_then(now: Now, told: Sequence[Exchange], in_jar: Sequence[jar.Seen]) -> str:
    """Say which cookies came to the browser by other ways than its exchanges, or return "".

    A cookie that the jar knows was only held back from the last page, by SameSite for one.
    """
    if not told or told[-1].url != now.url or told[-1].time == now.time:
        return ""
    sent = {line.name for exchange in told for line in exchange.set_cookie}
    known = pieces.cookie_pairs(told[-1].cookie_header)
    known += [f"{each.name}={each.value}" for each in in_jar if each.state == "kept"]
    names = [
        f"<code>{e(name)}</code>"
        for pair in pieces.cookie_pairs(now.cookie_header)
        if not pieces.is_among(pair, known) and (name := pair.partition("=")[0]) not in sent
    ][:5]
    if not names:
        return ""
    return (
        f'<p class="lp-note" data-panel="since">Since then, {", ".join(names)} came to the browser '
        "by a script, by hand or from another tab.</p>"
    )


def keeper(stored: Stored | None) -> str:
    """Return the heading of the server's side. Under signed_cookies the server keeps nothing."""
    if stored and stored.kind == "cookie":
        return "The server reads, and keeps nothing"
    return "The server keeps"


def render_refresh(now: Now, history: History, since: float = 0) -> str:
    """Return what a refresh brings: every part, or what holds now if there is no other news.

    `since` is the time of the exchange that the page shows. Nothing in a history may be newer: the
    request came without the cookies that tell the browser, for one. The page then keeps its own.
    """
    # The page has its time in milliseconds, rounded.
    if not history.exchanges or history.exchanges[0].time < since - 0.001:
        return f'<div data-lp-part="now">{render_now(now)}</div>'
    return render_parts(now, history, (Later(now.url, now.cookie_header, now.time),))


def render_exchange(exchange: Exchange, later: Sequence[Exchange] = ()) -> str:
    """Return an exchange by itself: what an earlier line opens."""
    sentence = headline.headline([exchange], later)
    return (
        f'<p class="lp-sentence" data-kind="{sentence.kind}">{facts.words(sentence.words)}</p>'
        f"{exchanges.story([exchange], later)}"
    )


def render_alone(exchange: Exchange) -> str:
    """Return an exchange with its own stylesheet and explanations, for the debug toolbar."""
    body = render_exchange(exchange)
    return (
        f'<link rel="stylesheet" href="{e(static_url("panel.css"))}"><div class="live-panel">{body}'
        f'<details class="lp-explained">{lists.explanations(body)}</details></div>'
    )
