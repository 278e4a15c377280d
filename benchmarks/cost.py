"""What the live panel costs, beside the debug toolbar: `python benchmarks/cost.py [ROUNDS]`.

The same two small views, one that reads a session and one that writes it, are served in one
process: bare, with the live panel, with the debug toolbar's default panels, and with only those
three of its panels that show related things. The four take turns, so that whatever else the
machine does meets all of them alike. Prints a table; times are medians of a request.
"""

import gzip
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import RequestFactory, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import include, path  # noqa: E402

BASE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
PANEL = "live_panel.middleware.ExchangeRecorder"
TOOLBAR = "debug_toolbar.middleware.DebugToolbarMiddleware"
THREE_PANELS = [
    "debug_toolbar.panels.history.HistoryPanel",
    "debug_toolbar.panels.request.RequestPanel",
    "debug_toolbar.panels.sql.SQLPanel",
]
PAGE = """{% load live_panel %}<!doctype html><html><head><title>Cost</title></head>
<body><h1>{{ n }}</h1><p>{{ text }}</p>{% live_panel %}</body></html>"""


def configure(folder):
    """Set Django up with a database in `folder`, as the site configures it."""
    settings.configure(
        DEBUG=True,
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["testserver"],
        INTERNAL_IPS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        STATIC_URL="/static/",
        INSTALLED_APPS=[
            "django.contrib.sessions",
            "django.contrib.staticfiles",
            "live_panel",
            "debug_toolbar",
        ],
        MIDDLEWARE=[TOOLBAR, PANEL, *BASE],
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.path.join(folder, "cost.sqlite3"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                },
            }
        },
        CSRF_COOKIE_HTTPONLY=True,
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def answer(request, n):
    get_token(request)  # As a page with a form does, so that the browser has a history.
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"n": n, "text": "words " * 400}, request))


def read(request):
    return answer(request, request.session.get("n", 0))


def write(request):
    request.session["n"] = request.session.get("n", 0) + 1
    return answer(request, request.session["n"])


class Browser:
    """Sends requests to a handler with some middleware, and keeps cookies."""

    def __init__(self, *middleware, panels=None):
        self.cookies, self.panels = {}, panels
        with override_settings(MIDDLEWARE=[*middleware, *BASE]):
            self.handler = WSGIHandler()

    def get(self, url, **headers):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        environ = RequestFactory().get(url, headers={"cookie": cookie, **headers}).environ
        use_panels(self.panels)
        start = time.perf_counter()
        response = self.handler(environ, lambda status, headers: None)
        body = b"".join(response)
        elapsed = time.perf_counter() - start
        response.close()
        for name, morsel in response.cookies.items():
            self.cookies[name] = morsel.value
        return response, body, elapsed * 1e6


def use_panels(panels):
    """Let the toolbar use these panels, or its default ones: it looks them up once."""
    from debug_toolbar.settings import PANELS_DEFAULTS
    from debug_toolbar.toolbar import DebugToolbar
    from django.utils.module_loading import import_string

    DebugToolbar._panel_classes = [import_string(path) for path in panels or PANELS_DEFAULTS]


def measure(browsers, url, rounds):
    """Return {name: (microseconds, bytes, bytes gzipped, queries)} of a request for `url`."""
    times = {name: [] for name in browsers}
    for number in range(rounds + 20):
        for name, browser in browsers.items():
            _, body, elapsed = browser.get(url)
            if number >= 20:
                times[name].append(elapsed)
    results = {}
    for name, browser in browsers.items():
        with CaptureQueriesContext(connection) as queries:
            _, body, _ = browser.get(url)
        size, zipped = len(body), len(gzip.compress(body, 6))
        results[name] = statistics.median(times[name]), size, zipped, len(queries)
    return results


def measure_refresh(browser, rounds):
    """Return (microseconds, bytes) of a refresh that finds nothing new."""
    response, _, _ = browser.get("/read/", **{"Live-Panel": "refresh"})
    headers = {"Live-Panel": "refresh", "If-None-Match": response["ETag"]}
    answers = [browser.get("/read/", **headers) for _ in range(rounds)]
    assert {response.status_code for response, _, _ in answers} == {304}
    return statistics.median(elapsed for _, _, elapsed in answers), len(answers[0][1])


def main(rounds):
    browsers = {
        "bare": Browser(),
        "live panel": Browser(PANEL),
        "toolbar, default panels": Browser(TOOLBAR),
        "toolbar, three panels": Browser(TOOLBAR, panels=THREE_PANELS),
    }
    for browser in browsers.values():
        browser.get("/write/")  # Or the reading view would have no row to load.
    for url, label in [("/read/", "reads the session"), ("/write/", "writes the session")]:
        results = measure(browsers, url, rounds)
        bare = results["bare"]
        print(f"\nA view that {label}; what each adds to it ({rounds} rounds)")
        print(f"{'':26}{'µs':>10}{'bytes':>10}{'gzipped':>10}{'queries':>10}")
        print(f"{'bare':26}{bare[0]:>10.0f}{bare[1]:>10}{bare[2]:>10}{bare[3]:>10}")
        for name, result in list(results.items())[1:]:
            added = [after - before for after, before in zip(result, bare, strict=True)]
            print(f"{name:26}{added[0]:>+10.0f}{added[1]:>+10}{added[2]:>+10}{added[3]:>+10}")
    elapsed, size = measure_refresh(browsers["live panel"], rounds)
    print(f"\nA refresh that finds nothing new: {elapsed:.0f} µs, {size} bytes of body")


# Filled below, because the toolbar's URLs cannot be imported before Django is set up.
urlpatterns = []

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        configure(folder)
        urlpatterns += [
            path("read/", read),
            path("write/", write),
            path("__debug__/", include("debug_toolbar.urls")),
        ]
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
