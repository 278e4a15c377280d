"""Names that make a promise."""

import pytest

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
DELETED = '=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path='


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
