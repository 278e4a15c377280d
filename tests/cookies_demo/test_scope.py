"""Which requests a cookie goes with."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

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

    @pytest.mark.parametrize(("name", "is_settled"), [("for_lesson", True), ("for_host", False)])
    def test_is_settled_by_the_cookies_with_a_path(self, client, name, is_settled):
        client.cookies[name] = "1"

        page = soup_of(client.get("/cookies/scope/"))

        assert bool(page.select_one("#predict [data-settled]")) is is_settled

    def test_other_names_of_this_machine_keep_the_port(self, client):
        response = client.get("/cookies/scope/", headers={"host": "127.0.0.1:8000"})

        addresses = [link["href"] for link in soup_of(response).select("#notes .buttons a")]
        assert addresses == [
            "http://127.0.0.1:8000/cookies/scope/#host",
            "http://localhost:8000/cookies/scope/#host",
        ]

    @pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "localhost"])
    def test_the_way_to_another_host_knows_the_way_back(self, client, host):
        response = client.get("/cookies/scope/", headers={"host": host})
        (there,) = soup_of(response).select("#notes a[href*='//app.localhost']")

        response = client.get(there["href"], headers={"host": urlsplit(there["href"]).netloc})

        assert response.status_code == 200
        backs = soup_of(response).select("a[href*='/cookies/scope/#domain']")
        assert {back["href"] for back in backs} == {f"http://{host}/cookies/scope/#domain"}

    def test_other_names_without_a_port(self, client):
        response = client.get("/cookies/scope/", headers={"host": "localhost"})

        addresses = [link["href"] for link in soup_of(response).select("#notes .buttons a")]
        assert addresses[0] == "http://127.0.0.1/cookies/scope/#host"

    @pytest.mark.parametrize(
        ("host", "allowed"),
        [("10.1.2.3:8000", ["10.1.2.3", ".localhost"]), ("127.0.0.1:8000", ["127.0.0.1"])],
    )
    def test_a_name_that_leads_nowhere_is_not_offered(self, client, settings, host, allowed):
        settings.ALLOWED_HOSTS = allowed

        response = client.get("/cookies/scope/", headers={"host": host})

        assert response.status_code == 200
        links = [link["href"] for link in soup_of(response).select(".lesson-do a, #notes a")]
        assert not [link for link in links if "localhost" in link]


class TestScopeHost:
    URL = reverse("cookies_demo:scope_host")

    def test_sets_two_cookies_and_stays(self, client):
        url = f"{self.URL}?from=127.0.0.1"

        response = client.post(url, headers={"host": "app.localhost"})

        assert response.status_code == 302
        assert response.url == url
        domains = {name: morsel["domain"] for name, morsel in response.cookies.items()}
        assert domains == {"for_host": "", "for_domain": "app.localhost"}

    @pytest.mark.parametrize("page", ["app", "shop.app"])
    def test_every_link_keeps_the_way_back_and_none_keeps_the_reader(self, client, page):
        response = client.get(
            f"{self.URL}?from=127.0.0.1", headers={"host": f"{page}.localhost:8000"}
        )

        assert response.status_code == 200
        links = {link["href"] for link in soup_of(response).select("a[href]:not(.lp-skip)")}
        assert links == {
            f"http://app.localhost:8000{self.URL}?from=127.0.0.1",
            f"http://shop.app.localhost:8000{self.URL}?from=127.0.0.1",
            "http://127.0.0.1:8000/cookies/scope/#domain",
        }

    @pytest.mark.parametrize("home", ["", "evil.example", "evil.localhost", "\x00:x", "<b>"])
    def test_leads_to_no_other_host_than_the_sites_two(self, client, home):
        response = client.get(self.URL, {"from": home}, headers={"host": "app.localhost"})

        assert response.status_code == 200
        assert response.context["back"] == "http://localhost/cookies/scope/"

    def test_elsewhere_the_way_back_stays_on_the_host(self, client, settings):
        settings.ALLOWED_HOSTS = ["10.1.2.3"]

        response = client.get(self.URL, headers={"host": "10.1.2.3:8000"})

        assert response.status_code == 200
        assert soup_of(response).select("a[href='/cookies/scope/#domain']")
        assert b"localhost:" not in response.content
