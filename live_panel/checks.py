"""System checks: a wrong installation says so when the server starts."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning, register

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
    if not getattr(settings, "LIVE_PANEL", True):
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
    """Yield a message if scripts could read the cookie that the history is kept under."""
    if not settings.CSRF_COOKIE_HTTPONLY and not settings.CSRF_USE_SESSIONS and CSRF in order:
        yield Warning(
            "Scripts can read csrftoken, under which the panel keeps a history of session keys.",
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
