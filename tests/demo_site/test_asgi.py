"""The site under ASGI."""

import json

import pytest

from tests.demo_site.processes import in_a_new_process

ASK = """
import asyncio, json
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from demo_site.asgi import application

async def get(path):
    scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": path,
             "query_string": b"", "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1),
             "server": ("127.0.0.1", 80)}
    asked = ApplicationCommunicator(application, scope)
    await asked.send_input({"type": "http.request"})
    start = await asked.receive_output(timeout=10)
    body = await asked.receive_output(timeout=10)
    return start["status"], body["body"].decode()

status, body = asyncio.run(get("/cookies/set/"))
print(json.dumps({"status": status, "panel": "live-panel" in body,
                  "age": settings.DATABASES["default"]["CONN_MAX_AGE"]}))
"""


@pytest.mark.parametrize("debug", ["on", "off"])
def test_serves_a_lesson_and_keeps_no_connection(tmp_path, debug):
    environment = {
        "DEBUG": debug,
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
    }
    in_a_new_process(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)",
        **environment,
    )

    answer = json.loads(in_a_new_process(ASK, setup=False, **environment).stdout)

    assert answer == {"status": 200, "panel": True, "age": 0}
