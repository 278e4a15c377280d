"""The gate by itself, and the same gate for ASGI."""

import asyncio

import pytest
from asgiref.sync import async_to_sync
from django.core.handlers.asgi import ASGIHandler

from demo_site import gate
from demo_site.gate import guard_asgi, refusal_of


class TestRefusalOf:
    def test_ordinary_requests_pass(self):
        for path, query, headers in [
            ("/", "", {}),
            ("/sessions/set/", "a=1&b=2", {"content-length": "0"}),
            ("/a..b/", "..=..", {"content-type": "text/plain; charset=utf-8"}),
            ("/", "", {"content-length": "1000000", "content-type": "multipart/form-data; x=y"}),
            ("/\xc3\xa9/", "", {"content-type": "text/plain; charset=unknown"}),
        ]:
            assert refusal_of(path, query, headers) is None

    @pytest.mark.parametrize("path", ["/..", "/../x", "/a/../b", "/a\\..\\b", "/a\r\n", "/\x7f"])
    def test_paths(self, path):
        assert refusal_of(path, "", {}) == gate.BAD_PATH

    def test_size_is_the_first_reason_against_a_body(self):
        """Or the server would read all of it, to get to the next request."""
        headers = {"content-length": "1000001", "content-type": "x; a*=bogus''b"}

        assert refusal_of("/", "", headers) == gate.TOO_LARGE


class TestAsgi:
    def ask(self, application, messages=(), **scope):
        """Return the messages that `application` sends."""
        sent, waiting = [], [*messages]

        async def receive():
            # A browser that waits for its answer says nothing more.
            return waiting.pop(0) if waiting else await asyncio.Future()

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/sessions/set/",
            "query_string": b"",
            "headers": [],
            "client": ["127.0.0.1", 1],
            "server": ["127.0.0.1", 80],
            **scope,
        }
        async_to_sync(guard_asgi(application))(scope, receive, send)
        return sent

    @staticmethod
    async def echo(scope, receive, send):
        """Send back what arrived."""
        message = await receive()
        await send({"scope": scope, "message": message})

    def test_ordinary_request_passes_untouched(self):
        message = {"type": "http.request", "body": b"user_name=Ada"}

        (seen,) = self.ask(self.echo, [message], headers=[(b"content-length", b"13")])

        assert seen["message"] is message
        assert seen["scope"]["method"] == "POST"
        assert gate.KEY not in seen["scope"]

    def test_other_protocols_pass(self):
        (seen,) = self.ask(self.echo, [{"type": "lifespan.startup"}], type="lifespan")

        assert seen["message"]["type"] == "lifespan.startup"

    @pytest.mark.parametrize(
        ("scope", "refusal"),
        [
            ({"headers": [(b"content-type", b"x; a*=bogus''b")]}, gate.BAD_TYPE),
            ({"headers": [(b"Content-Length", b"abc")]}, gate.BAD_LENGTH),
            ({"headers": [(b"content-length", b"1"), (b"content-length", b"1")]}, gate.BAD_LENGTH),
            ({"headers": [(b"content-length", b"3000000")]}, gate.TOO_LARGE),
            ({"headers": [(b"transfer-encoding", b"chunked")]}, gate.NO_LENGTH),
            ({"path": "/static/../manage.py"}, gate.BAD_PATH),
            ({"query_string": b"&" * 1000}, gate.BAD_QUERY),
        ],
    )
    def test_refused_request_goes_on_without_body_and_query(self, scope, refusal):
        (seen,) = self.ask(self.echo, [{"type": "http.request", "body": b"x" * 99}], **scope)

        assert seen["message"] == {"type": "http.request", "body": b"", "more_body": False}
        assert seen["scope"]["method"] == "GET"
        assert seen["scope"]["query_string"] == b""
        assert seen["scope"]["headers"] == []
        assert seen["scope"][gate.KEY] == refusal

    @pytest.mark.parametrize("debug", [False, True])
    def test_django_answers_it_with_a_page(self, settings, kept_connection, debug):
        settings.DEBUG = debug
        headers = [(b"content-length", b"3000000"), (b"cookie", b"a=1")]

        start, body, *_ = self.ask(ASGIHandler(), headers=headers)

        assert start["status"] == 413
        names = {name.lower() for name, _ in start["headers"]}
        assert {b"content-security-policy", b"x-content-type-options"} <= names
        assert b"<h1>" in body["body"]
