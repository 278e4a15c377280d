"""Which requests a cookie goes with."""

import pytest

from tests.helpers import soup_of

pytestmark = pytest.mark.django_db


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
