"""The first visit, and the round trip of a cookie."""

from http.cookies import SimpleCookie

import pytest

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

    def test_leads_to_the_first_lesson_that_sets_one(self, client):
        links = soup_of(client.get("/cookies/why/")).select("#try a[href='/cookies/set/']")

        assert len(links) == 1


class TestHowCookiesWork:
    def test_asks_with_rules(self, client):
        response = client.post("/cookies/how/")

        assert response.status_code == 302
        assert response.url == "/cookies/how/"
        expires = response.cookies["seat"]["expires"]
        assert cookie_line(response, "seat") == (
            f"seat=12A; expires={expires}; HttpOnly; Max-Age=600; Path=/cookies/how/"
        )

    def test_shows_the_line_beside_what_comes_back(self, client):
        client.cookies["seat"] = "12A"

        response = client.get("/cookies/how/")

        sent, came = soup_of(response).select("#name-value-only .result")
        line = SimpleCookie(sent.get_text().removeprefix("Set-Cookie: "))["seat"]
        assert (line.value, line["max-age"], line["path"]) == ("12A", "600", "/cookies/how/")
        assert came.get_text() == "seat=12A"
        assert "seat" not in response.cookies

    def test_says_when_nothing_came(self, client):
        response = client.get("/cookies/how/")

        assert response.context["seat"] is None
