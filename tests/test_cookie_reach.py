"""How a cookie travels, how long it lasts, and which requests it goes with."""

from http.cookies import SimpleCookie

import pytest

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db


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


class TestCookieExpiry:
    def post(self, client, lifetime):
        response = client.post("/cookies/expiry/", {"lifetime": lifetime})
        assert response.status_code == 302
        assert response.url == "/cookies/expiry/"
        return cookie_line(response, lifetime), response.cookies[lifetime]["expires"]

    def test_no_lifetime(self, client):
        line, _ = self.post(client, "no_lifetime")

        assert line == "no_lifetime=1; Path=/cookies/expiry/"

    @pytest.mark.parametrize(
        ("lifetime", "seconds"),
        [("ten_seconds", 10), ("until_a_date", 10), ("ten_years", 315_360_000)],
    )
    def test_seconds_or_a_date_become_both_attributes(self, client, lifetime, seconds):
        line, expires = self.post(client, lifetime)

        assert expires.endswith(" GMT")
        assert line == f"{lifetime}=1; expires={expires}; Max-Age={seconds}; Path=/cookies/expiry/"

    def test_a_date_as_text_is_sent_as_it_is(self, client):
        line, _ = self.post(client, "both")

        assert line == (
            "both=1; expires=Fri, 01 Jan 2100 00:00:00 GMT; Max-Age=3; Path=/cookies/expiry/"
        )

    def test_page_says_what_came(self, client):
        client.cookies["both"] = "1"

        cells = soup_of(client.get("/cookies/expiry/")).select("[data-lifetime-of]")

        came = {cell["data-lifetime-of"]: cell.get_text() for cell in cells}
        assert [name for name, text in came.items() if text == "yes"] == ["both"]
        assert len(came) == 5

    @pytest.mark.parametrize("data", [{}, {"lifetime": "for_ever"}, {"lifetime": "no_lifetime "}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post("/cookies/expiry/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert set(response.cookies) == {"csrftoken"}


class TestCookieScope:
    def test_three_paths(self, client):
        response = client.post("/cookies/scope/", {"action": "paths"})

        assert response.status_code == 302
        assert response.url == "/cookies/scope/"
        paths = {name: morsel["path"] for name, morsel in response.cookies.items()}
        assert paths == {
            "for_site": "/",
            "for_lesson": "/cookies/scope/",
            "for_shop": "/cookies/scope/shop",
        }
        assert {morsel["domain"] for morsel in response.cookies.values()} == {""}
        assert {morsel["max-age"] for morsel in response.cookies.values()} == {600}

    def test_without_and_with_a_domain(self, client):
        response = client.post("/cookies/scope/", {"action": "domain"})

        assert response.status_code == 302
        domains = {name: morsel["domain"] for name, morsel in response.cookies.items()}
        assert domains == {"for_host": "", "for_domain": "app.localhost"}

    @pytest.mark.parametrize("data", [{}, {"action": "evil.example"}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post("/cookies/scope/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert set(response.cookies) == {"csrftoken"}

    @pytest.mark.parametrize("page", ["", "shop/", "shop/cart/", "shopping/"])
    def test_each_page_says_what_came(self, client, page):
        client.cookies.load({"for_shop": "1", "for_domain": "1"})

        response = client.get(f"/cookies/scope/{page}")

        assert response.status_code == 200
        rows = soup_of(response).select("#came tr")
        came = [row.th.get_text() for row in rows if row.select_one(".is")]
        assert came == ["for_shop", "for_domain"]
        assert soup_of(response).find(id="live-panel")
        assert set(response.cookies) <= {"csrftoken"}

    @pytest.mark.parametrize("page", ["shop/", "shop/cart/", "shopping/"])
    def test_pages_to_visit_are_for_reading(self, client, page):
        assert client.post(f"/cookies/scope/{page}").status_code == 405

    def test_other_names_of_this_machine_keep_the_port(self, client):
        response = client.get("/cookies/scope/", headers={"host": "127.0.0.1:8000"})

        addresses = [link["href"] for link in soup_of(response).select("#try .buttons a")]
        assert addresses == [
            "http://127.0.0.1:8000/cookies/scope/#host",
            "http://localhost:8000/cookies/scope/#host",
            "http://app.localhost:8000/cookies/scope/#domain",
            "http://shop.app.localhost:8000/cookies/scope/#domain",
        ]

    def test_other_names_without_a_port(self, client):
        response = client.get("/cookies/scope/", headers={"host": "localhost"})

        addresses = [link["href"] for link in soup_of(response).select("#try .buttons a")]
        assert addresses[0] == "http://127.0.0.1/cookies/scope/#host"

    @pytest.mark.parametrize(
        ("host", "allowed"),
        [("10.1.2.3:8000", ["10.1.2.3", ".localhost"]), ("127.0.0.1:8000", ["127.0.0.1"])],
    )
    def test_a_name_that_leads_nowhere_is_not_offered(self, client, settings, host, allowed):
        settings.ALLOWED_HOSTS = allowed

        response = client.get("/cookies/scope/", headers={"host": host})

        assert response.status_code == 200
        links = [link["href"] for link in soup_of(response).select("#try a")]
        assert not [link for link in links if "localhost" in link]
