"""Five sessions at once, each under another of Django's engines and in a cookie of its own."""

import re
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from types import SimpleNamespace

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse

from live_panel import stores
from live_panel.stores import Stored

ENGINES = ("db", "cache", "cached_db", "file", "signed_cookies")

# The five cookies go to the lesson's page and to what lies below it, and nowhere else.
COOKIE_PATH = "/sessions/engines/"
COOKIES = {engine: f"{engine}_sessionid" for engine in ENGINES}

# What Django makes: a random key, or with `signed_cookies` the data itself.
KEYS = {
    **dict.fromkeys(ENGINES, "[a-z0-9]{32}"),
    "signed_cookies": "[A-Za-z0-9.:_-]{8,4096}",
}


def cookies_of(request):
    """Return a dictionary from engine to the value of its cookie, without made-up values."""
    return {
        engine: request.COOKIES[name]
        for engine, name in COOKIES.items()
        if re.fullmatch(KEYS[engine], request.COOKIES.get(name, ""))
    }


def under_every_engine(view):
    """Give `view` the dictionary `request.sessions`: a session for each engine.

    Django's own SessionMiddleware opens, saves and deletes each of them. It knows only the
    cookie `sessionid`, so it gets a request in which the engine's cookie has that name.
    """

    @wraps(view)
    def with_sessions(request):
        middlewares, visits = {}, {}
        for engine in ENGINES:
            backend = import_module(
                f"django.contrib.sessions.backends.{engine}"
            )
            middlewares[engine] = SessionMiddleware(view)
            middlewares[engine].SessionStore = backend.SessionStore
            cookies = {
                settings.SESSION_COOKIE_NAME: cookies_of(request).get(
                    engine
                )
            }
            visits[engine] = SimpleNamespace(
                COOKIES=cookies if all(cookies.values()) else {}
            )
            middlewares[engine].process_request(visits[engine])
        request.sessions = {
            engine: visits[engine].session for engine in ENGINES
        }
        response = view(request)
        for engine in ENGINES:
            answer = HttpResponse(status=response.status_code)
            middlewares[engine].process_response(visits[engine], answer)
            morsel = answer.cookies.get(settings.SESSION_COOKIE_NAME)
            if morsel is not None:
                response.cookies[COOKIES[engine]] = morsel.value
                response.cookies[COOKIES[engine]].update(morsel)
                response.cookies[COOKIES[engine]]["path"] = COOKIE_PATH
        return response

    return with_sessions


@dataclass(frozen=True)
class Kept:
    """Who keeps what of one session.

    `cookie` is what the browser sends, `stored` what the server has for it, and `data` what a
    view reads.
    """

    engine: str
    name: str
    cookie: str | None
    stored: Stored | None
    data: dict


def compare(request):
    """Return what is `Kept` of each of `request.sessions`."""
    return [
        keep(request, engine, session)
        for engine, session in request.sessions.items()
    ]


def keep(request, engine, session):
    """Return what is `Kept` of one session. To read `cached_db` fills the cache: look first."""
    cookie, stored = cookies_of(request).get(engine), None
    if engine != "signed_cookies":
        stored = stores.read([cookie], type(session)).get(cookie)
    return Kept(
        engine, COOKIES[engine], cookie, stored, dict(session.items())
    )
