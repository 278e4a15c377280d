"""A site of stub views around the panel, and a browser that visits it."""

import sys
from contextlib import contextmanager
from types import ModuleType

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

TOKEN = "a" * 32  # what Django takes for a csrftoken


class Browser(Client):
    """A test client that drops a deleted cookie, if its path is that of the one that it has."""

    def request(self, **request):
        had = dict(self.cookies)
        response = super().request(**request)
        for name, morsel in response.cookies.items():
            if morsel["max-age"] == 0:
                self.cookies.pop(name, None)
                if name in had and (had[name]["path"] or "/") != (morsel["path"] or "/"):
                    dict.__setitem__(self.cookies, name, had[name])
        return response


@pytest.fixture
def stub_site(settings):
    """The settings of a small project: the recorder, Django's own middleware, and stub views."""
    settings.ROOT_URLCONF = "tests.live_panel.urls"
    settings.MIDDLEWARE = [
        "live_panel.middleware.ExchangeRecorder",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ]
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
    settings.SIGNING_BACKEND = "django.core.signing.TimestampSigner"
    settings.MEDIA_URL = "/media/"
    settings.LIVE_PANEL = True
    settings.LIVE_PANEL_IGNORE = []
    settings.LIVE_PANEL_SESSION_COOKIES = {}
    return settings


@pytest.fixture
def browser(stub_site):
    """A browser with a `csrftoken`, so that the panel can tell it from others."""
    browser = Browser(raise_request_exception=False, headers={"host": "testserver"})
    browser.cookies["csrftoken"] = TOKEN
    return browser


@pytest.fixture
def stranger(stub_site):
    """A browser without any cookie."""
    return Browser(raise_request_exception=False, headers={"host": "testserver"})


@pytest.fixture
def row(db):
    """A function that returns the one session row, or None."""
    return lambda: Session.objects.first()


@pytest.fixture
def use_engine(stub_site, monkeypatch):
    """A function that makes a `SessionStore` class the engine of the site."""

    def use(store_class):
        module = ModuleType("an_engine_of_a_project")
        module.SessionStore = store_class
        store_class.__module__ = module.__name__
        monkeypatch.setitem(sys.modules, module.__name__, module)
        stub_site.SESSION_ENGINE = module.__name__

    return use


@pytest.fixture
def panel_after(browser):
    """A function that sends a request, and returns the panel as a refresh shows it then.

    Whatever the answer was: a redirect, an error page or no page at all.
    """

    def after(path, method="get", **more):
        getattr(browser, method)(path, **more)
        return browser.get("/untouched/", headers={"Live-Panel": "refresh"})

    return after


@pytest.fixture
def watch_queries(db):
    """A context manager with a list of what the database is asked: pairs of SQL and parameters.

    The panel keeps its own out of `connection.queries`, and so out of pytest-django's counts.
    """

    @contextmanager
    def watch():
        queries = []

        def note(execute, sql, params, many, context):
            queries.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield queries

    return watch
