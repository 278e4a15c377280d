"""The recent exchanges of one browser, kept in the cache for an hour.

Showing a POST, its redirect and the page it led to needs a memory that outlives a request. It
can be neither the session nor a cookie of the panel's own, since those are what is watched. So a
browser is told from others by the `csrftoken` cookie that Django gives to whoever has seen a
form, and its exchanges lie in the cache under a keyed hash of that cookie.
"""

import logging
import re

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

MAX_EXCHANGES = 20
MAX_AGE = 60 * 60  # seconds

# The version guards against what an older version of this app has left in the cache.
PREFIX = "live_panel:1:"

logger = logging.getLogger(__name__)

# What Django accepts as a CSRF cookie: a secret, or a masked token of older versions.
CSRF_TOKEN = re.compile("[a-zA-Z0-9]{32}(?:[a-zA-Z0-9]{32})?")


def browser_of(request, response=None):
    """Return the id of the browser that sent `request`, or None if nothing identifies it.

    A `csrftoken` in the response wins: it is what the browser will send from now on.
    """
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    if response is not None and settings.CSRF_COOKIE_NAME in response.cookies:
        token = response.cookies[settings.CSRF_COOKIE_NAME].value
    if not CSRF_TOKEN.fullmatch(token):
        return None
    return salted_hmac("live_panel.history", token, algorithm="sha256").hexdigest()


def add(request, response, exchange):
    """Remember a `Rendered` exchange for its browser, if there is a way to tell which it is."""
    before, after = browser_of(request), browser_of(request, response)
    if after is None:
        return
    if before is not None and before != after:
        move(before, after)
    append(after, exchange)


def append(browser, exchange):
    """Append `exchange` to the history of `browser`.

    One cache key for each exchange and an atomic counter: reading a list, changing it and
    writing it back would lose exchanges of parallel requests.
    """
    counter = PREFIX + browser
    cache.add(counter, 0, MAX_AGE)
    try:
        number = cache.incr(counter)
    except ValueError:  # A full cache dropped the counter just now.
        return
    cache.touch(counter, MAX_AGE)
    cache.set(f"{counter}:{number}", exchange, MAX_AGE)


def length(browser):
    """Return how many exchanges `browser` has had, 0 if it is None. It grows with every one."""
    return cache.get(PREFIX + browser, 0) if browser else 0


def recent(browser):
    """Return the last exchanges of `browser`, newest first, or [] if it is None."""
    if browser is None:
        return []
    counter = PREFIX + browser
    newest = cache.get(counter, 0)
    keys = [f"{counter}:{number}" for number in range(newest, max(newest - MAX_EXCHANGES, 0), -1)]
    found = cache.get_many(keys)
    return [found[key] for key in keys if key in found]


def move(old, new):
    """Give the history of browser `old` to `new`: Django rotates csrftoken at login."""
    for exchange in reversed(recent(old)):
        append(new, exchange)
    delete(old)


def forget(request):
    """Delete the history of the browser that sent `request`."""
    browser = browser_of(request)
    if browser is not None:
        delete(browser)


def delete(browser):
    """Delete the history of `browser`."""
    counter = PREFIX + browser
    newest = cache.get(counter, 0)
    oldest = max(newest - MAX_EXCHANGES, 0)
    cache.delete_many([counter, *(f"{counter}:{n}" for n in range(newest, oldest, -1))])
