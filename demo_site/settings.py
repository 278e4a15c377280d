"""Settings, from the environment where a deployment differs and from here otherwise.

Environment: SECRET_KEY, DEBUG, ALLOWED_HOSTS, DATABASE_URL, CACHE_URL, CONN_MAX_AGE.
"""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
TESTING = "test" in sys.argv or "PYTEST_VERSION" in os.environ

# Where it runs

DEBUG = env.bool("DEBUG", default=True)
# This machine's own names always work: some lessons lead from one of them to another.
ALLOWED_HOSTS = [".localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]

# The default key is public, so it is good for one's own machine only: the one that `runserver`
# and RefusalMiddleware keep the site on while DEBUG is on.
SECRET_KEY = env.str("SECRET_KEY", default="public-key-for-local-use-only")
if not DEBUG and len(SECRET_KEY) < 32:
    raise ImproperlyConfigured(
        "With DEBUG off, SECRET_KEY must be a secret of at least 32 characters. Make one with "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )

# Apps

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    # Before staticfiles, which has a `runserver` of its own.
    "demo_site",
    "django.contrib.staticfiles",
    "cookies_demo",
    "sessions_demo",
    "interview_prep",
    "course",
    "live_panel",
]

# The course: its tracks in reading order

COURSE_TRACKS = [
    "cookies_demo.lessons.COOKIES",
    "sessions_demo.lessons.SESSIONS",
    "cookies_demo.lessons.SIDE_BY_SIDE",
]

# Middleware: the order matters

MIDDLEWARE = [
    # Around everything that writes into a page. Pages over https are left as they are: the panel
    # repeats what a visitor sends beside a session key, and the length of the two compressed
    # together tells one who listens what the key is (BREACH). Over http there is nothing to hide.
    "demo_site.middleware.CompressionMiddleware",
    # First of the rest, so that error pages and refused requests have the security headers too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before all that reads a file, a row or the session.
    "demo_site.middleware.RefusalMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "demo_site.middleware.MigratedDatabaseMiddleware",
    # The debug toolbar is inserted here. It goes before SessionMiddleware, or every page
    # would gain `Vary: Cookie`, and before the recorder, whose exchange it shows.
    "live_panel.middleware.ExchangeRecorder",
    # What the recorder watches: it must come before all of these.
    # Right before SessionMiddleware, whose failures it explains.
    "demo_site.middleware.SessionGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "demo_site.middleware.Utf8FormMiddleware",
    # Before CommonMiddleware, which fails on a form without the slash if DEBUG is on.
    "demo_site.middleware.MethodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # After SessionMiddleware, which it needs. `request.user` is lazy: nothing is read until a
    # view asks, and no context processor asks in its place.
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

# The debug toolbar is for development; its own system check forbids it under tests.
if DEBUG and not TESTING:
    from debug_toolbar.settings import PANELS_DEFAULTS

    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(
        MIDDLEWARE.index("live_panel.middleware.ExchangeRecorder"),
        "debug_toolbar.middleware.DebugToolbarMiddleware",
    )
    INTERNAL_IPS = ["127.0.0.1", "::1"]
    # Three panels know more than their own request, and several browsers use one server.
    # History hands any browser the ids of all requests, with cookies and session keys in them.
    # Templates and Cache listen to what all threads share. So they show another visitor's
    # session, and Templates evaluates another request's lazy token: its form is then refused.
    left_out = {
        "debug_toolbar.panels.history.HistoryPanel",
        "debug_toolbar.panels.templates.TemplatesPanel",
        "debug_toolbar.panels.cache.CachePanel",
    }
    DEBUG_TOOLBAR_PANELS = [
        *(panel for panel in PANELS_DEFAULTS if panel not in left_out),
        "live_panel.panels.ExchangePanel",
    ]
    DEBUG_TOOLBAR_CONFIG = {
        "SHOW_COLLAPSED": True,
        # Without this the panel's refreshes would push the page's own data out of the toolbar.
        "SHOW_TOOLBAR_CALLBACK": "live_panel.panels.show_toolbar",
    }

ROOT_URLCONF = "demo_site.urls"
WSGI_APPLICATION = "demo_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "course.preferences.preferences",
            ],
        },
    },
]

# Database and cache

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
}
# Seconds that a connection is kept for the next request of its thread; 0 under ASGI (asgi.py).
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
# The server may have closed a kept connection meanwhile: then open another, without an error page.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on while one writes; it pays only with persistent connections.
    # IMMEDIATE makes a writer wait for its turn instead of failing halfway.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,  # seconds
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, not memory: a live server's threads must see the same database.
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Local memory suits one process. Several processes need a shared cache, such as Redis.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
    # Redis has no such option, and refuses one that it does not know.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 10_000)

# Cookies and sessions: Django's defaults, so that the lessons show what Django does, but for
# one. The panel tells browsers apart by csrftoken, so no script may read that cookie.

CSRF_COOKIE_HTTPONLY = True
# With the public key anyone can sign a cookie; none of those may be a 500.
SIGNING_BACKEND = "demo_site.signing.CookieSigner"
CSRF_FAILURE_VIEW = "demo_site.csrf.csrf_failure"

# The live panel is what the site is about, so it is on in a classroom with DEBUG off too. A browser
# sees only its own exchanges there, and the site keeps nothing that deserves a secret.

LIVE_PANEL = True
SILENCED_SYSTEM_CHECKS = ["live_panel.W003"]
# The toolbar asks for its own panels; they say nothing about the site.
LIVE_PANEL_IGNORE = ["/__debug__/"]
# The lesson on session engines keeps five sessions at once, beside Django's own.
LIVE_PANEL_SESSION_COOKIES = {
    f"{engine}_sessionid": f"django.contrib.sessions.backends.{engine}"
    for engine in ("db", "cache", "cached_db", "file", "signed_cookies")
}

# Passwords: never like this where they are real. Those of the demo accounts are printed on the
# page, and a whole class signs in at once: Django's own hasher would take half a second each.

PASSWORD_HASHERS = ["demo_site.hashers.QuickPasswordHasher"]

# What a page may load: this site's own files, nothing inline, nothing from elsewhere

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # The icon stands in the page itself: one request less for each lesson.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Browsers heed this header only over https and at names of this machine. Anywhere else each page
# would complain in the console that it is ignored.
SECURE_CROSS_ORIGIN_OPENER_POLICY = None

# What a page may send: forms of text. `demo_site.gate` refuses more before anything is read.

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes
# No form here takes a file. Without a handler, what comes as a file is dropped, and none is made.
FILE_UPLOAD_HANDLERS = []

# Log: on the server's standard error. Django's own default is silent when DEBUG is off.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO"}},
}

# Static files: served from where they lie, so there is nothing to collect or build

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True

# Language and time: the clock of the pages is the clock of expire_date

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
