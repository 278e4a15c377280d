"""Five sessions at once, each under another of Django's engines."""

import re
import time
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.contrib.sessions.backends.file import (
    SessionStore as FileStore,
)
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db.models.functions import Length
from django.http import HttpResponse
from django.utils import timezone

from live_panel import stores
from live_panel.stores import Stored

ENGINES = ("db", "cache", "cached_db", "file", "signed_cookies")

# The five cookies go to the lesson's page and below it, nowhere else.
COOKIE_PATH = "/sessions/engines/"
COOKIES = {engine: f"{engine}_sessionid" for engine in ENGINES}

# What Django makes: a random key, or the data itself.
KEYS = {
    **dict.fromkeys(ENGINES, "[a-z0-9]{32}"),
    "signed_cookies": "[A-Za-z0-9.:_-]{8,4096}",
}

LARGE = 4096  # characters as stored; no other session here has so many
LARGE_FOR = 10 * 60  # seconds that the lesson lets a large one live


def cookies_of(request):
    """Return a dictionary from engine to the value of its cookie.

    Values that Django cannot have made are left out.
    """
    return {
        engine: request.COOKIES[name]
        for engine, name in COOKIES.items()
        if re.fullmatch(KEYS[engine], request.COOKIES.get(name, ""))
    }


def under_every_engine(view):
    """Give `view` the dictionary `request.sessions`, one per engine.

    Django's own SessionMiddleware opens, saves and deletes each of
    them. It knows only the cookie `sessionid`, so it gets a request in
    which the engine's cookie has that name. Where it refuses to save,
    the engine is added to "refused" in the main session.
    """

    @wraps(view)
    def with_sessions(request):
        middlewares, visits = {}, {}
        for engine in ENGINES:
            middlewares[engine] = SessionMiddleware(view)
            middlewares[engine].SessionStore = store_of(engine)
            cookie = cookies_of(request).get(engine)
            visits[engine] = SimpleNamespace(COOKIES={})
            if cookie:
                name = settings.SESSION_COOKIE_NAME
                visits[engine].COOKIES[name] = cookie
            middlewares[engine].process_request(visits[engine])
        request.sessions = {
            engine: visits[engine].session for engine in ENGINES
        }
        response = view(request)
        for engine in ENGINES:
            answer = HttpResponse(status=response.status_code)
            try:
                middlewares[engine].process_response(
                    visits[engine], answer
                )
            except SessionInterrupted:
                refused = request.session.get("refused", [])
                request.session["refused"] = [*refused, engine]
            morsel = answer.cookies.get(settings.SESSION_COOKIE_NAME)
            if morsel is not None:
                response.cookies[COOKIES[engine]] = morsel.value
                response.cookies[COOKIES[engine]].update(morsel)
                response.cookies[COOKIES[engine]]["path"] = COOKIE_PATH
        if request.method == "POST":
            delete_large_leftovers()
        return response

    return with_sessions


def store_of(engine):
    """Return the `SessionStore` class of the engine with that name."""
    backends = "django.contrib.sessions.backends"
    return import_module(f"{backends}.{engine}").SessionStore


def delete_large_leftovers():
    """Delete the rows and files of "Make it large" that are over."""
    rows = Session.objects.annotate(size=Length("session_data"))
    rows.filter(size__gt=LARGE, expire_date__lt=timezone.now()).delete()
    folder = Path(FileStore._get_storage_path())
    for path in folder.glob(f"{settings.SESSION_COOKIE_NAME}*"):
        if is_large_leftover(path):
            path.unlink(missing_ok=True)


def is_large_leftover(path):
    """Return True if this session file was made large, and is over.

    The folder may belong to other sites too: this one's signature
    tells.
    """
    try:
        file = path.stat()
        age = time.time() - file.st_mtime
        if file.st_size <= LARGE or age < LARGE_FOR:
            return False
        found = stores.decode(FileStore(), path.read_text("ascii"))
    except (OSError, UnicodeError):
        return False
    return "letters" in dict(found.get("items", ()))


@dataclass(frozen=True)
class Kept:
    """Who keeps what of one session.

    `engine` names its engine and `name` its cookie. `cookie` is what
    the browser sends, `stored` what the server has for it, and `data`
    what a view reads.
    """

    engine: str
    name: str
    cookie: str | None
    stored: Stored | None
    data: dict


def compare(request):
    """Return a list of what is `Kept` of each of `request.sessions`."""
    sessions = request.sessions.items()
    return [keep(request, *session) for session in sessions]


def keep(request, engine, session):
    """Return what is `Kept` of one session.

    The server's side comes first: to read `cached_db` fills the cache.
    """
    cookie, stored = cookies_of(request).get(engine), None
    if engine != "signed_cookies":
        stored = stores.read([cookie], type(session)).get(cookie)
    data = dict(session.items())
    return Kept(engine, COOKIES[engine], cookie, stored, data)
