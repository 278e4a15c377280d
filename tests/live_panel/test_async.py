"""One recorder for WSGI and ASGI: it waits for nothing in the event loop, and says the same."""

import asyncio
from dataclasses import asdict
from functools import partial
from io import BytesIO

import pytest
from asgiref.sync import async_to_sync, iscoroutinefunction
from asgiref.testing import ApplicationCommunicator
from bs4 import BeautifulSoup
from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpResponse
from django.test import AsyncClient, AsyncRequestFactory, Client, RequestFactory

from live_panel import exchange, history
from live_panel.middleware import ExchangeRecorder
from live_panel.placeholder import PLACEHOLDER
from tests.helpers import exchanges_of, headline_of
from tests.live_panel import stub_views
from tests.live_panel.stub_views import LEFT, MIDDLEWARE, RECORDER, SESSION, during

pytestmark = pytest.mark.django_db

TOKEN = "t" * 32


@pytest.fixture(autouse=True)
def _project(settings):
    settings.ROOT_URLCONF = stub_views.URLCONF
    settings.MIDDLEWARE = MIDDLEWARE
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
    settings.LIVE_PANEL_SESSION_COOKIES = {}
    yield
    during.clear()


class Asgi:
    """An `AsyncClient` that is called as a `Client` is: each request in an event loop."""

    def __init__(self, **options):
        self.client = AsyncClient(**options)
        self.cookies = self.client.cookies

    def get(self, *args, **kwargs):
        return async_to_sync(self.client.get)(*args, **kwargs)

    def post(self, *args, **kwargs):
        return async_to_sync(self.client.post)(*args, **kwargs)


# Django's `Client` sends no Host of its own.
CLIENTS = {"wsgi": partial(Client, HTTP_HOST="testserver"), "asgi": Asgi}


@pytest.fixture(params=CLIENTS)
def make(request):
    """A function that makes a client of either kind, with a token."""

    def make_client(**options):
        return a_client(request.param, **options)

    return make_client


def a_client(kind, **options):
    client = CLIENTS[kind](**options)
    client.cookies["csrftoken"] = TOKEN
    return client


@pytest.fixture(params=["", "/async"], ids=["sync views", "async views"])
def under(request):
    """The prefix of the views: each is there as a function and as a coroutine function."""
    return request.param


def exchanges_in_order(response):
    return exchanges_of(response)[::-1]


def told(response):
    """Return what the story on the page tells, exchange for exchange."""
    return [
        (each["data-method"], each["data-path"], each["data-status"])
        for each in exchanges_in_order(response)
    ]


class TestScenarios:
    """Under both servers, and with both kinds of views."""

    def test_a_page_has_its_panel(self, make, under):
        page = make().get(f"{under}/page/")

        assert page.status_code == 200
        assert told(page) == [("GET", f"{under}/page/", "200")]
        assert LEFT.encode() in page.content
        assert PLACEHOLDER.encode() not in page.content
        assert page["Cache-Control"] == "no-store, private"
        assert page["Content-Length"] == str(len(page.content))

    def test_a_story(self, make, under):
        client = make()
        client.get(f"{under}/page/")

        answer = client.post(f"{under}/write/", {"note": "tulips"})
        page = client.get(answer["Location"])

        assert answer.status_code == 302
        assert [each[:2] for each in told(page)] == [
            ("POST", f"{under}/write/"),
            ("GET", answer["Location"]),
        ]
        assert headline_of(page)[0] == "row-created"
        # Tags cut a key into pieces.
        text = BeautifulSoup(page.content, "html.parser").get_text()
        assert client.cookies["sessionid"].value in text
        assert "tulips" in page.content.decode()

    def test_a_refresh(self, make, under):
        client = make()
        page = client.get(f"{under}/page/")
        tag = BeautifulSoup(page.content, "html.parser").select_one("#live-panel")["data-tag"]
        ask = {"Live-Panel": "refresh"}

        nothing_new = client.get(f"{under}/page/", headers={**ask, "If-None-Match": tag})
        client.post(f"{under}/write/", {"note": "tulips"})
        news = client.get(f"{under}/page/", headers={**ask, "If-None-Match": tag})
        again = client.get(f"{under}/page/", headers={**ask, "If-None-Match": news["ETag"]})

        assert [a.status_code for a in (nothing_new, news, again)] == [304, 200, 304]
        assert nothing_new.content == b""
        assert b"tulips" in news.content
        assert b"The end" not in news.content

    def test_an_earlier_exchange(self, make, under):
        client = make()
        client.get(f"{under}/page/")
        client.post(f"{under}/write/", {"note": "tulips"})

        found = client.get(f"{under}/page/", headers={"Live-Panel": "exchange 2"})
        missing = client.get(f"{under}/page/", headers={"Live-Panel": "exchange 9"})
        page = client.get("/live-panel/2/")

        assert told(found) == told(page) == [("POST", f"{under}/write/", "302")]
        assert missing.status_code == 404
        assert history.length(history.browser_of(browser_request(client))) == 2

    def test_a_csrf_refusal(self, make, under):
        client = make(enforce_csrf_checks=True)

        refused = client.post(f"{under}/write/", {"note": "tulips"})
        page = client.get(f"{under}/page/", headers={"Live-Panel": "refresh"})

        assert refused.status_code == 403
        assert headline_of(page)[0] == "csrf-refused"
        assert last(client).csrf.startswith("CSRF token missing")

    def test_a_streaming_answer_is_untouched(self, make, under):
        client = make()
        if under and isinstance(client, Client):
            pytest.skip("Django warns of an async generator under WSGI.")

        answer = client.get(f"{under}/stream/")

        assert answer.streaming
        assert answer.is_async == bool(under)
        assert body_of(answer) == PLACEHOLDER.encode() + b" and the end"
        assert "Cache-Control" not in answer
        assert last(client).path == f"{under}/stream/"

    def test_a_flush(self, make, under):
        client = make()
        client.post(f"{under}/write/", {"note": "tulips"})

        client.post(f"{under}/flush/")

        assert last(client, without="sessionid").kind == "row-deleted"

    @pytest.mark.parametrize(
        ("debug", "error"), [(True, "RuntimeError"), (False, "an exception")], ids=str
    )
    def test_a_server_error(self, make, settings, debug, error):
        settings.DEBUG = debug
        client = make(raise_request_exception=False)

        assert client.get("/async/boom/").status_code == 500

        assert last(client).status == 500
        assert last(client).error == error


def body_of(answer):
    if not answer.is_async:
        return b"".join(answer)

    async def read():
        return [part async for part in answer]

    return b"".join(async_to_sync(read)())


def browser_request(client, without=None):
    request = RequestFactory().get("/")
    request.COOKIES = {
        name: morsel.value for name, morsel in client.cookies.items() if name != without
    }
    return request


def last(client, without=None):
    """Return the last exchange of the browser, which no longer has the cookie `without`."""
    return history.load(history.browser_of(browser_request(client, without))).exchanges[0]


def scenario(client, under):
    """Let a browser do something of everything."""
    client.get(f"{under}/page/")
    client.post(f"{under}/write/", {"note": "tulips"})
    client.get(f"{under}/reading/")
    client.post(f"{under}/write/", {"note": "daisies"})
    client.get(f"{under}/page/?q=%C3%A9&x=1")
    client.get("/missing/")
    client.get("/api/")


def facts_of(client):
    """Return the facts of all exchanges, without those that are made by time or by chance."""
    browser = history.load(history.browser_of(browser_request(client)))
    key = client.cookies["sessionid"].value
    exchanges = [{**comparable(asdict(each), key), "kind": each.kind} for each in browser.exchanges]
    return browser.length, exchanges, [(each.name, each.certainty) for each in browser.jar]


BY_CHANCE = {"time", "ended", "expires", "data", "size", "created", "last_access"}


def comparable(fact, key):
    if isinstance(fact, dict):
        return {
            name: comparable(value, key) for name, value in fact.items() if name not in BY_CHANCE
        }
    if isinstance(fact, (list, tuple)):
        return [comparable(each, key) for each in fact]
    if isinstance(fact, str):
        # The date of a `Set-Cookie` line may be the next second's.
        return fact.replace(key, "<key>").partition("expires=")[0]
    return fact


def test_the_facts_are_the_same(under):
    found = {}
    for kind in CLIENTS:
        client = a_client(kind)
        scenario(client, under)
        found[kind] = facts_of(client)
        history.memory.clear()

    assert found["asgi"] == found["wsgi"]
    length, exchanges, jar = found["asgi"]
    assert length == 7
    assert [each["kind"] for each in exchanges[::-1]][1:4] == ["row-created", "read", "row-changed"]
    assert {name for name, _ in jar} == {"csrftoken", "sessionid", "flavour"}
    assert exchanges[-1]["cookie_header"] == f"csrftoken={TOKEN}"


async def coroutine_view(request):
    return HttpResponse(PLACEHOLDER)


def plain_view(request):
    return HttpResponse(PLACEHOLDER)


class TestTheRecorder:
    def test_is_capable_of_both(self):
        assert ExchangeRecorder.sync_capable
        assert ExchangeRecorder.async_capable
        assert iscoroutinefunction(ExchangeRecorder(coroutine_view))
        assert not iscoroutinefunction(ExchangeRecorder(plain_view))

    def test_answers_as_it_is_asked(self):
        answer = ExchangeRecorder(plain_view)(RequestFactory().get("/"))
        assert b"live-panel" in answer.content

        waiting = ExchangeRecorder(coroutine_view)(AsyncRequestFactory().get("/"))

        async def wait():
            return await waiting

        assert asyncio.iscoroutine(waiting)
        assert b"live-panel" in async_to_sync(wait)().content

    @pytest.mark.parametrize("path", ["/favicon.ico", "/static/x.css"])
    def test_leaves_some_paths_alone(self, path):
        recorder = ExchangeRecorder(coroutine_view)

        answer = async_to_sync(recorder)(AsyncRequestFactory().get(path))

        assert answer.content == PLACEHOLDER.encode()

    def test_is_not_wrapped(self, settings):
        """Django wraps what can do only one of both into a thread of its own."""
        settings.MIDDLEWARE = [RECORDER]
        handler = ASGIHandler()

        assert iscoroutinefunction(handler._middleware_chain)
        recorder = recorder_in(handler._middleware_chain)
        assert iscoroutinefunction(recorder)
        assert iscoroutinefunction(recorder.get_response)

    @pytest.mark.parametrize("middleware", [[RECORDER], [RECORDER, SESSION], MIDDLEWARE], ids=len)
    def test_async_views_run_in_the_task_of_the_server(self, settings, middleware):
        settings.MIDDLEWARE = middleware
        tasks = []

        async def visit():
            during.append(lambda: tasks.append(asyncio.current_task()))
            return await AsyncClient().get("/async/page/"), asyncio.current_task()

        response, task = async_to_sync(visit)()

        assert response.status_code == 200
        assert tasks == [task]

    def test_does_not_block_the_loop(self, monkeypatch):
        """The session store and the cache are asked in a thread where they may wait."""
        in_loop = []
        real = exchange.look

        def look(*args, **kwargs):
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                in_loop.append(False)
            else:
                in_loop.append(True)
            return real(*args, **kwargs)

        monkeypatch.setattr(exchange, "look", look)

        a_client("asgi").get("/async/page/")
        a_client("asgi").get("/async/page/", headers={"Live-Panel": "refresh"})

        assert in_loop == [False] * 3

    def test_many_at_once_lose_none(self, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"

        async def visit():
            clients = [AsyncClient() for _ in range(20)]
            for client in clients:
                client.cookies["csrftoken"] = TOKEN
            return await asyncio.gather(*(client.get("/async/page/") for client in clients))

        responses = async_to_sync(visit)()

        assert {response.status_code for response in responses} == {200}
        (shelf,) = history.memory.shelves.values()
        assert [each.number for each in shelf.exchanges] == list(range(1, 21))


def recorder_in(chain):
    """Return the recorder that `convert_exception_to_response` wraps."""
    inner = chain.__wrapped__
    assert isinstance(inner, ExchangeRecorder)
    return inner


class TestAServer:
    """The application itself, as a server calls it."""

    def ask(self, path, headers=(), method="GET"):
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", b"localhost"), *headers],
            "client": ("192.0.2.1", 5000),
            "server": ("localhost", 80),
        }

        async def talk():
            server = ApplicationCommunicator(get_asgi_application(), scope)
            await server.send_input({"type": "http.request", "body": b"", "more_body": False})
            start = await server.receive_output(5)
            body = BytesIO()
            more = True
            while more:
                message = await server.receive_output(5)
                body.write(message.get("body", b""))
                more = message.get("more_body", False)
            await server.wait(5)
            return start["status"], dict(start["headers"]), body.getvalue()

        return async_to_sync(talk)()

    def test_gets_a_page(self):
        status, headers, body = self.ask(
            "/async/page/", [(b"cookie", f"csrftoken={TOKEN}".encode())]
        )

        assert status == 200
        assert b'<section class="live-panel"' in body
        assert headers[b"Content-Length"] == str(len(body)).encode()

    def test_gets_a_stream_as_it_is(self):
        assert self.ask("/async/stream/")[2] == PLACEHOLDER.encode() + b" and the end"

    def test_gets_nothing_new(self):
        cookie = (b"cookie", f"csrftoken={TOKEN}".encode())
        ask = (b"live-panel", b"refresh")
        _, headers, body = self.ask("/async/page/", [cookie, ask])

        status, _, nothing = self.ask(
            "/async/page/", [cookie, ask, (b"if-none-match", headers[b"ETag"])]
        )

        assert body
        assert (status, nothing) == (304, b"")
