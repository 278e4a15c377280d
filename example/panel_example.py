"""The live panel in a whole Django project of one file.

    python example/panel_example.py runserver

Its page counts clicks in the session and sets a cookie. The database is made beside this file.
"""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

HERE = Path(__file__).resolve().parent
# In a checkout the panel lies beside this folder. An installed one wins.
sys.path.append(str(HERE.parent))

settings.configure(
    DEBUG=True,  # the panel is on where DEBUG is, unless LIVE_PANEL says otherwise
    SECRET_KEY="a-public-key-for-the-example",
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.sessions", "django.contrib.staticfiles", "live_panel"],
    MIDDLEWARE=[
        "live_panel.middleware.ExchangeRecorder",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "example.sqlite3"}
    },
    CSRF_COOKIE_HTTPONLY=True,
    STATIC_URL="static/",
    USE_TZ=True,
)

PAGE = """
{% load live_panel %}
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>A counter</title>
  <style>
    body { margin: 1rem auto; max-width: 66rem; padding: 0 1rem; font-family: sans-serif }
    h1, form { margin-block: 0 1rem }
  </style>
</head>
<body>
  <h1>{{ count }} click{{ count|pluralize }}</h1>
  <form method="post">
    {% csrf_token %}
    <button>Count</button>
    <button name="forget" value="yes">Forget</button>
  </form>
  {% live_panel %}
</body>
</html>
""".strip()


def counter(request):
    """Count clicks in the session, and keep the last number in a cookie, too."""
    if request.method == "POST":
        response = redirect("/")
        if "forget" in request.POST:
            request.session.flush()
            response.delete_cookie("last_count")
        else:
            request.session["count"] = request.session.get("count", 0) + 1
            response.set_cookie("last_count", request.session["count"], max_age=3600)
        return response
    context = {"count": request.session.get("count", 0)}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [
    path("", counter),
    path("live-panel/", include("live_panel.urls")),
]


if __name__ == "__main__":
    if "runserver" in sys.argv:
        import django

        django.setup()
        call_command("migrate", verbosity=0)
    execute_from_command_line(sys.argv)
