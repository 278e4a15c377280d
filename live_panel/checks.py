"""System checks: a wrong installation says so when the server starts."""

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.checks import Error, Warning, register

from live_panel import conf

RECORDER = "live_panel.middleware.ExchangeRecorder"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
TOOLBAR = "debug_toolbar.middleware.DebugToolbarMiddleware"
GZIP = "django.middleware.gzip.GZipMiddleware"
CONDITIONAL_GET = "django.middleware.http.ConditionalGetMiddleware"
TOOLBAR_PANEL = "live_panel.panels.ExchangePanel"


@register
def check_installation(app_configs, **kwargs):
    """Return a message for each way in which the panel would show nothing or something wrong."""
    if not conf.is_on():
        return []
    order = {path: number for number, path in enumerate(settings.MIDDLEWARE)}
    if RECORDER not in order:
        return [
            Error(
                "The live panel is installed, but nothing records the exchanges.",
                hint=f"Add {RECORDER!r} to MIDDLEWARE, before SessionMiddleware.",
                id="live_panel.E001",
            )
        ]
    return [
        *check_session_middleware(order),
        *check_order(order),
        *check_csrf_cookie(order),
        *check_toolbar(order),
        *check_exposure(),
        *check_cache(),
    ]


def check_session_middleware(order):
    """Yield a message if no SessionMiddleware is there to be watched."""
    if SESSION not in order:
        yield Warning(
            "SessionMiddleware is not in MIDDLEWARE: there is no session to watch.",
            hint=f"Add {SESSION!r} after {RECORDER!r}.",
            id="live_panel.W001",
        )


def check_order(order):
    """Yield a message for each middleware on the wrong side of the recorder."""
    recorder = order[RECORDER]
    for path in [SESSION, CSRF]:
        if order.get(path, recorder) < recorder:
            yield Error(
                f"{path} comes before the recorder, which cannot see what it does.",
                hint=f"Move {RECORDER!r} up, before {path!r}.",
                id="live_panel.E002",
            )
    for path in [GZIP, CONDITIONAL_GET]:
        if order.get(path, recorder) > recorder:
            yield Error(
                f"{path} comes after the recorder, which then gets a finished or compressed page.",
                hint=f"Move {path!r} up, before {RECORDER!r}.",
                id="live_panel.E003",
            )


def check_csrf_cookie(order):
    """Yield a message if scripts could read a cookie that the history is kept under."""
    if not settings.CSRF_COOKIE_HTTPONLY and not settings.CSRF_USE_SESSIONS and CSRF in order:
        yield Warning(
            "Scripts can read csrftoken, one of the two cookies that the panel knows a browser by.",
            hint="Set CSRF_COOKIE_HTTPONLY = True.",
            id="live_panel.W002",
        )


def check_toolbar(order):
    """Yield a message if the toolbar and its live panel do not fit together."""
    if TOOLBAR in order and order[TOOLBAR] > order[RECORDER]:
        yield Error(
            "The debug toolbar comes after the recorder, so its panel has no exchange to show.",
            hint=f"Move {TOOLBAR!r} up, before {RECORDER!r}.",
            id="live_panel.E004",
        )
    has_panel = TOOLBAR_PANEL in getattr(settings, "DEBUG_TOOLBAR_PANELS", ())
    if has_panel and not apps.is_installed("debug_toolbar"):
        yield Error(
            "DEBUG_TOOLBAR_PANELS names the live panel, but the toolbar is not installed.",
            hint="Add 'debug_toolbar' to INSTALLED_APPS, or take the panel out.",
            id="live_panel.E005",
        )


def check_exposure():
    """Yield a message if the panel shows session keys where DEBUG is off."""
    if not settings.DEBUG:
        yield Warning(
            "The live panel is on while DEBUG is off: each page shows its reader's session key.",
            hint="Take LIVE_PANEL = True out, or silence live_panel.W003 if that is meant.",
            id="live_panel.W003",
        )


def check_cache():
    """Yield a message if the histories are to lie in a cache that is not there."""
    alias = conf.cache_alias()
    if alias and alias not in caches.settings:
        yield Error(
            f"LIVE_PANEL_CACHE is {alias!r}, but CACHES has no such alias.",
            hint="Name an alias of CACHES, or take the setting out.",
            id="live_panel.E006",
        )
