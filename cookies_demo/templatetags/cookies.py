"""What the pages of the cookie lessons say about addresses and signed values."""

from datetime import datetime, timezone

from django import template
from django.conf import settings
from django.core import signing
from django.http.request import split_domain_port, validate_host
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def address_at(context, host, view_name=None, port=None):
    """Return the URL of this page, or of the view named, under another name of this machine.

    Only the machine that the server runs on has such names. Elsewhere the answer is "", and so it
    is if the site does not answer to that name.
    """
    request = context["request"]
    here, own_port = split_domain_port(request.get_host())
    is_this_machine = here in ("127.0.0.1", "localhost") or here.endswith(".localhost")
    if not is_this_machine or not validate_host(host, settings.ALLOWED_HOSTS):
        return ""
    port = port or own_port
    path = reverse(view_name) if view_name else request.path
    return f"{request.scheme}://{host}{f':{port}' if port else ''}{path}"


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
