"""What a page prints where the panel is to stand, in Django's templates or in Jinja2."""

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from live_panel import conf

PLACEHOLDER = "<!-- live_panel: is ExchangeRecorder in MIDDLEWARE? -->"
HEADLINE = "<!-- live_panel: headline -->"


def live_panel(request: HttpRequest | None = None) -> str:
    """Return the placeholder that `ExchangeRecorder` replaces with the panel.

    With `request`, a nonce of the page's Content-Security-Policy is made now, while every
    middleware can still put it into the header. Without LIVE_PANEL, return nothing.
    """
    if not conf.is_on():
        return ""
    if request is not None:
        nonce_of(request)
    return mark_safe(PLACEHOLDER)


def live_panel_headline() -> str:
    """Return the placeholder that `ExchangeRecorder` replaces with the panel's headline.

    It may stand in a page as often as there are buttons, so that what a click did can be read where
    the click was. The page must have the panel too. Without LIVE_PANEL, return nothing.
    """
    return mark_safe(HEADLINE) if conf.is_on() else ""


def nonce_of(request: HttpRequest) -> str:
    """Return the nonce that the page's Content-Security-Policy asks for, or "".

    Both django-csp and Django 6.0 make it when it is first turned into text.
    """
    for name in ("csp_nonce", "_csp_nonce"):
        try:
            nonce = str(getattr(request, name, None) or "")
            nonce = nonce or str(request.__dict__.get(name, ""))
        except Exception:  # django-csp refuses when its header is finished without one.
            continue
        if nonce:
            return nonce
    return ""
