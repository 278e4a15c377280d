"""The headline once more, beside a button."""

import pytest

from tests.helpers import headline_of, soup_of

pytestmark = pytest.mark.django_db


def copies_of(response):
    """Return the copies of the headline on the page."""
    return soup_of(response).select("main [data-lp-headline]")


def test_says_what_the_panel_says_wherever_it_is_printed(browser):
    response = browser.post("/beside/", {"note": "<i>Ada</i>", "csrfmiddlewaretoken": "a" * 32})

    assert response.status_code == 200
    kind, words = headline_of(response)
    assert kind == "row-created"
    copies = copies_of(response)
    assert [copy["data-kind"] for copy in copies] == [kind, kind]
    assert [copy.get_text() for copy in copies] == [words, words]
    assert all(copy.has_attr("data-acted") for copy in copies)


def test_a_page_that_was_only_loaded_has_acted_in_nothing(browser):
    response = browser.get("/beside/")

    assert response.status_code == 200
    assert len(copies_of(response)) == 2
    assert not any(copy.has_attr("data-acted") for copy in copies_of(response))


def test_a_refresh_says_it_too(browser):
    browser.post("/beside/", {"note": "Ada", "csrfmiddlewaretoken": "a" * 32})

    response = browser.get("/beside/", headers={"live-panel": "refresh"})

    assert response.status_code == 200
    assert soup_of(response).select_one('[data-lp-part="headline"]').has_attr("data-acted")


def test_prints_nothing_where_the_panel_is_off(client, stub_site):
    stub_site.LIVE_PANEL = False

    response = client.get("/beside/")

    assert response.status_code == 200
    assert b"<b></b><b></b>" in response.content
