"""What the cheat sheet reads from the running Django instead of having it typed in."""

import inspect

from django.conf import global_settings
from django.http import HttpResponse

SETTINGS = {
    "SESSION_ENGINE": "",
    "SESSION_COOKIE_NAME": "",
    "SESSION_COOKIE_AGE": "from each save",
    "SESSION_COOKIE_HTTPONLY": "hidden from scripts",
    "SESSION_COOKIE_SECURE": "True with HTTPS",
    "SESSION_COOKIE_SAMESITE": "",
    "SESSION_COOKIE_DOMAIN": "exactly this host",
    "SESSION_COOKIE_PATH": "",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": "True: no lifetime",
    "SESSION_SAVE_EVERY_REQUEST": "True: the lifetime slides",
    "CSRF_COOKIE_AGE": "",
    "CSRF_COOKIE_HTTPONLY": "so scripts can send it",
    "CSRF_COOKIE_SECURE": "True with HTTPS",
    "CSRF_COOKIE_SAMESITE": "",
    "CSRF_USE_SESSIONS": "True: secret in the session",
    "CSRF_TRUSTED_ORIGINS": "who else may post",
    "SECRET_KEY_FALLBACKS": "old keys that still verify",
    "SECURE_SSL_REDIRECT": "True: HTTP to HTTPS",
    "SECURE_HSTS_SECONDS": "above 0: browsers insist on HTTPS",
}
DAY = 24 * 60 * 60  # seconds


def setting_rows():
    """Return a dictionary for each setting: its name, Django's default and a word on it, or ""."""
    return [
        {"name": name, "word": word, "default": shown(getattr(global_settings, name))}
        for name, word in SETTINGS.items()
    ]


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
