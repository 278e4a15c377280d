"""The characters of a cookie's value."""

import pytest
from django.http import HttpResponse

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db


class TestCookieEncoding:
    URL = "/cookies/encoding/"

    def test_sends_what_the_page_says(self, client):
        sent = [row[1] for row in self.rows(client.get(self.URL))]

        response = client.post(self.URL)

        assert response.status_code == 302
        assert response.url == self.URL
        assert [morsel.OutputString() for morsel in response.cookies.values()] == [
            f"{name}={value}; Path={self.URL}"
            for name, value in zip(response.cookies, sent, strict=True)
        ]
        assert sent == [
            r'"a\054 b"',
            r'"say \"hi\""',
            r'"caf\351"',
            r'"a\073 Path=/x"',
            "5%20%E2%82%AC",
            r'"{\"size\": 2}"',
        ]

    def test_every_line_can_be_sent(self, client):
        response = client.post(self.URL)

        for morsel in response.cookies.values():
            assert morsel.OutputString().isascii()

    def test_reads_back_every_text(self, client):
        client.post(self.URL)

        response = client.get(self.URL)

        for text, sent, brought, read in self.rows(response):
            assert brought == sent
            assert read == text
        assert response.context["parsed"] == "{'size': 2}"

    def test_reading_the_semicolon_back_settles_the_question(self, client):
        before = soup_of(client.get(self.URL)).select_one("#predict fieldset")
        client.post(self.URL)

        after = soup_of(client.get(self.URL)).select_one("#predict fieldset")

        assert not before.has_attr("data-settled")
        assert after.has_attr("data-settled")

    def test_says_what_did_not_come(self, client):
        for _, _, brought, read in self.rows(client.get(self.URL)):
            assert (brought, read) == ("nothing", "nothing")

    def rows(self, response):
        """Return the table as lists: text, what is sent, what was brought, what was read."""
        assert response.status_code == 200
        return [
            [cell.get_text() for cell in row.select("th, td")]
            for row in soup_of(response).select("#special tbody tr")
        ]

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
        assert shown.startswith("JSONDecodeError(")

    @pytest.mark.parametrize(
        ("header", "brought", "read"),
        [
            ("5 €".encode().decode("latin-1"), r"5 \xe2\x82\xac", "5 €"),
            ("<b>", "<b>", "<b>"),
            ("\xff", r"\xff", "\ufffd"),
        ],
    )
    def test_shows_what_a_script_wrote(self, client, header, brought, read):
        response = client.get(self.URL, headers={"cookie": f"by_script={header}"})

        assert response.status_code == 200
        shown = [code.get_text() for code in soup_of(response).select("#from-a-script code")]
        assert shown == [brought, read]

    def test_django_cannot_send_the_euro_sign(self):
        """The note says that `set_cookie()` raises no error and the response fails."""
        response = HttpResponse()
        response.set_cookie("price", "5 €")

        with pytest.raises(UnicodeEncodeError):
            response.cookies["price"].OutputString().encode("latin-1")

    def test_careless_path_smuggles_an_attribute_in(self, client):
        response = client.post("/cookies/experiments/smuggled/")

        assert response.status_code == 302
        assert response.url == self.URL
        line = cookie_line(response, "smuggled")
        assert line == f"smuggled=1; Path={self.URL}; Max-Age=5"
        assert client.get("/cookies/experiments/smuggled/").status_code == 405
