"""The tag that a page prints, and the filters that the panel's own templates use."""

import json
from functools import cache, lru_cache
from html import escape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from live_panel import panel, pieces, stores
from live_panel.stores import Stored

register = template.Library()

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


@register.simple_tag
def live_panel():
    """Print the placeholder that `ExchangeRecorder` replaces with the panel."""
    return mark_safe(panel.PLACEHOLDER)


@register.filter
def cookie_header(header, old_pairs=None):
    """Mark up a `Cookie` header. Cookies that are not among `old_pairs` are marked as new."""
    spans = []
    for pair in pieces.cut_cookie_header(header):
        text = "".join(piece.text for piece in pair).strip(" ;")
        is_new = old_pairs is not None and text not in old_pairs
        spans.append(
            format_html(
                '<span class="lp-pair{}">{}</span>', " lp-added" if is_new else "", buttons(pair)
            )
        )
    return mark_safe("".join(spans))


@register.filter
def set_cookie(line):
    """Mark up a `Set-Cookie` line."""
    groups = pieces.cut_set_cookie(line)
    return mark_safe("".join(f'<span class="lp-group">{buttons(group)}</span>' for group in groups))


@register.filter
def is_csrf(name):
    """Return True for the cookie that Django sets by itself wherever there is a form."""
    return name == settings.CSRF_COOKIE_NAME


@register.filter
def lifetime(seconds):
    """Say how long a browser keeps a cookie of so many seconds, None being a session cookie."""
    if seconds is None:
        return "until the browser ends its session"
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            number = round(seconds / length)
            return f"for {number} {unit}{'' if number == 1 else 's'}"
    return f"for {seconds} second{'' if seconds == 1 else 's'}"


@register.filter
def signed_at(data):
    """Return when session data was signed, or None."""
    return stores.signed_at(data)


@register.filter
def visible(text):
    """Return text with an escape for each character that would not be seen."""
    return text.translate(INVISIBLE)


@register.filter
def session_data(data):
    """Mark up session data as stored."""
    return buttons(pieces.cut_session_data(data))


def buttons(cut):
    """Return pieces as markup: each that has an explanation is a button that shows it."""
    return mark_safe(
        "".join(
            f'<button type="button" popovertarget="lp-{about}" aria-describedby="lp-{about}">'
            f"{escape(text)}</button>"
            if about
            else escape(text)
            for text, about in cut
        )
    )


NOTHING = mark_safe(
    '<span class="lp-none">nothing</span>'
    + "".join(
        f'<span data-panel="{fact}" data-absent hidden></span>'
        for fact in ("session-key", "session-data", "expire-date", "session-decoded")
    )
)


@register.simple_tag(name="stored")
def stored_tag(stored, changes, *kinds):
    """Print what is stored, or that nothing is, with the changes of some kinds marked."""
    if not stored:
        return NOTHING
    marks = tuple((key, change) for change, key in changes if change in kinds)
    # The debug toolbar has the dictionary that JSON made of a `Stored`, which cannot be hashed.
    render = render_stored if isinstance(stored, Stored) else render_stored.__wrapped__
    return render(stored, marks)


# What one exchange left is what the next one finds, and what the panel shows as "now".
@lru_cache(maxsize=500)
def render_stored(stored, marks):
    """Return the markup of a `Stored`. `marks` are pairs of key and change."""
    return render_to_string("live_panel/stored.html", {"stored": stored, "marks": dict(marks)})


@register.filter
def decoded(stored, marks):
    """Mark up the decoded data of `stored` as JSON: a line for each key, and changes marked."""
    items = stored["items"] if isinstance(stored, dict) else stored.items
    lines = [
        format_html(
            '<span class="lp-item{}"><span>  {}: {}{}</span>\n</span>',
            f" lp-{marks[key]}" if key in marks else "",
            json.dumps(key, ensure_ascii=False).translate(INVISIBLE),
            value.translate(INVISIBLE),
            "," if number < len(items) else "",
        )
        for number, (key, value) in enumerate(items, start=1)
    ]
    return mark_safe("{\n" + "".join(lines) + "}") if lines else "{}"


@register.simple_tag
@cache
def explanations():
    """Print what each piece is. Pieces refer to these sentences by id."""
    return format_html_join(
        "\n",
        '<p id="lp-{}" class="lp-explanation" popover>{}</p>',
        pieces.EXPLANATIONS.items(),
    )
