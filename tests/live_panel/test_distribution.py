"""The panel as others get it: built, installed beside nothing but Django, and used.

Each host is a project that `startproject` made, with the three lines of the README written into
it, and runs in an environment of its own. `make test` runs this on Django 5.2, and `make test-fast
VENV=.venv-newest` (in .ci/run) on 6.1: the environment gets the Django that runs this suite.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from importlib import metadata
from importlib.util import find_spec

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

import live_panel

# What Django needs. On Windows it would be tzdata, too.
DJANGO = ["django", "asgiref", "sqlparse"]
if sys.version_info < (3, 11):
    DJANGO.append("typing_extensions")  # for asgiref

URLS = """
from django.contrib import admin
from django.shortcuts import redirect, render
from django.urls import path


def page(request):
    if request.method == "POST":
        request.session["n"] = request.session.get("n", 0) + 1
        response = redirect("/")
        response.set_cookie("color", "blue", max_age=3600)
        return response
    return render(request, "page.html")


urlpatterns = [path("", page), path("admin/", admin.site.urls)]
"""

PAGE = """
{% load live_panel %}
<body><form method="post">{% csrf_token %}</form>{% live_panel %}</body>
"""

JINJA = """
from jinja2 import Environment
from live_panel.placeholder import live_panel


def environment(**options):
    environment = Environment(**options)
    environment.globals["live_panel"] = live_panel
    return environment
"""

TOOLBAR = """
from debug_toolbar.settings import PANELS_DEFAULTS
DEBUG_TOOLBAR_PANELS = [*PANELS_DEFAULTS, "live_panel.panels.ExchangePanel"]
DEBUG_TOOLBAR_CONFIG = {"SHOW_TOOLBAR_CALLBACK": "live_panel.panels.show_toolbar"}
LIVE_PANEL_IGNORE = ["/__debug__/"]
INTERNAL_IPS = ["127.0.0.1"]
"""

# Every host runs `check`, and then one of the visits below. It prints what the browser got.
BEGIN = """
import gzip, json, os, re
os.environ["DJANGO_SETTINGS_MODULE"] = "host.settings"
import django; django.setup()
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import AsyncClient, Client
call_command("check", fail_level="WARNING")

def text(response):
    if response.get("Content-Encoding") == "gzip":
        return gzip.decompress(response.content).decode()
    return response.content.decode()

def token(page):
    return {"csrfmiddlewaretoken": re.search('csrfmiddlewaretoken" value="(.+?)"', page)[1]}

def tell(client, *pages, **more):
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    print(json.dumps({"pages": pages, "cookies": cookies, **more}))

static = [bool(finders.find(f"live_panel/panel.{kind}")) for kind in ("css", "js")]
# As a browser would: with CSRF checks, and at a host that DEBUG allows.
options = {"enforce_csrf_checks": True, "SERVER_NAME": "localhost"}
"""

VISIT = """
client = Client(**options)
first = text(client.get("/"))
second = text(client.post("/", token(first), follow=True))
tell(client, first, second, static=static)
"""

VISIT_COMPRESSED = """
client = Client(**options, headers={"Accept-Encoding": "gzip"})
first = text(client.get("/"))
answer = client.post("/", token(first), follow=True)
tell(client, first, text(answer), encoding=answer.get("Content-Encoding"))
"""

VISIT_ADMIN = """
from django.contrib.auth.models import User
User.objects.create_superuser("ada", password="byron")
person = {"username": "ada", "password": "byron", "next": "/"}
pages = []
for has_session in (False, True):
    client = Client(**options)
    if has_session:
        client.post("/", token(text(client.get("/"))))
    login = text(client.get("/admin/login/?next=/"))
    pages.append(text(client.post("/admin/login/?next=/", person | token(login), follow=True)))
tell(client, *pages, admin=client.get("/admin/").status_code)
"""

VISIT_ASYNC = """
import asyncio

async def visit():
    client = AsyncClient(enforce_csrf_checks=True)
    first = text(await client.get("/"))
    second = text(await client.post("/", token(first), follow=True))
    tell(client, first, second)

asyncio.run(visit())
"""


VISIT_WITH_TOOLBAR = """
client = Client(**options)
first = text(client.get("/"))
page = text(client.post("/", token(first), follow=True))
question = {
    "request_id": re.search('data-request-id="(.+?)"', page)[1],
    "panel_id": "ExchangePanel",
}
content = client.get("/__debug__/render_panel/", question).json()["content"]
news = client.get("/", headers={"Live-Panel": "refresh"})
tell(client, page, content, news="djDebug" in text(news))
"""


def insert(text, before, line):
    """Return the text with `line` before the line that begins with `before`."""
    assert text.count(before) == 1
    return text.replace(before, f"{line}\n    {before}")


def swap(text, old, new):
    """Return the text with `new` for `old`, which must be there once."""
    assert text.count(old) == 1
    return text.replace(old, new)


def plain(text):
    return text


def with_gzip(text):
    for name in ("gzip.GZipMiddleware", "http.ConditionalGetMiddleware"):
        text = insert(text, "'live_panel.middleware", f"'django.middleware.{name}',")
    return text


def with_tuple(text):
    return re.sub(r"MIDDLEWARE = \[(.*?)\n\]", r"MIDDLEWARE = (\1\n)", text, flags=re.DOTALL)


def with_jinja2_alone(text):
    text = swap(text, "    'django.contrib.admin',\n", "")  # it needs Django's own templates
    text = swap(text, "backends.django.DjangoTemplates", "backends.jinja2.Jinja2")
    options = "'OPTIONS': {'environment': 'host.jinja.environment'},\n    },\n]"
    return re.sub(r"'OPTIONS': .*?\n\]", options, text, flags=re.DOTALL, count=1)


def with_toolbar(text):
    text = insert(text, "'live_panel',", "'debug_toolbar',")
    toolbar = "'debug_toolbar.middleware.DebugToolbarMiddleware',"
    text = insert(text, "'live_panel.middleware", toolbar)
    return text + TOOLBAR


def with_lines(*lines):
    return lambda text: "\n".join([text, *lines, ""])


# The name of a host, what becomes of its settings, and the visit that it gets.
HOSTS = {
    "bare": (plain, VISIT),
    "admin": (plain, VISIT_ADMIN),
    "jinja2": (with_jinja2_alone, VISIT),
    "csrf_in_session": (with_lines("CSRF_USE_SESSIONS = True"), VISIT),
    "signed_cookies": (
        with_lines("SESSION_ENGINE = 'django.contrib.sessions.backends.signed_cookies'"),
        VISIT,
    ),
    "asgi": (with_lines("ALLOWED_HOSTS = ['testserver']"), VISIT_ASYNC),
    "tuple": (with_tuple, VISIT),
    "gzip": (with_gzip, VISIT_COMPRESSED),
    "toolbar": (with_toolbar, VISIT_WITH_TOOLBAR),
    "debug_off": (with_lines("DEBUG = False", "ALLOWED_HOSTS = ['localhost']"), VISIT),
    "switched_off": (with_lines("LIVE_PANEL = False"), VISIT),
}


def link(distributions, folder):
    """Make distributions of this environment importable from `folder`, and nothing else."""
    for name in distributions:
        for file in metadata.files(name):
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not (folder / top).exists():
                (folder / top).symlink_to(metadata.distribution(name).locate_file(top))


def run(*command, **options):
    """Run a command without the paths and settings of this suite, and return what it printed."""
    leave = ("DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in leave and not name.startswith("PYTEST_")
    }
    environment |= {"PYTHONNOUSERSITE": "1"}
    result = subprocess.run(
        [str(part) for part in command], env=environment, capture_output=True, text=True, **options
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The path of the wheel, built of the working tree."""
    folder = tmp_path_factory.mktemp("dist")
    options = ["--no-isolation", "--wheel", "--outdir", folder]
    run(sys.executable, "-m", "build", *options, cwd=settings.BASE_DIR)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def python(wheel, tmp_path_factory):
    """The path of a Python that has Django and the wheel, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    link(DJANGO, packages)
    options = ["--quiet", "--no-index", "--no-deps", "--target", packages]
    run(sys.executable, "-m", "pip", "install", *options, wheel)
    return folder / "bin" / "python"


@pytest.fixture(scope="session")
def project(python, tmp_path_factory):
    """A new project with the three lines in it, and a database."""
    folder = tmp_path_factory.mktemp("project")
    run(python, "-m", "django", "startproject", "host", folder)
    file = folder / "host" / "settings.py"
    text = file.read_text()
    text = insert(text, "'django.contrib.staticfiles'", "'live_panel',")
    recorder = "'live_panel.middleware.ExchangeRecorder',"
    text = insert(text, "'django.contrib.sessions.middleware", recorder)
    text = swap(text, "'DIRS': []", "'DIRS': [BASE_DIR / 'templates']")
    file.write_text(f"{text}\nCSRF_COOKIE_HTTPONLY = True\n")
    (folder / "host" / "urls.py").write_text(URLS)
    (folder / "templates").mkdir()
    (folder / "templates" / "page.html").write_text(PAGE)
    run(python, "manage.py", "migrate", "--verbosity", "0", cwd=folder)
    return folder


def visit(name, python, project, folder):
    """Make the host called `name` in `folder`, visit it, and return the finished process."""
    change, script = HOSTS[name]
    shutil.copytree(project, folder, symlinks=True)
    file = folder / "host" / "settings.py"
    file.write_text(change(file.read_text()))
    urls = folder / "host" / "urls.py"
    if name == "toolbar":
        link(["django-debug-toolbar"], folder)
        lines = "from debug_toolbar.toolbar import debug_toolbar_urls\n" + urls.read_text()
        urls.write_text(f"{lines}\nurlpatterns += debug_toolbar_urls()\n")
    if name == "jinja2":
        link(["jinja2", "markupsafe"], folder)
        (folder / "host" / "jinja.py").write_text(JINJA)
        (folder / "templates" / "page.html").write_text(
            '<form method="post">{{ csrf_input }}</form>{{ live_panel(request) }}'
        )
        lines = urls.read_text().replace(', path("admin/", admin.site.urls)', "")
        urls.write_text(lines.replace("from django.contrib import admin\n", ""))
    return run(python, "-W", "error", "-c", BEGIN + script, cwd=folder)


@pytest.fixture(scope="session")
def visits(python, project, tmp_path_factory):
    """The visits of all hosts, by name: running, or finished. They run side by side."""
    folder = tmp_path_factory.mktemp("hosts")
    needs = {"jinja2": "jinja2", "toolbar": "debug_toolbar"}
    names = [name for name in HOSTS if find_spec(needs.get(name, "django"))]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield {name: pool.submit(visit, name, python, project, folder / name) for name in names}


@pytest.fixture
def host(visits):
    """A function that returns what a host's visitor got: pages, cookies and what else it told."""

    def result(name):
        if name not in visits:
            pytest.skip(f"{name} is not installed.")
        finished = visits[name].result()
        # The panel logs what it could not do.
        assert "live panel" not in finished.stderr
        told = json.loads(finished.stdout.splitlines()[-1])
        told["pages"] = [BeautifulSoup(page, "html.parser") for page in told["pages"]]
        return told

    return result


def kind(page):
    """Return the kind of the headline, and whether the story is a POST and its redirect."""
    methods = [each["data-method"] for each in page.select("[data-exchange]")]
    return page.select_one('[data-panel="headline"]')["data-kind"], methods


def shown(page, *names):
    """Return the texts of the panel's facts at `names`, in order."""
    selector = " ".join(f'[data-panel="{name}"]' for name in names)
    return [found.get_text() for found in page.select(selector)]


class TestWheel:
    def test_holds_the_panel_alone(self, wheel):
        names = zipfile.ZipFile(wheel).namelist()
        tops = {name.partition("/")[0] for name in names}

        assert tops == {"live_panel", f"django_live_panel-{live_panel.__version__}.dist-info"}
        assert not [name for name in names if re.search("test|screenshot|__pycache__", name)]

    def test_holds_all_of_it(self, wheel):
        folder = settings.BASE_DIR / "live_panel"
        ours = {
            str(file.relative_to(settings.BASE_DIR))
            for file in folder.rglob("*.*")
            if file.is_file() and file.suffix not in (".pyc", ".png")
        }

        assert ours <= set(zipfile.ZipFile(wheel).namelist())
        assert {"live_panel/py.typed", "live_panel/static/live_panel/panel.js"} <= ours

    def test_says_what_it_is(self, wheel):
        archive = zipfile.ZipFile(wheel)
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        text = archive.read(name).decode()

        assert f"Name: django-live-panel\nVersion: {live_panel.__version__}\n" in text
        assert "Requires-Python: >=3.10\n" in text
        assert re.findall("Requires-Dist: (.*)", text) == ["django>=5.2"]
        assert "License-Expression: MIT\n" in text
        assert (settings.BASE_DIR / "live_panel" / "README.md").read_text() in text


class TestEnvironment:
    def test_has_nothing_but_django(self, python, tmp_path):
        names = ["csp", "bs4", "debug_toolbar", "jinja2", "pygments", "pytest", "tests", "course"]
        script = (
            "import live_panel, django; from importlib.util import find_spec as found; "
            f"print(django.__version__, [name for name in {names} if found(name)])"
        )

        printed = run(python, "-c", script, cwd=tmp_path).stdout.strip()

        assert printed == f"{metadata.version('django')} []"


class TestHosts:
    @pytest.mark.parametrize("name", ["bare", "tuple", "jinja2"])
    def test_three_lines_are_enough(self, host, name):
        told = host(name)
        first, second = told["pages"]

        assert kind(first) == ("first-visit", ["GET"])
        assert kind(second) == ("row-created", ["POST", "GET"])
        key = told["cookies"]["sessionid"]
        assert key in shown(second, "row-after", "session-key")
        assert json.loads(shown(second, "row-after", "session-decoded")[0]) == {"n": 1}
        lines = shown(second, "set-cookie")
        assert any(line.startswith("color=blue; ") for line in lines)
        assert any(line.startswith(f"sessionid={key}; ") for line in lines)
        assert told["static"] == [True, True]

    def test_admin_login(self, host):
        told = host("admin")
        fresh, with_session = told["pages"]

        assert kind(fresh) == ("row-created", ["POST", "GET"])
        assert kind(with_session) == ("key-changed", ["POST", "GET"])
        assert told["admin"] == 200

    def test_csrf_token_in_the_session(self, host):
        told = host("csrf_in_session")
        first, second = told["pages"]

        assert kind(first) == ("row-created", ["GET"])
        assert kind(second) == ("row-changed", ["POST", "GET"])
        assert "csrftoken" not in told["cookies"]

    def test_sessions_in_signed_cookies(self, host):
        told = host("signed_cookies")

        assert kind(told["pages"][1]) == ("row-created", ["POST", "GET"])
        place = told["pages"][1].select_one('[data-panel="row-after"] .lp-place')
        assert place.get_text() == "cookie sessionid"

    def test_asgi(self, host):
        first, second = host("asgi")["pages"]

        assert kind(first) == ("first-visit", ["GET"])
        assert kind(second) == ("row-created", ["POST", "GET"])

    def test_compression_before_the_recorder(self, host):
        told = host("gzip")

        assert told["encoding"] == "gzip"
        assert kind(told["pages"][1]) == ("row-created", ["POST", "GET"])

    def test_debug_toolbar(self, host):
        told = host("toolbar")
        page, content = told["pages"]

        assert kind(page) == ("row-created", ["POST", "GET"])
        assert page.select_one("#djDebugRoot")
        # The last request of the story is the page's own.
        assert [each["data-method"] for each in content.select("[data-exchange]")] == ["GET"]
        assert told["cookies"]["sessionid"] in shown(content, "row-after", "session-key")
        assert not told["news"]

    @pytest.mark.parametrize("name", ["debug_off", "switched_off"])
    def test_off(self, host, name):
        told = host(name)

        assert told["cookies"]["sessionid"]
        for page in told["pages"]:
            assert "live" not in str(page)


class Server:
    """`runserver` of the example, in a folder and an environment of its own."""

    def __init__(self, python, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        shutil.copy(settings.BASE_DIR / "example" / "panel_example.py", folder)
        self.log = folder / "log.txt"
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [python, "panel_example.py", "runserver", "--noreload", str(port)],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
            )
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.browser = urllib.request.build_opener(cookies)

    def get(self, path="", data=None):
        """Return the page at `path`, or the one that sending `data` leads to."""
        body = urllib.parse.urlencode(data).encode() if data else None
        with self.browser.open(self.url + path, body, timeout=10) as response:
            return response.read().decode()

    def wait(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return self.get("static/live_panel/panel.css")
            except urllib.error.URLError:
                time.sleep(0.05)
        raise RuntimeError(self.log.read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


class TestExample:
    def test_starts_and_shows_the_panel(self, python, tmp_path):
        server = Server(python, tmp_path)
        try:
            server.wait()
            field = BeautifulSoup(server.get(), "html.parser").select_one(
                "[name=csrfmiddlewaretoken]"
            )
            token = {"csrfmiddlewaretoken": field["value"]}
            page = BeautifulSoup(server.get(data=token), "html.parser")
            earlier = BeautifulSoup(server.get("live-panel/1/"), "html.parser")
            after = BeautifulSoup(server.get(data={**token, "forget": "yes"}), "html.parser")
        finally:
            server.stop()

        assert page.h1.get_text() == "1 click"
        assert kind(page) == ("row-created", ["POST", "GET"])
        assert any(line.startswith("last_count=1; ") for line in shown(page, "set-cookie"))
        assert earlier.h1.get_text() == "Exchange 1"
        assert after.h1.get_text() == "0 clicks"
        assert kind(after) == ("row-deleted", ["POST", "GET"])
