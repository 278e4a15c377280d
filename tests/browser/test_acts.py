"""Do the main act of every lesson in a real browser: the panel's headline says what it did."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from course.lessons import places
from tests.browser.acts import ACTS, KINDS, perform


@pytest.fixture
def page(act, context):
    """A page in a fresh browser profile, whose console may complain if the act says so."""
    yield context.new_page()
    if act.complains:
        context.complaints.clear()


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param([act.lesson for act in ACTS], list(places()), id="lessons"),
        pytest.param([act.kind for act in ACTS if act.kind not in KINDS], [], id="kinds"),
    ],
)
def test_table_names_every_lesson(named, expected):
    assert named == expected


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.lesson)
def test_headline(page, context, act):
    response = perform(page, act)

    assert response.status == act.status
    assert urlsplit(page.url).path == act.result_path
    headline = page.locator('[data-panel="headline"]').first
    expect(headline).to_have_attribute("data-kind", act.kind)
    for fact in act.facts:
        expect(headline).to_contain_text(fact)
    assert bool(context.complaints) == act.complains
