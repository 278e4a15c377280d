"""The characters of a cookie's value."""

import pytest

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db


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
