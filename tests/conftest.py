import functools
import gc
import os
from importlib.util import find_spec

import pytest
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.core.cache import cache

from demo_site import middleware
from live_panel.history import memory
from tests.server import Site

HAS_PLAYWRIGHT = find_spec("playwright") is not None
BROWSER_TESTS_REQUIRED = os.environ.get("BROWSER_TESTS") == "required"

if not HAS_PLAYWRIGHT:
    collect_ignore = ["browser"]


# At Python's own 700 a fifth of the whole run is spent on searching parsed pages for garbage.
gc.set_threshold(20_000, 20, 50)


def pytest_report_header():
    """Say it when the browser tests are left out, and fail when they must not be."""
    if HAS_PLAYWRIGHT:
        return None
    if BROWSER_TESTS_REQUIRED:
        raise pytest.UsageError("BROWSER_TESTS=required, but playwright is not installed.")
    return "browser tests: left out; playwright is not installed"


@pytest.fixture(autouse=True)
def _empty_cache():
    """Begin each test without what an earlier one left in the cache and in the panel's memory."""
    cache.clear()
    memory.clear()


@pytest.fixture(autouse=True, scope="session")
def _migrated_once():
    """Plan the migrations once. Each new `Client` would, and nothing here undoes a migration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "is_migrated", functools.cache(middleware.is_migrated))
        yield


@pytest.fixture(autouse=True, scope="session")
def _session_files(tmp_path_factory):
    """Keep the sessions of the `file` engine out of the system's folder for temporary files."""
    with pytest.MonkeyPatch.context() as patch:
        folder = str(tmp_path_factory.mktemp("sessions"))
        patch.setattr(FileStore, "_storage_path", folder, raising=False)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as a developer runs it, debug toolbar included."""
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()
