"""The panel in any project: three lines install it, and a wrong installation says so."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from live_panel import checks

RECORDER, SESSION, CSRF = checks.RECORDER, checks.SESSION, checks.CSRF

VIEWS = '''
from django.http import HttpResponse
from django.template import engines
from django.urls import path

PAGE = """{% load live_panel %}<form method="post">{% csrf_token %}</form>{% live_panel %}"""


def page(request):
    if request.method == "POST":
        request.session["n"] = 1
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


urlpatterns = [path("", page)]
'''

USE = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "bare.settings"
import django; django.setup()
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
call_command("check", fail_level="WARNING")
call_command("migrate", verbosity=0)
client = Client()
client.get("/")
client.post("/")
page = client.get("/").content.decode()
print(json.dumps({
    "exchanges": page.count("data-exchange"),
    "key": client.cookies["sessionid"].value in page,
    "decoded": "&quot;n&quot;: 1" in page,
    "static": [bool(finders.find(f"live_panel/panel.{kind}")) for kind in ("css", "js")],
}))
"""


class TestBareProject:
    def test_three_lines_install_it(self, tmp_path):
        call_command("startproject", "bare", str(tmp_path))
        (tmp_path / "bare" / "urls.py").write_text(VIEWS)
        with (tmp_path / "bare" / "settings.py").open("a") as file:
            file.write(
                "\nINSTALLED_APPS.append('live_panel')"
                "\nMIDDLEWARE.insert(1, 'live_panel.middleware.ExchangeRecorder')"
                "\nCSRF_COOKIE_HTTPONLY = True\nALLOWED_HOSTS = ['testserver']\n"
            )
        # Only the app itself, not the site around it.
        (tmp_path / "live_panel").symlink_to(settings.BASE_DIR / "live_panel")
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}

        result = subprocess.run(
            [sys.executable, "-c", USE],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )

        assert result.returncode == 0, result.stderr
        assert result.stdout.splitlines()[-1] == (
            '{"exchanges": 3, "key": true, "decoded": true, "static": [true, true]}'
        )

    def test_knows_only_django(self):
        import ast

        known = {"django", "live_panel", "debug_toolbar"} | set(sys.stdlib_module_names)
        for path in (settings.BASE_DIR / "live_panel").rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    assert node.level == 0
                    names = [node.module]
                for name in names:
                    top = name.partition(".")[0]
                    assert top in known, f"{path.name} imports {name}"
                    assert top != "debug_toolbar" or path.name == "panels.py"


class TestChecks:
    def ids(self, settings, middleware=None, **more):
        if middleware is not None:
            settings.MIDDLEWARE = middleware
        for name, value in more.items():
            setattr(settings, name, value)
        messages = checks.check_installation(None)
        assert all(message.hint for message in messages)
        return [message.id for message in messages]

    def test_site_itself_passes(self, settings):
        assert self.ids(settings) == []

    def test_no_recorder(self, settings):
        assert self.ids(settings, [SESSION, CSRF]) == ["live_panel.E001"]

    def test_no_session_middleware(self, settings):
        assert self.ids(settings, [RECORDER, CSRF]) == ["live_panel.W001"]

    @pytest.mark.parametrize("order", [[SESSION, RECORDER, CSRF], [CSRF, RECORDER, SESSION]])
    def test_recorder_too_late(self, settings, order):
        assert self.ids(settings, order) == ["live_panel.E002"]

    @pytest.mark.parametrize("late", [checks.GZIP, checks.CONDITIONAL_GET])
    def test_page_is_finished_before_the_recorder(self, settings, late):
        assert self.ids(settings, [RECORDER, SESSION, CSRF, late]) == ["live_panel.E003"]
        assert self.ids(settings, [late, RECORDER, SESSION, CSRF]) == []

    def test_toolbar_too_late(self, settings):
        order = [RECORDER, checks.TOOLBAR, SESSION, CSRF]

        assert self.ids(settings, order) == ["live_panel.E004"]

    def test_toolbar_panel_without_toolbar(self, settings, monkeypatch):
        # Not through the fixture: the toolbar listens to changed settings, and is not installed.
        monkeypatch.setattr(
            "django.conf.settings._wrapped.DEBUG_TOOLBAR_PANELS",
            [checks.TOOLBAR_PANEL],
            raising=False,
        )

        assert self.ids(settings) == ["live_panel.E005"]

    def test_csrftoken_that_scripts_can_read(self, settings):
        assert self.ids(settings, CSRF_COOKIE_HTTPONLY=False) == ["live_panel.W002"]

    def test_off_switch_silences_them(self, settings):
        assert self.ids(settings, [], LIVE_PANEL=False) == []
