"""The size of a cookie, and how many a browser keeps."""

import pytest
from django.urls import reverse

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
DELETED = '=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path='


class TestCookieLimits:
    @pytest.mark.parametrize("size", ["1000", "4096", "4097", "5000"])
    def test_sets_a_cookie_of_that_size_for_this_page_only(self, client, size):
        response = client.post("/cookies/limits/", {"size": size})

        assert response.status_code == 302
        assert response.url == "/cookies/limits/"
        name, value = cookie_line(response, "grown").split(";")[0].split("=")
        assert len(name + value) == int(size)
        assert cookie_line(response, "asked") == f"asked={size}; Path=/cookies/limits/"
        assert response.cookies["grown"]["path"] == "/cookies/limits/"

    def test_header_stays_below_what_web_servers_take(self, client):
        client.post("/cookies/limits/", {"size": "5000"})

        response = client.get("/cookies/limits/")

        assert response.context["header"] < 8000

    def test_measures_what_came(self, client):
        header = "asked=4097; grown=xyz"

        response = client.get("/cookies/limits/", headers={"cookie": header})

        cells = soup_of(response).select("#try .figures td")
        assert [cell.contents[0].strip() for cell in cells] == ["4097 bytes", "8 bytes", "21 bytes"]
        assert soup_of(response).select("[data-from-before]")

    def test_does_not_call_what_was_asked_for_an_earlier_cookie(self, client):
        response = client.get("/cookies/limits/", headers={"cookie": "asked=8; grown=xyz"})

        assert response.status_code == 200
        assert not soup_of(response).select("[data-from-before]")

    def test_deletes_both(self, client):
        response = client.post("/cookies/limits/", {"size": "0"})

        assert response.status_code == 302
        for name in ["asked", "grown"]:
            assert cookie_line(response, name) == f"{name}{DELETED}/cookies/limits/"

    @pytest.mark.parametrize("data", [{}, {"size": "80000"}, {"size": "-1"}, {"size": "x"}])
    def test_refuses_any_other_size(self, client, data):
        response = client.post("/cookies/limits/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert set(response.cookies) == {"csrftoken"}

    def test_error_leaves_the_measurements(self, client):
        response = client.post(
            "/cookies/limits/", {"size": "x"}, headers={"cookie": "asked=4097; grown=xyz"}
        )

        assert response.status_code == 400
        cells = soup_of(response).select("#try .figures td")
        assert [cell.contents[0].strip() for cell in cells] == ["4097 bytes", "8 bytes", "21 bytes"]


class TestManyQuotes:
    def test_measures_what_is_sent_and_not_what_was_given(self, client):
        response = client.post(reverse("cookies_demo:many_quotes"))

        assert response.status_code == 302
        assert response.url == "/cookies/limits/"
        pair, path = cookie_line(response, "grown").split("; ")
        name, _, value = pair.partition("=")
        assert len(name + value) == 6007
        assert path == "Path=/cookies/limits/"
        assert cookie_line(response, "asked") == "asked=6007; Path=/cookies/limits/"


class TestManyCookies:
    URL = "/cookies/experiments/many/"
    HOST = {"host": "many.localhost:8000"}

    @pytest.mark.parametrize("amount", [0, 150, 180])
    def test_sets_and_deletes_on_its_own_host(self, client, amount):
        response = client.post(self.URL, {"amount": str(amount)}, headers=self.HOST)

        assert response.status_code == 302
        assert response.url == self.URL
        assert len(response.cookies) == 180
        kept = [morsel for morsel in response.cookies.values() if morsel["max-age"] == 60]
        assert len(kept) == amount
        assert {morsel["path"] for morsel in response.cookies.values()} == {self.URL}

    @pytest.mark.parametrize(
        ("amount", "host"),
        [
            ("150", "127.0.0.1:8000"),
            ("180", "localhost:8000"),
            ("200", "many.localhost:8000"),
            ("", "many.localhost:8000"),
        ],
    )
    def test_touches_no_other_host_and_no_other_amount(self, client, amount, host):
        response = client.post(self.URL, {"amount": amount}, headers={"host": host})

        assert response.status_code == 400
        assert soup_of(response).select_one(".error")
        assert set(response.cookies) <= {"csrftoken"}

    def test_other_hosts_lead_to_its_own(self, client):
        page = soup_of(client.get(self.URL, headers={"host": "127.0.0.1:8000"}))

        assert not page.select("main form")
        there, back = page.select("a.button")
        assert there["href"] == f"http://many.localhost:8000{self.URL}"
        assert back["href"] == "/cookies/limits/#how-many"

    def test_its_own_host_leads_back_to_both_addresses_of_the_lesson(self, client):
        page = soup_of(client.get(self.URL, headers=self.HOST))

        assert [link["href"] for link in page.select("main a")] == [
            "http://127.0.0.1:8000/cookies/limits/#how-many",
            "http://localhost:8000/cookies/limits/#how-many",
        ]

    @pytest.mark.parametrize("host", ["testserver", "127.0.0.1:8000"])
    def test_other_hosts_lead_back_to_the_lesson_there(self, client, host):
        page = soup_of(client.get(self.URL, headers={"host": host}))

        assert page.select("main a.button")[-1]["href"] == "/cookies/limits/#how-many"

    def test_counts_what_came(self, client):
        for cookie, cells in [("a=1; b=2", ["2", "no"]), ("a=1; csrftoken=x", ["2", "yes"])]:
            response = client.get(self.URL, headers={**self.HOST, "cookie": cookie})

            shown = [cell.get_text() for cell in soup_of(response).select(".figures td")]
            assert shown == cells
