"""A real browser, for the real server of `tests.server`."""

import os

import pytest
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
