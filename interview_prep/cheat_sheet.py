"""What the cheat sheet reads from the running Django instead of having it typed in."""

import inspect

from django.conf import global_settings, settings
from django.http import HttpResponse

SETTINGS = {
    "SESSION_ENGINE": "where sessions are kept",
    "SESSION_SERIALIZER": "how the data becomes text",
    "SESSION_COOKIE_NAME": "name of the cookie that holds the key",
    "SESSION_COOKIE_AGE": "seconds that a save gives cookie and row",
    "SESSION_COOKIE_HTTPONLY": "hidden from scripts",
    "SESSION_COOKIE_SECURE": "over HTTPS only",
    "SESSION_COOKIE_SAMESITE": "what requests from other sites carry",
    "SESSION_COOKIE_DOMAIN": "which hosts get it; without one, this host only",
    "SESSION_COOKIE_PATH": "where on the host it is sent",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": "a cookie without a lifetime",
    "SESSION_SAVE_EVERY_REQUEST": "the lifetime slides; a write each time",
    "SESSION_CACHE_ALIAS": "for the cache and cached_db engines",
    "CSRF_COOKIE_NAME": "name of the cookie with the CSRF secret",
    "CSRF_COOKIE_AGE": "its lifetime in seconds",
    "CSRF_COOKIE_HTTPONLY": "hidden from scripts",
    "CSRF_COOKIE_SECURE": "over HTTPS only",
    "CSRF_COOKIE_SAMESITE": "what requests from other sites carry",
    "CSRF_USE_SESSIONS": "keep the secret in the session",
    "CSRF_TRUSTED_ORIGINS": "other origins that may post here",
    "LANGUAGE_COOKIE_NAME": "name of the cookie with the language",
    "SECRET_KEY_FALLBACKS": "old keys whose signatures still count",
    "SECURE_SSL_REDIRECT": "send HTTP to HTTPS",
    "SECURE_HSTS_SECONDS": "how long browsers insist on HTTPS",
}
DAY = 24 * 60 * 60  # seconds


def setting_rows():
    """Return a dictionary for each setting: its name, meaning, default, and value here.

    The value here is None where it is the default.
    """
    rows = []
    for name, meaning in SETTINGS.items():
        default, here = getattr(global_settings, name), getattr(settings, name)
        row = {"name": name, "meaning": meaning, "default": shown(default), "here": None}
        if here != default:
            row["here"] = shown(here)
        rows.append(row)
    return rows


def shown(value):
    """Return a setting's value as Python writes it. Seconds that make whole days say so."""
    if type(value) is int and value and value % DAY == 0:
        return f"{value}  # {value // DAY} days"
    return repr(value)


def call_rows():
    """Return a dictionary from the name of a method of a response to its signature."""
    methods = (HttpResponse.set_cookie, HttpResponse.delete_cookie)
    return {method.__name__: signature(method) for method in methods}


def signature(method):
    """Return the parameters of a method as its source writes them, without `self`."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return f"({', '.join(map(str, parameters))})"
