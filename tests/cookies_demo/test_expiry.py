"""How long a cookie lasts."""

import pytest

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db


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

    @pytest.mark.parametrize(("name", "is_settled"), [("both", True), ("ten_seconds", False)])
    def test_is_settled_by_the_cookie_that_has_both(self, client, name, is_settled):
        client.cookies[name] = "1"

        page = soup_of(client.get("/cookies/expiry/"))

        assert bool(page.select_one("#predict [data-settled]")) is is_settled

    @pytest.mark.parametrize("data", [{}, {"lifetime": "for_ever"}, {"lifetime": "no_lifetime "}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post("/cookies/expiry/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert set(response.cookies) == {"csrftoken"}
