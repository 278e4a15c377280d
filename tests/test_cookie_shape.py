"""The size of a cookie, its name, and the characters of its value."""

import pytest

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

        cells = [cell.get_text() for cell in soup_of(response).select("#try .figures td")]
        assert cells == ["4097 bytes", "8 bytes", "21 bytes"]

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
        assert page.select_one("a.button")["href"] == f"http://many.localhost:8000{self.URL}"

    def test_counts_what_came(self, client):
        response = client.get(self.URL, headers={**self.HOST, "cookie": "a=1; b=2"})

        assert soup_of(response).select_one(".figures td").get_text() == "2"


class TestNamePrefixes:
    def test_sets_six(self, client):
        response = client.post("/cookies/prefixes/", {"action": "set"})

        assert response.status_code == 302
        assert response.url == "/cookies/prefixes/"
        here = "Path=/cookies/prefixes/"
        assert [morsel.OutputString() for morsel in response.cookies.values()] == [
            f"ordinary=1; {here}",
            f"__Secure-without=1; {here}",
            f"__Secure-with=1; {here}; Secure",
            f"__Host-path=1; {here}; Secure",
            "__Host-domain=1; Domain=localhost; Path=/; Secure",
            "__Host-with=1; Path=/; Secure",
        ]

    def test_deletes_with_and_without_secure(self, client):
        by_hand = client.post("/cookies/prefixes/", {"action": "expire"})
        by_django = client.post("/cookies/prefixes/", {"action": "delete"})

        assert by_hand.status_code == by_django.status_code == 302
        assert not by_hand.cookies["__Host-with"]["secure"]
        assert by_hand.cookies["__Host-with"]["max-age"] == 0
        assert cookie_line(by_django, "__Host-with") == f"__Host-with{DELETED}/; Secure"

    def test_says_what_came(self, client):
        header = "ordinary=1; __Host-with=1"

        response = client.get("/cookies/prefixes/", headers={"cookie": header})

        rows = soup_of(response).select("#try tr")
        came = [row.th.get_text() for row in rows if row.select_one(".is")]
        assert came == ["ordinary", "__Host-with"]

    @pytest.mark.parametrize("data", [{}, {"action": "explode"}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post("/cookies/prefixes/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert set(response.cookies) == {"csrftoken"}


class TestCookieEncoding:
    URL = "/cookies/encoding/"

    def test_sends_what_the_page_says(self, client):
        rows = client.get(self.URL).context["rows"]

        response = client.post(self.URL)

        assert response.status_code == 302
        assert response.url == self.URL
        assert [morsel.OutputString() for morsel in response.cookies.values()] == [
            f"{name}={sent}; Path={self.URL}" for name, _, sent, _, _ in rows
        ]
        assert {name: sent for name, _, sent, _, _ in rows} == {
            "spaces": '"a b c"',
            "comma": r'"a\054b"',
            "quotes": r'"say \"hi\""',
            "accent": r'"caf\351"',
            "semicolon": r'"a\073 Path=/x"',
            "encoded": "5%20%E2%82%AC",
            "json": r'"{\"size\": 2}"',
        }

    def test_every_line_can_be_sent(self, client):
        response = client.post(self.URL)

        for morsel in response.cookies.values():
            assert morsel.OutputString().isascii()

    def test_reads_back_every_text(self, client):
        client.post(self.URL)

        response = client.get(self.URL)

        for _, text, sent, header, came in response.context["rows"]:
            assert header == sent
            assert came == text
        assert response.context["parsed"] == "{'size': 2}"

    @pytest.mark.parametrize(
        "value",
        [
            '{"size":',
            "",
            "[" * 5000,
            r'"\"\\ud800\""',
            "9" * 5000,
            "NaN",
            r'"\355\240\200"',
            "\xed\xa0\x80",
            "\x80",
        ],
    )
    def test_no_json_is_a_server_error(self, client, value):
        response = client.get(self.URL, headers={"cookie": f"json={value}"})

        assert response.status_code == 200
        assert isinstance(response.context["parsed"], str)

    def test_says_why_the_json_is_broken(self, client):
        response = client.get(self.URL, headers={"cookie": 'json={"size":'})

        shown = soup_of(response).select_one("[data-parsed]").get_text()
        assert shown.startswith("JSONDecodeError: ")

    def test_careless_path_smuggles_an_attribute_in(self, client):
        response = client.post("/cookies/experiments/smuggled/")

        assert response.status_code == 302
        assert response.url == self.URL
        line = cookie_line(response, "smuggled")
        assert line == f"smuggled=1; Path={self.URL}; Max-Age=5"
        assert client.get("/cookies/experiments/smuggled/").status_code == 405
