"""An exchange on a page of its own, for browsers without scripts and for links."""

import logging
from pathlib import Path

from django.http import Http404, HttpResponse
from django.template import Context, Engine
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from live_panel import conf, history, panel
from live_panel.placeholder import nonce_of

logger = logging.getLogger(__name__)

# An engine of the panel's own: the project may have no Django templates, or autoescape off.
ENGINE = Engine(dirs=[Path(__file__).parent / "templates"])


@require_safe
def exchange(request, number):
    """Show one exchange of this browser. Raise `Http404` for anybody else's."""
    try:
        page = exchange_page(request, number) if conf.is_on() else None
    except Exception:
        logger.exception("The live panel could not show an exchange.")
        return HttpResponse("The panel could not look.", status=503)
    if page is None:
        raise Http404("This browser has no such exchange, or has it no longer.")
    return HttpResponse(page, headers={"Cache-Control": "no-store, private"})


def exchange_page(request, number):
    """Return the page of an exchange as markup, or None if this browser has none of this number."""
    found, later = history.find(history.browser_of(request), number)
    if found is None:
        return None
    context = {
        "exchange": found,
        "body": mark_safe(panel.render_exchange(found, later)),
        "icon": panel.static_url("icon.svg"),
        "stylesheet": panel.static_url("panel.css"),
        "nonce": nonce_of(request),
        "back": found.path if found.method == "GET" else "",
    }
    return ENGINE.get_template("live_panel/exchange_page.html").render(Context(context))
