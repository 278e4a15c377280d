"""The panel's settings. Each has a default, and the README says what it is for."""

from collections.abc import Mapping

from django.conf import settings


def is_on() -> bool:
    """Return True if the panel records and shows: LIVE_PANEL, and DEBUG where that is not set."""
    on = getattr(settings, "LIVE_PANEL", None)
    return settings.DEBUG if on is None else bool(on)


def cache_alias() -> str | None:
    """Return LIVE_PANEL_CACHE, the alias in CACHES that keeps the histories, or None.

    None stands for the memory of this process.
    """
    return getattr(settings, "LIVE_PANEL_CACHE", None)


def ignored() -> tuple[str, ...]:
    """Return LIVE_PANEL_IGNORE, prefixes of paths that are neither recorded nor shown."""
    return tuple(getattr(settings, "LIVE_PANEL_IGNORE", ()))


def session_cookies() -> Mapping[str, str]:
    """Return LIVE_PANEL_SESSION_COOKIES, from the name of a cookie to the path of an engine.

    A project that keeps several sessions at once names those that are not Django's own here.
    """
    return getattr(settings, "LIVE_PANEL_SESSION_COOKIES", {})
