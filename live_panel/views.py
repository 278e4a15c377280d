"""An exchange on a page of its own, for browsers without scripts and for links."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.template import Context, Engine
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from live_panel import conf, history, panel
from live_panel.placeholder import nonce_of

# An engine of the panel's own: the project may have no Django templates, or autoescape off.
ENGINE = Engine(dirs=[Path(__file__).parent / "templates"])


@require_safe
@never_cache
def exchange(request, number):
    """Show one exchange of this browser. Raise `Http404` for anybody else's."""
    found, later = history.find(history.browser_of(request), number) if conf.is_on() else (None, ())
    if found is None:
        raise Http404("This browser has no such exchange, or has it no longer.")
    context = {
        "exchange": found,
        "body": mark_safe(panel.render_exchange(found, later)),
        "icon": panel.static_url("icon.svg"),
        "stylesheet": panel.static_url("panel.css"),
        "nonce": nonce_of(request),
        "back": found.path if found.method == "GET" else "",
    }
    template = ENGINE.get_template("live_panel/exchange_page.html")
    response = HttpResponse(template.render(Context(context)))
    response["Cache-Control"] = "no-store, private"
    return response
