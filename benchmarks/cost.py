"""What the live panel costs, beside the debug toolbar: `python benchmarks/cost.py [ROUNDS]`.

The same small views are served in one process: bare, with the live panel, with the debug toolbar's
default panels, and with only those three of its panels that show related things. Two are pages,
which read a session's row or write it; a redirect and a JSON answer show no panel. The four take
turns, so that whatever else the machine does meets all of them alike, and the history of the panel
is full. Prints a table for each view; times are medians of a request.
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
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import RequestFactory, override_settings  # noqa: E402
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
WARM_UP = 25  # rounds: the history is full after 20
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


def go(request):
    request.session["n"] = request.session.get("n", 0) + 1
    return HttpResponseRedirect("/read/")


def data(request):
    return JsonResponse({"n": request.session.get("n", 0)})


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
    """Return {name: (list of microseconds, bytes, bytes gzipped, queries)} of requests for `url`.

    The browsers take turns, so the nth time of one and of another are a pair.
    """
    times = {name: [] for name in browsers}
    for number in range(rounds + WARM_UP):
        for name, browser in browsers.items():
            _, body, elapsed = browser.get(url)
            if number >= WARM_UP:
                times[name].append(elapsed)
    results = {}
    for name, browser in browsers.items():
        counted = Counted()
        # The panel keeps its queries out of `connection.queries`.
        with connection.execute_wrapper(counted):
            _, body, _ = browser.get(url)
        results[name] = times[name], len(body), len(gzip.compress(body, 6)), counted.number
    return results


class Counted:
    """Counts the queries that are sent to the database."""

    number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def measure_refresh(browser, rounds):
    """Return (microseconds, bytes) of a refresh that finds nothing new."""
    response, _, _ = browser.get("/read/", **{"Live-Panel": "refresh"})
    headers = {"Live-Panel": "refresh", "If-None-Match": response["ETag"]}
    answers = [browser.get("/read/", **headers) for _ in range(rounds)]
    assert {response.status_code for response, _, _ in answers} == {304}
    return statistics.median(elapsed for _, _, elapsed in answers), len(answers[0][1])


def added(times, bare):
    """Return what each request took longer than the bare one beside it, in microseconds."""
    return [one - other for one, other in zip(times, bare, strict=True)]


def report(browsers, url, label, rounds):
    """Print what each browser's middleware adds to a request for `url`."""
    results = measure(browsers, url, rounds)
    bare_times, *bare = results.pop("bare")
    print(f"\n{label}; what each adds to it ({rounds} rounds)")
    print(f"{'':26}{'µs':>10}{'bytes':>10}{'gzipped':>10}{'queries':>10}")
    print(f"{'bare':26}{statistics.median(bare_times):>10.0f}", *(f"{n:>9}" for n in bare))
    for name, (times, *rest) in results.items():
        more = [after - before for after, before in zip(rest, bare, strict=True)]
        middle = statistics.median(added(times, bare_times))
        print(f"{name:26}{middle:>+10.0f}", *(f"{n:>+9}" for n in more))
    pairs = zip(
        added(results["live panel"][0], bare_times),
        added(results["toolbar, default panels"][0], bare_times),
        strict=True,
    )
    ratio = statistics.median(panel / toolbar for panel, toolbar in pairs if toolbar > 0)
    print(f"The panel adds {ratio:.1%} of what the toolbar's default panels add, pair by pair.")


def main(rounds):
    browsers = {
        "bare": Browser(),
        "live panel": Browser(PANEL),
        "toolbar, default panels": Browser(TOOLBAR),
        "toolbar, three panels": Browser(TOOLBAR, panels=THREE_PANELS),
    }
    for browser in browsers.values():
        browser.get("/write/")  # Or the reading view would have no row to load.
    for url, label in [
        ("/read/", "A page that reads the session"),
        ("/write/", "A page that writes the session"),
        ("/go/", "A redirect that writes the session: it shows no panel"),
        ("/data/", "A JSON answer that reads the session: it shows no panel"),
    ]:
        report(browsers, url, label, rounds)
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
            path("go/", go),
            path("data/", data),
            path("__debug__/", include("debug_toolbar.urls")),
        ]
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
