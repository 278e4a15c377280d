"""A visitor number: given after consent, noted by an image, taken back on request."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db

URL = "/cookies/tracking/"


def image(client, page):
    """Ask for the image that a page has, and return the text that is drawn in it."""
    response = client.get(f"/cookies/experiments/image/{page}.svg")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "no-store"
    return soup_of(response).text.strip()


def seen_by(client):
    return client.get(URL).context["seen"]


class TestConsent:
    def test_is_asked_before_anything_is_set(self, client):
        response = client.get(URL)

        assert set(response.cookies) == {"csrftoken"}
        answers = [button["value"] for button in soup_of(response).select("#try button")]
        assert answers == ["here", "everywhere", "no"]

    def test_refused_sets_nothing_at_all(self, client):
        response = client.post(URL, {"answer": "no"})

        assert response.status_code == 302
        assert not response.cookies
        assert image(client, "hats") == "No visitor number came with this image"
        assert seen_by(client) == []

    @pytest.mark.parametrize(
        ("answer", "attributes"),
        [("here", "Path=/; SameSite=Lax"), ("everywhere", "Path=/; SameSite=None; Secure")],
    )
    def test_given_sets_a_number(self, client, answer, attributes):
        response = client.post(URL, {"answer": answer})

        assert response.status_code == 302
        assert response.url == URL
        line = cookie_line(response, "visitor")
        value, _, rest = line.partition("; ")
        assert rest == attributes
        assert len(value.removeprefix("visitor=").split(":")[0]) == 12

    def test_withdrawn_deletes_the_cookie_and_the_list(self, client):
        client.post(URL, {"answer": "here"})
        visitor = client.get(URL).context["visitor"]
        image(client, "hats")

        response = client.post(reverse("cookies_demo:withdraw"))

        assert response.status_code == 302
        assert response.url == URL
        assert cookie_line(response, "visitor") == (
            'visitor=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/'
        )
        assert cache.get(f"visitor:{visitor}") is None

    @pytest.mark.parametrize("data", [{}, {"answer": "maybe"}])
    def test_any_other_answer_is_a_clear_error(self, client, data):
        response = client.post(URL, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert "visitor" not in response.cookies


class TestImage:
    def test_notes_the_page_for_the_visitor(self, client):
        client.post(URL, {"answer": "here"})

        image(client, "hats")
        text = image(client, "shoes")

        assert seen_by(client) == ["hats", "shoes"]
        assert "2 pages" in text

    def test_that_was_noted_settles_the_question(self, client):
        client.post(URL, {"answer": "here"})
        before = soup_of(client.get(URL)).select_one("#predict fieldset")
        image(client, "hats")

        after = soup_of(client.get(URL)).select_one("#predict fieldset")

        assert not before.has_attr("data-settled")
        assert after.has_attr("data-settled")

    def test_on_the_lesson_only_shows_what_came(self, client):
        assert image(client, "lesson") == "No visitor number came with this image"
        client.post(URL, {"answer": "here"})

        image(client, "lesson")

        assert seen_by(client) == []

    def test_keeps_twenty_pages(self, client):
        client.post(URL, {"answer": "here"})
        for _ in range(25):
            image(client, "hats")

        assert len(seen_by(client)) == 20

    def test_keeps_visitors_apart(self, client):
        other = Client()
        client.post(URL, {"answer": "here"})
        other.post(URL, {"answer": "here"})

        image(other, "hats")

        assert seen_by(client) == []

    @pytest.mark.parametrize("value", ["", "1", "made:up:number"])
    def test_believes_no_number_that_was_typed_in(self, client, value):
        client.cookies["visitor"] = value

        assert image(client, "hats") == "No visitor number came with this image"
        assert client.get(URL).context["visitor"] is None

    def test_is_on_the_pages_to_visit(self, client):
        for article in ["hats", "shoes"]:
            page = soup_of(client.get(f"/cookies/experiments/shop/{article}/"))
            assert page.img["src"] == f"/cookies/experiments/image/{article}.svg"
            assert page.select_one("main a.button")["href"] == f"{URL}#outcome"

    def test_unknown_page_is_not_found(self, client):
        assert client.get("/cookies/experiments/image/secret.svg").status_code == 404


class TestNews:
    def test_shows_the_image_of_the_other_site(self, client):
        response = client.get("/cookies/experiments/news/", headers={"host": "localhost:8000"})

        expected = "http://127.0.0.1:8000/cookies/experiments/image/news.svg"
        assert soup_of(response).img["src"] == expected
        policy = response["Content-Security-Policy"]
        assert "img-src 'self' data: http://localhost:* http://127.0.0.1:*;" in policy + ";"

    def test_has_none_where_there_is_no_other_site(self, client):
        response = client.get("/cookies/experiments/news/")

        assert response.status_code == 200
        assert not soup_of(response).img
