"""What the pages of the cookie lessons say about signed values, round trips and other sites."""

from datetime import datetime, timezone

from django import template
from django.conf import settings
from django.core import signing

from cookies_demo.experiments.encoding import round_trip as rows_of
from cookies_demo.experiments.samesite import matrix
from cookies_demo.experiments.signing import PUBLIC_KEY
from live_panel.exchange import printable

register = template.Library()


@register.filter
def taken_apart(value):
    """Return the three parts of a signed value, readable without any key, or None.

    `signed_at` is what the timestamp says, or None if it is no timestamp.
    """
    parts = (value or "").rsplit(":", 2)
    if len(parts) < 3:
        return None
    text, timestamp, signature = parts
    try:
        signed_at = datetime.fromtimestamp(signing.b62_decode(timestamp), timezone.utc)
    except (IndexError, ValueError, OverflowError, OSError):
        signed_at = None
    return {"text": text, "timestamp": timestamp, "signature": signature, "signed_at": signed_at}


@register.simple_tag
def has_public_key():
    """Return True if this site signs with the key that anyone can read in its settings file."""
    return settings.SECRET_KEY == PUBLIC_KEY


@register.simple_tag(takes_context=True)
def samesite_rows(context):
    """Return which of this browser's four test cookies came with which kind of request."""
    return matrix(context["request"].COOKIES.get("samesite_lax", ""))


@register.simple_tag(takes_context=True)
def round_trip(context, texts):
    """Return what became of the cookies `texts` on their way; see the experiment's `round_trip`."""
    return rows_of(context["request"], texts)


@register.simple_tag(takes_context=True)
def trip_of(context, name):
    """Return what became of the one cookie `name`, as a row of `round_trip`."""
    return rows_of(context["request"], {name: ""})[0]


register.filter(printable)
