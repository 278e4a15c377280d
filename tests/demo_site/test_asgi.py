"""The site under ASGI."""

import json

import pytest

from tests.demo_site.processes import in_a_new_process

ASK = """
import asyncio, json
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from demo_site.asgi import application

async def answer(path, *headers, method="GET"):
    scope = {"type": "http", "http_version": "1.1", "method": method, "path": path,
             "query_string": b"", "headers": [(b"host", b"localhost"), *headers],
             "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
    asked = ApplicationCommunicator(application, scope)
    await asked.send_input({"type": "http.request"})
    start = await asked.receive_output(timeout=10)
    body = await asked.receive_output(timeout=10)
    return start["status"], body["body"].decode()

def ask(*arguments, **options):
    return asyncio.run(answer(*arguments, **options))
"""

LESSON = """
status, body = ask("/cookies/set/")
print(json.dumps({"status": status, "panel": "live-panel" in body,
                  "age": settings.DATABASES["default"]["CONN_MAX_AGE"]}))
"""

REFUSED = """
print(json.dumps([ask("/", (b"content-type", b"x; a*=bogus''b"))[0],
                  ask("/", (b"content-length", b"abc"))[0],
                  ask("/", (b"host", b"evil.example"))[0]]))
"""

NOT_SAVED = """
import sqlite3
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.middleware.csrf import CsrfViewMiddleware

CsrfViewMiddleware._check_token = lambda *arguments: None
session = SessionStore()
session.create()

def save(*arguments, **options):
    try:
        raise OperationalError("database is locked") from sqlite3.OperationalError("locked")
    except OperationalError:
        raise UpdateError

SessionStore.save = save
key = session.session_key.encode()
print(ask("/sessions/update/", (b"cookie", b"sessionid=" + key), method="POST")[0])
"""


@pytest.fixture(params=["on", "off"], ids=["DEBUG on", "DEBUG off"])
def run(request, tmp_path):
    """Return a function that runs code with the ASGI application, and returns what it printed."""
    environment = {
        "DEBUG": request.param,
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
    }
    in_a_new_process(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)",
        **environment,
    )

    def run(code):
        result = in_a_new_process(ASK + code, setup=False, **environment)
        return json.loads(result.stdout)

    return run


def test_serves_a_lesson_and_keeps_no_connection(run):
    assert run(LESSON) == {"status": 200, "panel": True, "age": 0}


def test_refuses_what_is_malformed(run):
    assert run(REFUSED) == [400, 400, 400]


def test_says_that_it_was_the_database(run):
    assert run(NOT_SAVED) == 503
