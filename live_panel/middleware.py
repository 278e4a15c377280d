"""Record every exchange, show it in the page, and answer the page's questions for news."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseNotModified

from live_panel import history, panel
from live_panel.exchange import (
    clip_stored,
    cookie_header,
    explain_mismatch,
    look,
    observe,
    session_key_in,
)


class ExchangeRecorder:
    """Watch what the middleware and views after this one do to cookies and the session.

    A template is finished before SessionMiddleware saves, so it cannot show its own row or
    `Set-Cookie` lines. `{% live_panel %}` prints a placeholder, and the recorder replaces it in
    the finished response. It sets no cookie, writes no row and adds no `Vary`.
    """

    def __init__(self, get_response):
        if not getattr(settings, "LIVE_PANEL", True):
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if is_excluded(request.path):
            return self.get_response(request)
        if request.method == "GET" and request.headers.get("Live-Panel") == "refresh":
            return refresh(request)
        before, blind = look([session_key_in(request)])
        response = self.get_response(request)
        # The debug toolbar asks for its own panels; they say nothing about the site.
        if getattr(request.resolver_match, "app_name", "") != "djdt":
            exchange = observe(request, response, before, blind)
            request.live_panel_exchange = exchange
            rendered = panel.render_exchange(exchange)
            history.add(request, response, rendered)
            if has_placeholder(response):
                show_panel(request, response, exchange, rendered)
        return response


def is_excluded(path):
    """Return True for what a browser fetches by itself: static files and the icon."""
    prefixes = (settings.STATIC_URL, settings.MEDIA_URL)
    return path == "/favicon.ico" or any(
        prefix not in (None, "", "/") and path.startswith(prefix) for prefix in prefixes
    )


def has_placeholder(response):
    """Return True if the panel can be put into `response`: a finished, uncompressed HTML page."""
    return (
        not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and "Content-Encoding" not in response
        and panel.PLACEHOLDER.encode() in response.content
    )


def show_panel(request, response, exchange, rendered):
    """Put the panel into `response`, which from then on no cache may keep."""
    browser = history.browser_of(request, response)
    exchanges = history.recent(browser) or [rendered]
    markup = panel.render_panel(exchanges, panel.now_after(exchange, history.length(browser)))
    response.content = response.content.replace(
        panel.PLACEHOLDER.encode(), markup.encode(response.charset, "xmlcharrefreplace"), 1
    )
    response["Cache-Control"] = "no-store, private"
    if "Content-Length" in response:
        response["Content-Length"] = str(len(response.content))
    # It described the page without the panel.
    del response["ETag"]


def refresh(request):
    """Answer the panel's question for news: with markup, or with 304 if there are none.

    The page asks at its own URL, so that the browser attaches exactly the cookies that it would
    attach to that page. No view runs, and the session is not touched.
    """
    key = session_key_in(request)
    stored, blind = look([key])
    browser = history.browser_of(request)
    opened = clip_stored(stored.get(key))
    mismatch = "" if blind else explain_mismatch(key, opened)
    now = panel.Now(cookie_header(request), opened, history.length(browser), mismatch, blind)
    if request.headers.get("If-None-Match") == now.tag:
        response = HttpResponseNotModified()
    else:
        exchanges = history.recent(browser)
        # A browser without a history keeps the exchange that its page shows already.
        markup = panel.render_now(now, exchanges)
        if exchanges:
            markup += panel.render_stories(exchanges)
        response = HttpResponse(markup)
    response["ETag"] = now.tag
    response["Cache-Control"] = "no-store, private"
    return response
