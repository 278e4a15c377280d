"""The first visit, and the round trip of a cookie."""

import pytest
from django.urls import reverse

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
SETTLED = "#predict [data-settled]"


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

    def test_loading_it_again_brings_no_header_either(self, client):
        link = soup_of(client.get("/cookies/why/")).select_one("#try a.button")

        response = client.get(f"/cookies/why/{link['href']}")

        assert response.status_code == 200
        assert not response.context["cookie_header"]
        assert not response.cookies
        assert soup_of(response).select_one(SETTLED)

    @pytest.mark.parametrize(("query", "header"), [("", ""), ("?again=1", "a=1")])
    def test_is_settled_by_nothing_else(self, client, query, header):
        response = client.get(f"/cookies/why/{query}", headers={"cookie": header})

        assert response.status_code == 200
        assert not soup_of(response).select_one(SETTLED)

    def test_whoever_brings_a_header_can_become_a_stranger_in_one_click(self, client):
        page = soup_of(client.get("/cookies/why/", headers={"cookie": "a=1"}))

        assert page.select_one('#try form input[name="next"]')["value"] == "/cookies/why/"


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

    @pytest.mark.parametrize(
        ("cookies", "query", "is_settled"),
        [
            ({}, "?again=1", False),
            ({"seat": "12A"}, "", False),
            ({"seat": "12A"}, "?again=1", True),
        ],
    )
    def test_is_settled_when_the_cookie_comes_once_more(self, client, cookies, query, is_settled):
        client.cookies.load(cookies)

        page = soup_of(client.get(f"/cookies/how/{query}"))

        assert bool(page.select_one(SETTLED)) is is_settled
