"""The exchange as a panel of django-debug-toolbar. Only a project with the toolbar imports this."""

from debug_toolbar.middleware import show_toolbar as shown_by_default
from debug_toolbar.panels import Panel
from django.utils.safestring import mark_safe

from live_panel import panel
from live_panel.exchange import Exchange
from live_panel.headline import kind_of


def show_toolbar(request):
    """Return True if the toolbar should handle `request`: for SHOW_TOOLBAR_CALLBACK.

    The live panel asks for news once a second. Without this, each question would cost a toolbar
    and push the reader's own requests out of the toolbar's history. A page in a frame gets none:
    there is no room, and in a frame of another site its script is denied the storage it needs.
    """
    in_frame = request.headers.get("Sec-Fetch-Dest") == "iframe"
    return "Live-Panel" not in request.headers and not in_frame and shown_by_default(request)


class ExchangePanel(Panel):
    """What this request did to cookies and the session: the live panel's exchange.

    The stock panels mask the `Cookie` header and leave out `Set-Cookie`.
    """

    title = "Cookies and session"

    @property
    def has_content(self):
        """True if the recorder saw this request."""
        return bool(self.get_stats().get("exchange"))

    @property
    def nav_subtitle(self):
        """A few words for the toolbar's list of panels."""
        exchange = self.get_stats().get("exchange")
        return kind_of(Exchange.from_dict(exchange)).replace("-", " ") if exchange else ""

    @property
    def content(self):
        """The exchange as markup. The project's templates take no part in it."""
        exchange = Exchange.from_dict(self.get_stats()["exchange"])
        return mark_safe(panel.render_alone(exchange))

    def generate_stats(self, request, response):
        """Keep the exchange as plain data: the toolbar stores it as JSON."""
        exchange = getattr(request, "live_panel_exchange", None)
        self.record_stats({"exchange": exchange.as_dict() if exchange else None})
