"""Record every exchange, show it in the page, and answer the page's questions."""

import logging
import re

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseNotModified

from live_panel import conf, exchange, history, panel, watching, why
from live_panel.placeholder import HEADLINE, PLACEHOLDER, nonce_of
from live_panel.storage import History

logger = logging.getLogger(__name__)
MARK = PLACEHOLDER.encode()
HEADLINE_MARK = HEADLINE.encode()


class ExchangeRecorder:
    """Watch what the middleware and views after this one do to cookies and the session.

    A template is finished before SessionMiddleware saves, so it cannot show its own row or
    `Set-Cookie` lines. `{% live_panel %}` prints a placeholder, and the recorder replaces it in
    the finished response. It sets no cookie, writes no row and adds no `Vary`. Whatever fails in
    it, the answer goes out.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response):
        if not conf.is_on():
            raise MiddlewareNotUsed
        self.get_response = get_response
        watching.start()
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request):
        if iscoroutinefunction(self):
            return self.__acall__(request)
        if is_excluded(request.path):
            return self.get_response(request)
        if asks(request):
            return answer(request)
        beginning = begin(request)
        return finish(request, self.get_response(request), beginning)

    async def __acall__(self, request):
        if is_excluded(request.path):
            return await self.get_response(request)
        # The session store and the cache may wait for a database.
        if asks(request):
            return await sync_to_async(answer)(request)
        beginning = await sync_to_async(begin)(request)
        response = await self.get_response(request)
        return await sync_to_async(finish)(request, response, beginning)


def is_excluded(path):
    """Return True for LIVE_PANEL_IGNORE, and for what a browser fetches by itself."""
    if path == "/favicon.ico" or path.startswith(conf.ignored()):
        return True
    return any(
        prefix not in (None, "", "/") and path.startswith(prefix)
        for prefix in (settings.STATIC_URL, settings.MEDIA_URL)
    )


def begin(request):
    """Return what is there before the view runs, or None if the panel fails to look."""
    try:
        return exchange.begin(request)
    except Exception:
        logger.exception("The live panel could not look at the beginning of a request.")
        return None


def finish(request, response, beginning):
    """Return `response`, recorded, and with the panel in it where it has the placeholder."""
    try:
        # The page of an exchange is none of the site's own.
        if is_own(request):
            return response
        record(request, response, beginning)
    except Exception as error:
        logger.exception("The live panel could not record an exchange.")
        give_up(response, error)
    return response


def is_own(request):
    """Return True if a view of the panel's own answered `request`."""
    match = getattr(request, "resolver_match", None)
    return getattr(match, "app_name", "") == "live_panel"


def record(request, response, beginning):
    """Keep the exchange of `request` and `response`, and show it."""
    if beginning is None:
        raise LookupError("The panel could not look at the beginning of this request.")
    browser, problem, cookies = history.browser_before(request, beginning.cookies), "", ()
    try:
        # Only a `Set-Cookie` line asks what was there before it.
        cookies = history.jar_of(browser) if response.cookies else ()
    except Exception as error:
        problem = f"The panel could not reach its history: {type(error).__name__}."
    found = exchange.finish(request, response, beginning, cookies)
    try:
        # What is kept may have parts hidden. The page itself is for its own browser.
        _, browser = history.add(request, response, found, beginning.cookies, browser)
    except Exception as error:
        problem = f"The panel could not reach its history: {type(error).__name__}."
        logger.exception("The live panel could not keep an exchange.")
    request.live_panel_exchange = found
    if has_placeholder(response):
        known = History()
        if browser and not problem:
            try:
                known = history.load(browser)
            except Exception as error:
                problem = f"The panel could not reach its history: {type(error).__name__}."
                logger.exception("The live panel could not read a history.")
        known = known if known.exchanges else panel.history_of(found)
        put(
            response,
            panel.render(found, known, problem, nonce_of(request)),
            panel.render_headline(known),
        )


def has_placeholder(response):
    """Return True if the panel can be put into `response`: a finished, uncompressed HTML page."""
    return (
        not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and "Content-Encoding" not in response
        and MARK in response.content
    )


def put(response, markup, headline=""):
    """Put `markup` and `headline` in place of their placeholders. No cache may keep it then."""
    response.content = response.content.replace(
        MARK, markup.encode(response.charset, "xmlcharrefreplace"), 1
    ).replace(HEADLINE_MARK, headline.encode(response.charset, "xmlcharrefreplace"))
    response["Cache-Control"] = "no-store, private"
    if "Content-Length" in response:
        response["Content-Length"] = str(len(response.content))
    # They described the page without the panel.
    del response["ETag"]
    del response["Expires"]


def give_up(response, error):
    """Say in the page that the panel failed, if that much still works."""
    try:
        if has_placeholder(response):
            put(response, f"<p>The live panel failed: {type(error).__name__}.</p>")
    except Exception:
        logger.exception("The live panel could not even say that it failed.")


def asks(request):
    """Return True if the panel of a page asks, and no view should run.

    A header of one's own cannot be sent from another site without asking first.
    """
    return request.method == "GET" and "Live-Panel" in request.headers


def answer(request):
    """Answer a question of the panel: for news, or for an earlier exchange.

    The page asks at its own URL, so that the browser attaches exactly the cookies that it would
    attach to that page. No view runs, and the session is not touched.
    """
    what, _, detail = request.headers["Live-Panel"].partition(" ")
    try:
        if what == "exchange":
            response = earlier_exchange(request, detail)
        else:
            response = refresh(request, detail)
    except Exception:
        logger.exception("The live panel could not answer.")
        response = HttpResponse("The panel could not look.", status=503)
    response["Cache-Control"] = "no-store, private"
    if response.status_code != 304:
        response["Content-Length"] = str(len(response.content))
    return response


def refresh(request, since):
    """Return what is new as markup, or 304 if nothing is.

    `since` is the time of the exchange that the page shows, in seconds since the epoch.
    """
    key = exchange.session_key_in(request)
    stored, blind = exchange.look([key])
    browser = history.browser_of(request)
    opened = exchange.clip_stored(stored.get(key))
    now = panel.Now(
        url=exchange.url_of(request),
        cookie_header=exchange.cookie_header(request),
        stored=opened,
        length=history.length(browser),
        others=tuple(exchange.look_at_others(request.COOKIES).items()),
        mismatch="" if blind else why.mismatch(key, opened),
        blind=blind,
        time=exchange.now(),
    )
    # Whatever compresses the answer makes its ETag a weak one.
    if request.headers.get("If-None-Match", "").removeprefix("W/") == now.tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(panel.render_refresh(now, history.load(browser), seconds(since)))
    response["ETag"] = now.tag
    return response


def seconds(text):
    """Return the number in a header, or 0 if it is none."""
    return float(text) if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text) else 0


def earlier_exchange(request, number):
    """Return an exchange of this browser's as markup, or 404 if it has none of this number."""
    wanted = int(number) if re.fullmatch("[0-9]{1,9}", number) else 0
    found, later = history.find(history.browser_of(request), wanted)
    if found is None:
        return HttpResponse("This exchange is not here any more.", status=404)
    return HttpResponse(panel.render_exchange(found, later))
