"""Whatever fails in the panel or around it, the host answers as it does without the panel."""

import re
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.core.cache.backends.base import BaseCache
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject

from live_panel import checks, history, placeholder
from live_panel.middleware import ExchangeRecorder
from tests.live_panel import stub_views
from tests.live_panel.stub_views import LEFT, MIDDLEWARE, RECORDER, RIGHT

pytestmark = pytest.mark.django_db

TOKEN = "t" * 32
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
DJANGO_TEMPLATES = "django.template.backends.django.DjangoTemplates"
MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
HERE = __name__


@pytest.fixture(autouse=True)
def _project(settings):
    settings.ROOT_URLCONF = stub_views.URLCONF
    settings.MIDDLEWARE = MIDDLEWARE
    settings.LIVE_PANEL = True
    settings.LIVE_PANEL_CACHE = None
    settings.LIVE_PANEL_SESSION_COOKIES = {}
    settings.TEMPLATES = [
        {
            "BACKEND": DJANGO_TEMPLATES,
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ]


class RefusingCache(BaseCache):
    """A cache whose server is down."""

    def __init__(self, server, params):
        super().__init__(params)

    def refuse(self, *args, **kwargs):
        raise ConnectionError("refused")

    add = get = set = touch = delete = clear = incr = decr = has_key = refuse
    get_many = set_many = delete_many = get_or_set = refuse


class Grudge:
    """An object that raises an error whatever one asks of it."""

    def __getattribute__(self, name):
        raise RuntimeError(name)


def around(change):
    """Return a middleware that calls `change` with each request when it is answered."""

    def middleware(get_response):
        def answer(request):
            response = get_response(request)
            change(request)
            return response

        return answer

    return middleware


strange_session = around(lambda request: setattr(request, "session", Grudge()))
no_session = around(lambda request: setattr(request, "session", None))
odd_session = around(lambda request: setattr(request, "session", object()))
no_match = around(lambda request: delattr(request, "resolver_match"))
match_of_none = around(lambda request: setattr(request, "resolver_match", None))
odd_match = around(lambda request: setattr(request, "resolver_match", Grudge()))
no_cookies = around(lambda request: setattr(request, "COOKIES", None))
no_meta = around(lambda request: request.META.clear())


def answering_alone(get_response):
    """A middleware that never asks a view, so that nothing resolves the path."""

    def answer(request):
        return HttpResponse(f"{LEFT}{placeholder.live_panel(request)}{RIGHT}")

    return answer


class SessionStore(SessionBase):
    """An engine that derives from none of Django's."""

    kept = {}

    def exists(self, session_key):
        return session_key in self.kept

    def create(self):
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)

    def save(self, must_create=False):
        if self.session_key is None:
            return self.create()
        self.kept[self.session_key] = self._get_session(no_load=must_create)

    def delete(self, session_key=None):
        self.kept.pop(session_key or self.session_key, None)

    def load(self):
        return dict(self.kept.get(self.session_key, {}))


# What fails: each is a function of the fixtures `monkeypatch`, `settings` and `tmp_path`

FAULTS = {}


def fault(function):
    FAULTS[function.__name__] = function
    return function


def fail(*args, **kwargs):
    raise RuntimeError("the panel fails here")


@fault
def nothing(patch, settings, folder):
    """No fault: the panel works."""


def caches_with(**more):
    return {"default": {"BACKEND": LOCAL_MEMORY}, **more}


@fault
def cache_refuses(patch, settings, folder):
    settings.CACHES = caches_with(panel={"BACKEND": f"{HERE}.RefusingCache"})
    settings.LIVE_PANEL_CACHE = "panel"


@fault
def default_cache_refuses(patch, settings, folder):
    settings.CACHES = caches_with(default={"BACKEND": f"{HERE}.RefusingCache"})
    settings.LIVE_PANEL_CACHE = "default"


@fault
def default_cache_refuses_and_is_not_ours(patch, settings, folder):
    settings.CACHES = caches_with(default={"BACKEND": f"{HERE}.RefusingCache"})


@fault
def cache_has_no_such_alias(patch, settings, folder):
    settings.LIVE_PANEL_CACHE = "misspelled"


@fault
def cache_is_a_dummy(patch, settings, folder):
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = caches_with(panel=dummy)
    settings.LIVE_PANEL_CACHE = "panel"


@fault
def cache_returns_nonsense(patch, settings, folder):
    patch.setattr("django.core.cache.backends.locmem.LocMemCache.get", lambda *a, **k: "nonsense")
    patch.setattr("django.core.cache.backends.locmem.LocMemCache.get_many", lambda *a, **k: [1])
    settings.CACHES = caches_with(panel={"BACKEND": LOCAL_MEMORY, "LOCATION": "panel"})
    settings.LIVE_PANEL_CACHE = "panel"


@fault
def store_cannot_be_read(patch, settings, folder):
    patch.setattr("live_panel.stores.read", fail)


@fault
def other_sessions_cannot_be_read(patch, settings, folder):
    settings.LIVE_PANEL_SESSION_COOKIES = {"csrftoken": "no.such.engine"}


@fault
def engine_is_unknown(patch, settings, folder):
    settings.SESSION_ENGINE = HERE


def raising(*targets):
    """Register a fault for each function of the panel's that raises an error."""
    for target in targets:

        def function(patch, settings, folder, target=target):
            patch.setattr(f"live_panel.{target}", fail)

        function.__name__ = target
        fault(function)


raising(
    "browser_rules.judge",
    "jar.learn",
    "jar.confirm",
    "headline.headline",
    "headline.kind_alone",
    "why.mismatch",
    "pieces.cookie_pairs",
    "markup.exchanges.story",
    "markup.facts.cookie_header",
    "markup.facts.stored",
    "markup.lists.jar_table",
    "markup.lists.earlier",
    "markup.lists.explanations",
    "panel.last_story",
    "panel.render",
    "panel.static",
    "exchange.begin",
    "exchange.finish",
    "exchange.cookie_header",
    "exchange.set_cookies",
    "history.add",
    "history.load",
    "history.memory.add",
    "history.browser_id",
    "watching.failure_of",
    "middleware.nonce_of",
)


@fault
def static_files_were_not_collected(patch, settings, folder):
    settings.DEBUG = False
    settings.STATIC_ROOT = str(folder)
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST}}


@fault
def static_files_have_no_url(patch, settings, folder):
    settings.STATIC_URL = None


@fault
def host_overrides_the_templates(patch, settings, folder):
    """Each with an empty file, whatever its name was in any version."""
    (folder / "live_panel").mkdir()
    names = ["exchange", "exchange_body", "exchange_page", "now", "panel", "stored", "base"]
    for name in names:
        (folder / "live_panel" / f"{name}.html").write_text("")
    with_templates(settings, DIRS=[folder])


@fault
def host_overrides_the_templates_with_an_error(patch, settings, folder):
    (folder / "live_panel").mkdir()
    (folder / "live_panel" / "exchange_page.html").write_text("{% no such tag %}")
    with_templates(settings, DIRS=[folder])


def with_templates(settings, options=(), **more):
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, **more, "OPTIONS": {**engine["OPTIONS"], **dict(options)}}]


@fault
def host_does_not_escape(patch, settings, folder):
    with_templates(settings, {"autoescape": False})


@fault
def host_loads_no_templates_of_apps(patch, settings, folder):
    with_templates(settings, APP_DIRS=False)


@fault
def host_has_no_loaders(patch, settings, folder):
    with_templates(settings, {"loaders": []}, APP_DIRS=False)


@fault
def host_has_no_request_in_its_templates(patch, settings, folder):
    with_templates(settings, {"context_processors": []})


@fault
def host_has_no_templates(patch, settings, folder):
    settings.TEMPLATES = []


@fault
def host_has_another_engine(patch, settings, folder):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.dummy.TemplateStrings"}]


@fault
def host_has_jinja2_only(patch, settings, folder):
    pytest.importorskip("jinja2")
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.jinja2.Jinja2", "APP_DIRS": True}]


@fault
def no_session_middleware(patch, settings, folder):
    # `AuthenticationMiddleware` would refuse to start.
    settings.MIDDLEWARE = [RECORDER, *MIDDLEWARE[2:4]]


def with_middleware(name):
    """Register a fault by a middleware, right after the recorder."""

    def function(patch, settings, folder):
        settings.MIDDLEWARE = [RECORDER, f"{HERE}.{name}", *MIDDLEWARE[1:]]

    function.__name__ = name
    fault(function)


for _name in (
    "strange_session",
    "no_session",
    "odd_session",
    "no_match",
    "match_of_none",
    "odd_match",
    "no_cookies",
    "no_meta",
    "answering_alone",
):
    with_middleware(_name)


@fault
def csrf_token_lies_in_the_session(patch, settings, folder):
    settings.CSRF_USE_SESSIONS = True


@fault
def settings_are_of_other_types(patch, settings, folder):
    settings.MEDIA_URL = None
    settings.LIVE_PANEL_IGNORE = ("/nowhere/",)
    settings.MIDDLEWARE = tuple(MIDDLEWARE)


# What is asked, and what is compared

PAGES = [
    ("get", "/page/"),
    ("get", "/reading/"),
    ("get", "/api/"),
    ("get", "/away/"),
    ("get", "/stream/"),
    ("get", "/missing/"),
    ("get", "/nowhere/at-all/"),
    ("get", "/typeless/"),
    ("get", "/forgetful/"),
    ("get", "/clearing/"),
    ("post", "/write/"),
    ("get", "/reading/"),
    ("post", "/flush/"),
    ("get", "/page/"),
]
UNCOMPARED = {"Content-Length", "Cache-Control"}
PANEL = re.compile(f"{re.escape(LEFT)}(.*?){re.escape(RIGHT)}".encode(), re.DOTALL)


def answer_of(response):
    """Return (what the host answered, the panel in it)."""
    body = b"".join(response) if response.streaming else response.content
    panel = b"".join(PANEL.findall(body)).decode()
    headers = {name: value for name, value in response.items() if name not in UNCOMPARED}
    cookies = {}
    for name, morsel in response.cookies.items():
        attributes = {key: value for key, value in morsel.items() if key != "expires"}
        # A key is made by chance, and only one that is deleted is always the same.
        cookies[name] = (attributes, morsel.value if name != "sessionid" else bool(morsel.value))
    return (response.status_code, headers, cookies, PANEL.sub(b"", body)), panel


def effect():
    """Return what is in the database now. The groups are deleted, so that each name is free."""
    rows = [session.get_decoded() for session in Session.objects.all()]
    rows += list(SessionStore.kept.values())
    # A token is made by chance.
    rows = [sorted(row) if "_csrftoken" in row else row for row in rows]
    groups = sorted(group.name for group in Group.objects.all())
    Group.objects.all().delete()
    return rows, groups


def visit():
    """Return the answers to every request, the panels in them, and what the database got."""
    Session.objects.all().delete()
    SessionStore.kept.clear()
    client = Client()
    client.cookies["csrftoken"] = TOKEN
    answers, panels, effects = [], [], None
    for method, path in PAGES:
        if path == "/flush/":
            effects = effect()
        data = {"note": "tulips", "group": "gardeners"} if path == "/write/" else None
        response = getattr(client, method)(path, data)
        answer, panel = answer_of(response)
        answers.append((method, path, answer))
        panels.append((path, panel))
    return answers, panels, (effects, effect())


@pytest.fixture(params=FAULTS)
def faulty(request, monkeypatch, settings, tmp_path):
    """A project in which one thing fails. Return its name."""
    FAULTS[request.param](monkeypatch, settings, tmp_path)
    return request.param


class TestTheHost:
    def test_answers_and_writes_as_without_the_panel(self, faulty, settings):
        settings.LIVE_PANEL = False
        expected, without, written = visit()
        settings.LIVE_PANEL = True

        answers, panels, also_written = visit()

        assert answers == expected
        assert also_written == written
        assert len(answers) == len(PAGES)
        if faulty != "answering_alone":
            rows, groups = written[0]
            assert groups == ["gardeners"]
            assert len(rows) == (faulty != "no_session_middleware")
        assert not any(panel for _, panel in without)
        # Each page says something in place of the panel, if only that it failed.
        for path, panel in panels:
            if path in ("/page/", "/reading/", "/forgetful/", "/clearing/"):
                assert "<!--" not in panel
                assert 'id="live-panel"' in panel or "The live panel failed" in panel

    def test_gets_an_answer_to_the_panels_own_questions(self, faulty):
        client = Client()
        client.cookies["csrftoken"] = TOKEN
        client.get("/page/")

        for question in ("refresh", "exchange 1", "exchange 99", "nonsense", ""):
            answer = client.get("/page/", headers={"Live-Panel": question})
            assert answer.status_code in (200, 404, 503)
            assert answer["Cache-Control"] == "no-store, private"
            assert answer["Content-Length"] == str(len(answer.content))

    def test_gets_a_page_of_an_exchange_or_a_refusal(self, faulty):
        client = Client()
        client.cookies["csrftoken"] = TOKEN
        client.get("/page/")

        assert client.get("/live-panel/1/").status_code in (200, 404, 503)


class TestWhatItSays:
    """A failure is said in the panel, where there is one, and in the log."""

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("cache_refuses", "could not reach its history: ConnectionError"),
            ("default_cache_refuses", "could not reach its history: ConnectionError"),
            ("cache_has_no_such_alias", "could not reach its history: InvalidCacheBackendError"),
            ("history.load", "could not reach its history: RuntimeError"),
            ("store_cannot_be_read", "could not read the session store: RuntimeError"),
            ("engine_is_unknown", "is an engine that the panel cannot read"),
            ("browser_rules.judge", "could not judge this line: RuntimeError"),
            ("headline.headline", "The live panel failed: RuntimeError"),
            ("markup.exchanges.story", "The live panel failed: RuntimeError"),
            ("exchange.begin", "The live panel failed: LookupError"),
        ],
    )
    def test_what_it_could_not_do(self, name, words, monkeypatch, settings, tmp_path):
        FAULTS[name](monkeypatch, settings, tmp_path)
        client = Client()
        client.cookies["csrftoken"] = TOKEN
        client.cookies["sessionid"] = "k" * 32
        client.post("/write/")

        _, panel = answer_of(client.get("/page/"))

        assert words in BeautifulSoup(panel, "html.parser").get_text()

    @pytest.mark.parametrize("name", ["cache_refuses", "headline.headline", "exchange.begin"])
    def test_the_log_has_the_traceback(self, name, monkeypatch, settings, tmp_path, caplog):
        FAULTS[name](monkeypatch, settings, tmp_path)

        Client().get("/page/")

        records = [each for each in caplog.records if each.name.startswith("live_panel")]
        assert records
        assert all(record.exc_info for record in records)

    def test_nothing_where_nothing_failed(self, caplog):
        _, panel = answer_of(Client().get("/page/"))

        assert "failed" not in panel
        assert "could not" not in panel
        assert not [each for each in caplog.records if each.name.startswith("live_panel")]

    def test_nothing_in_the_log_of_an_ordinary_host(self, caplog):
        visit()

        assert not [each for each in caplog.records if each.name.startswith("live_panel")]

    def test_a_jar_that_learns_nothing_costs_no_exchange(self, monkeypatch, settings, tmp_path):
        FAULTS["jar.learn"](monkeypatch, settings, tmp_path)

        _, panel = answer_of(Client().get("/page/"))

        assert '<section class="live-panel"' in panel
        assert "could not" not in panel
        assert [shelf.length for shelf in history.memory.shelves.values()] == [1]

    def test_static_files_that_were_not_collected(self, monkeypatch, settings, tmp_path):
        static_files_were_not_collected(monkeypatch, settings, tmp_path)

        _, panel = answer_of(Client().get("/page/"))

        page = BeautifulSoup(panel, "html.parser")
        assert page.find("link")["href"].endswith("live_panel/panel.css")
        assert page.select_one("[data-now]")


class TestAServerError:
    """A 500 stays the host's own, with its own exception."""

    def test_with_a_session_middleware_that_somebody_wrapped(self, monkeypatch):
        """What a test of the host puts in its place, say, has no `__code__`."""
        wrapped = partial(SessionMiddleware.process_response)
        monkeypatch.setattr(stub_views, "during", [fail])
        monkeypatch.setattr(
            "live_panel.watching.SessionMiddleware",
            type("Other", (), {"process_response": wrapped}),
        )

        with pytest.raises(RuntimeError, match="the panel fails here"):
            Client().get("/page/")

    @pytest.mark.parametrize("name", ["cache_refuses", "exchange.begin", "exchange.finish"])
    def test_is_answered(self, name, monkeypatch, settings, tmp_path):
        FAULTS[name](monkeypatch, settings, tmp_path)
        monkeypatch.setattr(stub_views, "during", [fail])

        response = Client(raise_request_exception=False).get("/page/")

        assert response.status_code == 500
        assert b"failed" not in response.content


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "host_overrides_the_templates",
        "host_overrides_the_templates_with_an_error",
        "host_does_not_escape",
        "host_has_no_templates",
        "host_has_another_engine",
        "host_has_jinja2_only",
        "host_has_no_loaders",
        "host_loads_no_templates_of_apps",
    ],
)
class TestTheHostsTemplates:
    """They take no part in the panel."""

    HOSTILE = "<script>alert(1)</script>"

    def test_nothing_of_the_visitors_comes_out_raw(self, name, monkeypatch, settings, tmp_path):
        FAULTS[name](monkeypatch, settings, tmp_path)
        client = Client()
        client.cookies["csrftoken"] = TOKEN
        client.post("/write/", {"note": self.HOSTILE})
        client.cookies["hostile"] = self.HOSTILE

        page = client.get("/page/", {"q": self.HOSTILE})
        shown = [page, *(client.get(f"/live-panel/{number}/") for number in (1, 2))]
        shown += [client.get("/page/", headers={"Live-Panel": f"exchange {n}"}) for n in (1, 2)]
        shown.append(client.get("/page/", headers={"Live-Panel": "refresh"}))

        for response in shown:
            assert response.status_code == 200
            assert self.HOSTILE not in response.content.decode()
            assert "alert(1)" in BeautifulSoup(response.content, "html.parser").get_text()

    def test_the_page_of_an_exchange_has_them_all(self, name, monkeypatch, settings, tmp_path):
        FAULTS[name](monkeypatch, settings, tmp_path)
        client = Client()
        client.get("/page/")

        page = BeautifulSoup(client.get("/live-panel/1/").content, "html.parser")

        assert page.find("h1").get_text() == "Exchange 1"
        assert page.select_one("[data-exchange]")["data-path"] == "/page/"


class TestTheTag:
    def test_prints_the_panel_without_escaping_it(self):
        content = Client().get("/tag/").content.decode()

        assert '<section class="live-panel"' in content
        assert "&lt;i&gt;" in content

    @pytest.mark.parametrize("name", ["host_does_not_escape", "host_has_no_loaders"])
    def test_where_the_host_is_odd(self, name, monkeypatch, settings, tmp_path):
        FAULTS[name](monkeypatch, settings, tmp_path)

        content = Client().get("/tag/").content.decode()

        assert '<section class="live-panel"' in content

    def test_in_jinja2(self, settings):
        pytest.importorskip("jinja2")
        settings.TEMPLATES = [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "OPTIONS": {"environment": f"{HERE}.jinja2_environment"},
            }
        ]
        from django.template import engines

        text = engines.all()[0].from_string("<p>{{ live_panel(request) }}</p>").render()

        assert text == f"<p>{placeholder.PLACEHOLDER}</p>"


def jinja2_environment(**options):
    from jinja2 import Environment

    environment = Environment(**options)
    environment.globals["live_panel"] = placeholder.live_panel
    return environment


class TestNonce:
    def nonces(self, response):
        """Return the nonce of the header, and those of the page's link and script."""
        (nonce,) = re.findall("'nonce-([^']+)'", response["Content-Security-Policy"])
        page = BeautifulSoup(response.content, "html.parser")
        return nonce, [
            element.get("nonce") for element in page.select("link[rel=stylesheet], script")
        ]

    def use_django_csp(self, settings, before):
        from csp.constants import NONCE, SELF

        csp = "csp.middleware.CSPMiddleware"
        settings.MIDDLEWARE = [csp, *MIDDLEWARE] if before else [RECORDER, csp, *MIDDLEWARE[1:]]
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": {"script-src": [SELF, NONCE], "style-src": [SELF, NONCE]}
        }

    @pytest.mark.parametrize("before", [True, False], ids=["before", "after the recorder"])
    @pytest.mark.parametrize("path", ["/page/", "/tag/"])
    def test_of_django_csp(self, settings, before, path):
        self.use_django_csp(settings, before)
        settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].pop("style-src")

        nonce, found = self.nonces(Client().get(path))

        assert nonce
        assert found == [nonce, nonce]

    def test_on_the_page_of_an_exchange(self, settings):
        self.use_django_csp(settings, True)
        settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].pop("script-src")
        client = Client()
        client.get("/page/")

        nonce, found = self.nonces(client.get("/live-panel/1/"))

        assert found == [nonce]

    def test_of_django_itself(self, settings):
        csp = pytest.importorskip("django.middleware.csp", reason="Django 6.0 has it")
        assert csp.ContentSecurityPolicyMiddleware
        settings.MIDDLEWARE = ["django.middleware.csp.ContentSecurityPolicyMiddleware", *MIDDLEWARE]
        settings.SECURE_CSP = {"script-src": ["'self'", "<CSP_NONCE_SENTINEL>"]}

        nonce, found = self.nonces(Client().get("/page/"))

        assert found == [nonce, nonce]

    def test_none_where_the_policy_has_none(self):
        page = BeautifulSoup(Client().get("/page/").content, "html.parser")

        assert page.select("link[rel=stylesheet], script")
        assert not any(
            element.has_attr("nonce") for element in page.select("link[rel=stylesheet], script")
        )

    def test_that_is_hostile_is_escaped(self):
        request = RequestFactory().get("/")
        request.csp_nonce = '"><script>'

        def page(request):
            return HttpResponse(placeholder.PLACEHOLDER)

        content = ExchangeRecorder(page)(request).content.decode()

        assert 'nonce="&quot;&gt;&lt;script&gt;"' in content

    def test_that_refuses_is_left_out(self):
        """django-csp does so once its header is written without one."""
        request = RequestFactory().get("/")
        request.csp_nonce = SimpleLazyObject(fail)

        content = ExchangeRecorder(lambda request: HttpResponse(placeholder.PLACEHOLDER))(request)

        assert 'id="live-panel"' in content.content.decode()
        assert "nonce=" not in content.content.decode()


class TestOff:
    def recorder(self):
        return ExchangeRecorder(lambda request: HttpResponse(placeholder.PLACEHOLDER))

    @pytest.mark.parametrize(
        ("live_panel", "debug", "is_on"),
        [
            (None, False, False),
            (None, True, True),
            (False, True, False),
            (True, False, True),
            ("unset", False, False),
            ("unset", True, True),
        ],
    )
    def test_unless_the_setting_or_debug_says_so(self, settings, live_panel, debug, is_on):
        settings.LIVE_PANEL, settings.DEBUG = live_panel, debug
        if live_panel == "unset":
            del settings.LIVE_PANEL

        if is_on:
            assert self.recorder()
        else:
            with pytest.raises(MiddlewareNotUsed):
                self.recorder()
        page = Client().get("/tag/").content.decode()
        assert ('id="live-panel"' in page) == is_on
        assert placeholder.PLACEHOLDER not in page
        assert (placeholder.live_panel() == placeholder.PLACEHOLDER) == is_on

    def test_it_shows_no_exchange_either(self, settings):
        client = Client()
        client.get("/page/")
        assert client.get("/live-panel/1/").status_code == 200

        settings.LIVE_PANEL = False

        assert client.get("/live-panel/1/").status_code == 404
        answer = Client().get("/page/", headers={"Live-Panel": "refresh"})
        assert b"The end" in answer.content

    def messages(self):
        return [message.id for message in checks.check_installation(None)]

    @pytest.mark.parametrize(
        ("live_panel", "debug", "is_warned"),
        [(True, False, True), (True, True, False), (False, False, False), (None, False, False)],
    )
    def test_on_without_debug_is_a_warning(self, settings, live_panel, debug, is_warned):
        settings.LIVE_PANEL, settings.DEBUG = live_panel, debug

        assert ("live_panel.W003" in self.messages()) == is_warned

    def test_an_alias_that_is_not_there_is_an_error(self, settings):
        assert "live_panel.E006" not in self.messages()

        settings.LIVE_PANEL_CACHE = "misspelled"

        assert "live_panel.E006" in self.messages()


def test_the_faults_do_fail(monkeypatch, settings, tmp_path):
    """What the panel shows differs from what it shows without a fault, if anything does."""
    _, works = answer_of(Client().get("/page/"))
    assert '<section class="live-panel"' in works
    monkeypatch.setattr("live_panel.panel.render", fail)

    _, fails = answer_of(Client().get("/page/"))

    assert fails == "<p>The live panel failed: RuntimeError.</p>"
