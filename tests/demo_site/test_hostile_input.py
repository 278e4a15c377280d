"""Whatever a browser, a row or a form holds: never a 500, never unescaped, never another's data."""

import json
import string
from functools import cache
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.lessons import tracks
from demo_site.gate import guard_wsgi
from tests.helpers import soup_of

pytestmark = pytest.mark.django_db

LESSONS = [lesson.url for track in tracks() for lesson in track.lessons]
OTHERS = ["/", "/start-over/", "/nowhere/", "/notes/", "/developer-tools/", "/search/?q=a"]
INTERVIEW = ["/interview/mock/", "/interview/cards/csrf/", "/interview/cards/?tier=A"]
PAGES = [*OTHERS, *INTERVIEW, *LESSONS]
SECRET = "only-the-owner-may-see-this"

# Text as WSGI hands it over: each character is one byte.
header_bytes = st.text(st.characters(min_codepoint=0, max_codepoint=255), max_size=300)
NAMES = ["sessionid", "csrftoken", "user_name", "visits", "note", "__Host-a", "<b>", "", " "]
names = st.sampled_from(NAMES)
values = st.one_of(
    header_bytes,
    st.sampled_from(
        [
            '"><script>alert(1)</script>',
            "</textarea>",
            "&lt;",
            r'"\074script\076"',
            '"',
            '"a;b',
            "x" * 8192,
            "a" * 32,
            "yes:1abcde:x",
            "{}",
            "%ED%A0%80",
        ]
    ),
)
cookies = st.lists(st.tuples(names, values), max_size=6).map(
    lambda pairs: "; ".join(f"{name}={value}" for name, value in pairs)
)
headers = st.one_of(header_bytes, cookies)

relaxed = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)


@pytest.fixture(scope="session")
def owner_key():
    return "owner" + "0" * 27


@pytest.fixture
def owned(db, owner_key):
    """Another browser's row."""
    Session.objects.create(
        session_key=owner_key,
        session_data=SessionStore().encode({"user_name": SECRET}),
        expire_date=timezone.now() + timezone.timedelta(days=1),
    )


def assert_harmless(response):
    """The page is whole, nothing hostile became markup, and nothing of another's is on it."""
    assert response.status_code < 500
    for name, value in response.items():
        assert "\r" not in value, name
        assert "\n" not in value, name
    for morsel in response.cookies.values():
        line = morsel.OutputString()
        assert "\r" not in line
        assert "\n" not in line
    if response.get("Content-Type", "").startswith("text/html"):
        page = response.content.decode()
        assert SECRET not in page
        soup = BeautifulSoup(page, "html.parser")
        assert all(script.get("src") for script in soup.find_all("script"))
        assert not soup.select("b:has(> alert), img[onerror], [onmouseover]")
    return response


@relaxed
@given(header=headers, path=st.sampled_from(PAGES))
def test_any_cookie_header_on_any_page(owned, header, path):
    assert_harmless(Client().get(path, headers={"cookie": header}))


@relaxed
@given(header=headers)
def test_any_cookie_header_on_a_refresh(owned, header):
    response = Client().get("/", headers={"cookie": header, "Live-Panel": "refresh"})

    assert assert_harmless(response).status_code == 200


@cache
def fields_of(path):
    """Return the names that the forms on the page at `path` send."""
    page = BeautifulSoup(Client().get(path, follow=True).content, "html.parser")
    names = {field["name"] for field in page.select("main form [name]")}
    return sorted(names - {"csrfmiddlewaretoken"})


@relaxed
@given(header=headers, path=st.sampled_from([*LESSONS, "/interview/mock/"]), data=st.data())
def test_any_form_on_any_page(owned, header, path, data):
    client = Client()
    form = {name: data.draw(st.text(max_size=80), label=name) for name in fields_of(path)}
    assert_harmless(client.post(path, form, headers={"cookie": header}))

    assert_harmless(client.get(path))


@relaxed
@given(
    data=st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200),
        st.text(string.ascii_letters + "-_:.", max_size=200),
        st.builds(
            lambda data, cut: SessionStore().encode(data)[:cut] + "x",
            st.dictionaries(st.text(max_size=5), st.text(max_size=5)),
            st.integers(0, 60),
        ),
    ),
    path=st.sampled_from(PAGES),
)
def test_any_garbled_row(data, path):
    key = "garbled" + "0" * 25
    Session.objects.update_or_create(
        pk=key,
        defaults={
            "session_data": data,
            "expire_date": timezone.now() + timezone.timedelta(days=1),
        },
    )

    assert_harmless(Client().get(path, headers={"cookie": f"sessionid={key}"}))


@relaxed
@given(
    session=st.dictionaries(
        st.text(st.characters(exclude_categories=[]), max_size=20),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=50),
            lambda children: st.lists(children, max_size=3),
            max_leaves=5,
        ),
        max_size=5,
    )
)
def test_any_session_is_shown_as_it_is(session):
    store = SessionStore()
    store.update(session)
    store.save()

    response = Client().get("/cookies/why/", headers={"cookie": f"sessionid={store.session_key}"})

    page = BeautifulSoup(assert_harmless(response).content.decode(), "html.parser")
    shown = page.select_one('[data-now] [data-panel="session-decoded"]').get_text()
    assert json.loads(shown) == json.loads(json.dumps(session))


def test_another_browsers_key_is_a_key(owned, owner_key):
    """By protocol, whoever sends a key has that session; the panel shows it no wider than that."""
    page = soup_of(Client().get("/", headers={"cookie": f"sessionid={owner_key}"})).get_text()
    other = soup_of(Client().get("/")).get_text()

    assert SECRET in page
    assert SECRET not in other


class Answer:
    """What the WSGI application said, as its server would have sent it."""

    def __init__(self, application, **environ):
        body = environ.pop("body", b"")
        self.input = BytesIO(body)
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": self.input,
            "wsgi.url_scheme": "http",
            **environ,
        }
        if body:
            environ.setdefault("CONTENT_LENGTH", str(len(body)))
        result = application(environ, self.start_response)
        self.page = b"".join(result)
        result.close()

    def start_response(self, status, headers):
        self.status = int(status.split()[0])
        self.headers = dict(headers)
        self.lines = [f"{name}: {value}" for name, value in headers]


def assert_survived(answer):
    """No 500, no header of somebody else's, and the security headers of every page."""
    assert answer.status < 500
    assert not [line for line in answer.lines if "\r" in line or "\n" in line]
    # Django's own pages about an error, with DEBUG on, need their inline style.
    is_djangos_own = django_settings.DEBUG and b"<code>DEBUG = True</code>" in answer.page
    if not is_djangos_own:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    return answer


@pytest.fixture(params=[False, True], ids=["DEBUG off", "DEBUG on"])
def application(request, settings, kept_connection):
    """The application as a server has it."""
    settings.DEBUG = request.param
    return guard_wsgi(WSGIHandler())


FORM = "application/x-www-form-urlencoded"
SET = "/sessions/set/"
POST = {"REQUEST_METHOD": "POST", "PATH_INFO": SET, "CONTENT_TYPE": FORM}
MULTIPART = "multipart/form-data; boundary=x"

REFUSED = [
    (400, {"CONTENT_TYPE": "x; a*=bogus''b"}),
    (400, {**POST, "CONTENT_TYPE": "x; a*=bogus''b"}),
    (400, {**POST, "CONTENT_TYPE": f"{FORM}; charset=utf\0-8"}),
    (400, {**POST, "CONTENT_TYPE": f"{FORM}; charset=\x80"}),
    (400, {**POST, "CONTENT_TYPE": "multipart/form-data"}),
    (400, {**POST, "CONTENT_TYPE": "multipart/form-data; boundary=\xff"}),
    (400, {**POST, "CONTENT_LENGTH": "abc", "body": b"user_name=Ada"}),
    (400, {**POST, "CONTENT_LENGTH": "-1", "body": b"user_name=Ada"}),
    (400, {**POST, "CONTENT_LENGTH": "1_0", "body": b"user_name=Ada"}),
    (400, {**POST, "CONTENT_LENGTH": "13, 13", "body": b"user_name=Ada"}),
    (400, {**POST, "CONTENT_LENGTH": "\xb2", "body": b"user_name=Ada"}),
    (413, {**POST, "CONTENT_LENGTH": "9" * 5000, "body": b"user_name=Ada"}),
    (413, {**POST, "body": b"user_name=" + b"x" * 3_000_000}),
    (413, {**POST, "CONTENT_TYPE": MULTIPART, "CONTENT_LENGTH": "500000000"}),
    (413, {**POST, "PATH_INFO": "/nowhere/", "CONTENT_LENGTH": "1000001"}),
    (411, {**POST, "HTTP_TRANSFER_ENCODING": "chunked", "body": b"0\r\n\r\n"}),
    (400, {**POST, "body": b"&".join(b"a=1" for _ in range(1001))}),
    (400, {"QUERY_STRING": "&".join("a" for _ in range(1001))}),
    (400, {**POST, "PATH_INFO": "/cookies/set"}),
    (400, {"PATH_INFO": "/static/../manage.py"}),
    (400, {"PATH_INFO": "/static/..\\manage.py"}),
    (400, {"PATH_INFO": "/static/css/.."}),
    (400, {"PATH_INFO": "/static/\0"}),
    (400, {"PATH_INFO": "/sessions/get/\x1b[31m"}),
    (400, {"HTTP_HOST": "evil.example"}),
    (400, {"HTTP_HOST": "evil.example", "HTTP_LIVE_PANEL": "refresh"}),
    (400, {"HTTP_HOST": "testserver:x"}),
]

HARMLESS = [
    (200, {"CONTENT_TYPE": "text/html; charset=unknown"}),
    (200, {"CONTENT_TYPE": ";;;;"}),
    (200, {"CONTENT_LENGTH": ""}),
    (400, {**POST, "CONTENT_TYPE": MULTIPART, "body": b"--x\r\n" * 10}),
    (200, {"QUERY_STRING": "&".join("a" for _ in range(1000))}),
    (200, {"QUERY_STRING": "%00=%ff&%ED%A0%80=\xff&;;;"}),
    (404, {"PATH_INFO": "//evil.example/%2e%2e/"}),
    (404, {"PATH_INFO": "/a..b/...."}),
    (404, {"PATH_INFO": "/\xff\xfe/"}),
    (404, {"PATH_INFO": "/static/" + "x" * 5000}),
    (404, {"PATH_INFO": "/static/css//site.css/"}),
    (404, {**POST, "PATH_INFO": "/nowhere"}),
    (405, {"REQUEST_METHOD": "TRACE"}),
    (405, {"REQUEST_METHOD": "F<b>OO"}),
    (405, {"REQUEST_METHOD": ""}),
    (405, {"REQUEST_METHOD": "`POST`"}),
    (200, {"PATH_INFO": "/static/css/site.css", "HTTP_IF_MODIFIED_SINCE": "x"}),
    (416, {"PATH_INFO": "/static/css/site.css", "HTTP_RANGE": "bytes=9999999-"}),
    (200, {"PATH_INFO": "/static/css/site.css", "HTTP_RANGE": "bytes=x-y"}),
    (200, {"HTTP_ACCEPT_LANGUAGE": "x" * 5000 + ",\xff;q=x"}),
    (200, {"PATH_INFO": "/sessions/get/", "HTTP_COOKIE": r'sessionid="aaaaaaaa\000"'}),
    (302, {**POST, "HTTP_COOKIE": r'sessionid="aaaaaaaa\000"', "body": b"user_name=Ada"}),
]


class TestFixedCases:
    @pytest.mark.parametrize(("status", "environ"), REFUSED)
    def test_refused(self, application, without_csrf, status, environ):
        answer = assert_survived(Answer(application, **environ))

        assert answer.status == status
        assert b"<h1>" in answer.page
        assert not Session.objects.exists()

    @pytest.mark.parametrize(("status", "environ"), HARMLESS)
    def test_harmless(self, application, without_csrf, status, environ):
        answer = assert_survived(Answer(application, **environ))

        assert answer.status == status

    def test_large_body_is_read_by_nobody(self, application):
        body = b"x" * 11_000_000

        answer = assert_survived(Answer(application, **POST, body=body))

        assert answer.status == 413
        assert answer.input.tell() == 0

    def test_session_key_that_no_database_takes_is_dropped(self, application, monkeypatch):
        """PostgreSQL refuses a NUL, and SQLite does not: so look at what is asked."""
        asked = []
        monkeypatch.setattr(
            SessionStore,
            "__init__",
            lambda store, key=None: (asked.append(key), SessionBase.__init__(store, key))[1],
        )

        cookie = r'sessionid="aaaaaaaa\000"'
        Answer(application, PATH_INFO="/sessions/get/", HTTP_COOKIE=cookie)

        assert asked
        assert set(asked) == {None}


@pytest.fixture
def without_csrf(monkeypatch):
    """Let requests without a token through, so that they get as far as the views."""
    monkeypatch.setattr(
        "django.middleware.csrf.CsrfViewMiddleware._check_token", lambda *arguments: None
    )


methods = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) | st.text(
    string.ascii_letters + "<>\"'`-", min_size=1, max_size=20
)
paths = st.one_of(
    header_bytes.map(lambda text: "/" + text),
    st.sampled_from(PAGES),
    st.sampled_from(PAGES).map(lambda path: path.rstrip("/")),
    header_bytes.map(lambda text: "/static/" + text),
)
types = st.one_of(
    header_bytes,
    st.sampled_from([FORM, MULTIPART, "text/plain"]),
    st.builds("{}; {}={}".format, st.sampled_from([FORM, "x"]), header_bytes, header_bytes),
    st.builds(f"{MULTIPART}; charset={{}}".format, header_bytes),
)
lengths = st.one_of(header_bytes, st.integers().map(str), st.just(""))


@settings(relaxed, max_examples=100)
@given(
    method=methods,
    path=paths,
    query=header_bytes,
    kind=types,
    length=lengths,
    cookie=headers,
    body=st.binary(max_size=200),
)
def test_any_request(application, without_csrf, method, path, query, kind, length, cookie, body):
    assert_survived(
        Answer(
            application,
            REQUEST_METHOD=method,
            PATH_INFO=path,
            QUERY_STRING=query,
            CONTENT_TYPE=kind,
            CONTENT_LENGTH=length,
            HTTP_COOKIE=cookie,
            body=body,
        )
    )
