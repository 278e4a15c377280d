"""Headers, rows and values: what the panel shows as it is."""

import json
import re
from html import escape as e

from django.conf import settings

from live_panel import pieces, stores
from live_panel.headline import Fact

MAX_MARKED = 100  # cookies of a header that are marked up; the others are there as text
# By shape, not by a list of names: what looks like this may open something.
SECRET = re.compile(r"[\w-]{20,}", re.ASCII)

# Characters that would hide themselves or reorder their neighbors, such as the override that
# turns "gpj.exe" into "exe.jpg". JSON has an escape for each of them.
INVISIBLE = {
    code: f"\\u{code:04x}"
    for code in [
        *range(0x7F, 0xA0),
        0xAD,
        0x61C,
        0x200B,
        *range(0x200E, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xD800, 0xE000),
    ]
}


def words(sentence):
    """Return the words of a `Headline`: each `Fact` as code."""
    return "".join(
        f"<code>{shaded(word.text)}</code>" if isinstance(word, Fact) else e(word)
        for word in sentence
    )


def shaded(text):
    """Return text in which CSS can hide the middle of whatever may be a secret."""
    return SECRET.sub(
        lambda match: (
            f'{match[0][:4]}<span class="lp-middle">{match[0][4:-4]}</span>'
            f'<span class="lp-tail">{match[0][-4:]}</span>'
        ),
        # Escaping makes no run of word characters longer than it was. A parser turns a bare
        # carriage return into a line feed.
        e(visible(text)).replace("\r", "&#13;"),
    )


def visible(text):
    """Return text with an escape for each character that would not be seen."""
    return text if text.isascii() and text.isprintable() else text.translate(INVISIBLE)


def piece_markup(cut):
    """Return pieces as markup: what has an explanation says which one."""
    return "".join(
        f'<span data-about="{about}">{shaded(text) if is_secret(about) else e(text)}</span>'
        if about
        else e(text)
        for text, about in cut
    )


def is_secret(about):
    """Return True for the pieces that may open something."""
    return about.endswith("value") or about in ("payload", "signature")


def cookie_header(header, old_pairs=None):
    """Return a `Cookie` header. Cookies that are not among `old_pairs` are marked as new."""
    if header is None:
        return '<p class="lp-none" data-panel="cookie-header" data-absent>no Cookie header</p>'
    # To cut 20,000 cookies in order to mark a hundred would take a tenth of a second.
    pairs = header.split(";", MAX_MARKED)
    rest = pairs.pop() if len(pairs) > MAX_MARKED else ""
    head, rest = (";".join(pairs), f";{rest}") if rest else (header, "")
    marked = [pair_markup(pair, old_pairs) for pair in pieces.cut_cookie_header(head)]
    return (
        '<p class="lp-fact lp-crosses"><code class="lp-line" data-panel="cookie-header">'
        f"{''.join(marked)}{e(rest)}</code></p>"
    )


def pair_markup(pair, old_pairs):
    """Return one cookie of a header. Django's own token is never marked as the news."""
    text = "".join(piece.text for piece in pair).strip(" ;")
    name = text.partition("=")[0]
    kind = ""
    if name == settings.CSRF_COOKIE_NAME:
        kind = " lp-quiet"
    elif old_pairs is not None and not pieces.is_among(text, old_pairs):
        was_there = any(old.partition("=")[0] == name for old in old_pairs)
        kind = " lp-changed" if was_there else " lp-added"
    return f'<span class="lp-pair{kind}">{piece_markup(pair)}</span>'


def removed_pairs(header, old_pairs):
    """Return the cookies that were sent before and no longer are."""
    names = {pair.partition("=")[0] for pair in pieces.cookie_pairs(header)}
    gone = [pair for pair in old_pairs or () if pair.partition("=")[0] not in names]
    return "".join(
        f'<p class="lp-pair lp-removed"><del>{shaded(pair)}</del></p>' for pair in gone[:20]
    )


def stored(found, marks=(), removed=(), explained=False):
    """Return a `Stored` or None. `marks` are pairs of change and key that hold for its items.

    `removed` are items that are there no longer. With `explained`, session data unfolds into its
    parts, each with what it is.
    """
    if not found:
        return '<p class="lp-none">no session for this browser</p>'
    return (
        f'<p class="lp-place">{e(found.kind)} <code data-panel="place">{e(found.place)}</code>'
        f"{copy_markup(found)}</p>"
        '<dl class="lp-stored"><dt>session_key</dt>'
        f'<dd><code class="lp-key" data-panel="session-key">{shaded(found.key)}</code></dd>'
        f"{decoded_markup(found, marks, removed)}{data_markup(found, explained)}"
        f"{expiry_markup(found)}</dl>"
    )


def copy_markup(found):
    """Return where a second copy lies: `cached_db` keeps one in the cache."""
    return f", and a copy in the cache: <code>{shaded(found.copy)}</code>" if found.copy else ""


def decoded_markup(found, marks, removed):
    """Return the decoded data of a `Stored`, or why there is none."""
    if found.items is None:
        claim = ""
        if found.unverified:
            claim = (
                "<dt>the payload claims</dt>"
                f'<dd><code class="lp-decoded">{shaded(found.unverified)}</code></dd>'
            )
        return (
            '<dt>data</dt><dd class="lp-none" data-panel="session-decoded" data-absent>'
            f"{e(found.problem)}</dd>{claim}"
        )
    return (
        '<dt class="lp-unseen">data</dt><dd class="lp-wide">'
        '<code class="lp-decoded" data-panel="session-decoded">'
        f"{items_markup(found.items, marks)}</code>{removed_items(removed)}</dd>"
    )


def items_markup(items, marks):
    """Return decoded data as JSON: a line for each key, and what changed marked."""
    if not items:
        return "{}"
    changes = {key: change for change, key in marks}
    lines = []
    for number, (key, value) in enumerate(items, start=1):
        change = changes.get(key)
        name = visible(json.dumps(key, ensure_ascii=False))
        comma = "," if number < len(items) else ""
        kind = f" lp-{change}" if change in ("added", "changed", "removed") else ""
        lines.append(
            f'<span class="lp-item{kind}"><span>  {e(name)}: {shaded(value)}{comma}</span>\n</span>'
        )
    return "{\n" + "".join(lines) + "}"


def removed_items(items):
    """Return the items that a session had before and no longer has."""
    return "".join(
        f'<p class="lp-item lp-removed"><span><del>{e(visible(key))}: {shaded(value)}</del>'
        "</span></p>"
        for key, value in items[:20]
    )


def data_markup(found, explained):
    """Return session data as stored: with `explained`, on one line that unfolds into its parts."""
    if found.data is None:
        return (
            '<dt>session_data</dt><dd class="lp-none" data-panel="session-data" data-absent>'
            "the store keeps an object, not text</dd>"
        )
    if not explained:
        data = f'<code class="lp-raw" data-panel="session-data">{shaded(found.data)}</code>'
        return f"<dt>session_data</dt><dd>{data}</dd>"
    cut = pieces.cut_session_data(found.data)
    data = f'<code class="lp-raw" data-panel="session-data">{piece_markup(cut)}</code>'
    signed = stores.signed_at(found.data)
    when = f" Here it says {signed:%Y-%m-%d %H:%M:%S} UTC." if signed else ""
    about = "".join(
        f'<li id="lp-about-{name}">{e(pieces.EXPLANATIONS[name])}'
        f"{when if name == 'timestamp' else ''}</li>"
        for _, name in cut
        if name
    )
    holds = "; the panel checked the signature, and it holds" if found.is_signed else ""
    return (
        f'<dt>session_data</dt><dd><details class="lp-data" id="lp-data"><summary>{data}</summary>'
        f"<ul>{about}<li>{found.size:,} characters{holds}.</li></ul></details></dd>"
    )


def expiry_markup(found):
    """Return when a `Stored` expires."""
    if not found.expires:
        return (
            '<dt>expire_date</dt><dd class="lp-none" data-panel="expire-date" data-absent>'
            "not kept beside the data</dd>"
        )
    past = ' <span class="lp-note">is past: Django ignores this row</span>' if found.expired else ""
    date = f'<code data-panel="expire-date">{e(found.expires)}</code>'
    return f"<dt>expire_date</dt><dd>{date}{past}</dd>"


def absent(found):
    """Return the attribute of an element whose fact is absent."""
    return "" if found else " data-absent"


def other_sessions(others):
    """Return the sessions of other engines, each with its cookie: `pairs` of name and `Stored`."""
    return "".join(
        f'<details class="lp-other"><summary><code>{e(name)}</code> {e(one_line(found))}</summary>'
        f'<div data-panel="other-session" data-name="{e(name)}">{stored(found)}</div></details>'
        for name, found in others
    )


def one_line(found):
    """Return in a few words what a `Stored` is and holds."""
    if found is None:
        return "opens nothing"
    if found.items is None:
        return f"opens a {found.kind}: {found.problem}"
    keys = ", ".join(key for key, _ in found.items[:3])
    return f"opens a {found.kind} with {keys or 'no data'}"
