"""The first visit, and the round trip of a cookie."""

import pytest
from django.urls import reverse

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db


class TestWhyCookies:
    def test_first_visit_brings_no_header_and_gets_no_cookie(self, client):
        response = client.get("/cookies/why/")

        assert response.status_code == 200
        assert not response.context["cookie_header"]
        assert not response.cookies
        assert not soup_of(response).find("form")

    def test_shows_the_header_that_came(self, client):
        response = client.get("/cookies/why/", headers={"cookie": "a=<b>"})

        assert soup_of(response).select("#first-request code")[-1].get_text() == "a=<b>"

    def test_leads_to_the_next_lesson_which_sets_one(self, client):
        page = soup_of(client.get("/cookies/why/"))

        (link,) = page.select("#try p:last-of-type a")
        assert link["href"] == page.find("a", rel="next")["href"]
        assert "seat" in client.post(link["href"]).cookies


class TestHowCookiesWork:
    def test_asks_with_rules(self, client):
        response = client.post("/cookies/how/")

        assert response.status_code == 302
        assert response.url == "/cookies/how/"
        expires = response.cookies["seat"]["expires"]
        assert cookie_line(response, "seat") == (
            f"seat=12A; expires={expires}; HttpOnly; Max-Age=600; Path=/cookies/how/"
        )

    def test_shows_what_came_back_and_no_line_that_was_not_sent(self, client):
        client.cookies["seat"] = "12A"

        response = client.get("/cookies/how/")

        assert response.status_code == 200
        lesson = soup_of(response).find(id="name-value-only")
        assert [result.get_text() for result in lesson.select(".result")] == ["seat=12A"]
        assert "Max-Age=" not in lesson.get_text()
        assert "seat" not in response.cookies

    def test_says_when_nothing_came(self, client):
        response = client.get(reverse("cookies_demo:how_cookies_work"))

        assert response.status_code == 200
        (result,) = soup_of(response).select("#name-value-only .result")
        assert not result.find("code")
