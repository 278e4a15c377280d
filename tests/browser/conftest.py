"""A real server, as `make run` starts it, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.conftest import BROWSER_TESTS_REQUIRED


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """A Chromium or Chrome for the whole run."""
    path = chromium.find()
    if path is None:
        if BROWSER_TESTS_REQUIRED:
            pytest.fail("BROWSER_TESTS=required, but no Chromium or Chrome was found.")
        pytest.skip("no Chromium or Chrome was found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


class Site:
    """A running server with a database of its own. `url` has no slash at its end."""

    def __init__(self, folder, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "site.sqlite3"
        # Without PYTEST_VERSION, or the settings would take the server for a test.
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
            "DATABASE_URL": f"sqlite:///{self.database}",
            **environment,
        }
        self.manage("migrate", "--verbosity", "0")
        self.log = (folder / "server.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", str(self.port)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )
        self.wait_until_it_answers()

    def manage(self, *arguments):
        """Run `manage.py` with the server's settings, and return what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/cookies/why/"):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The server did not answer; see {self.log.name}.")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.log.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as a developer runs it, debug toolbar included."""
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()


@pytest.fixture
def context(browser, site):
    """A fresh browser profile. It fails the test if a page complained in the console."""
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(10_000)
    complaints = []
    context.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.complaints = complaints
    yield context
    context.close()
    assert not complaints


@pytest.fixture
def page(context):
    """A page in a fresh browser profile."""
    return context.new_page()
