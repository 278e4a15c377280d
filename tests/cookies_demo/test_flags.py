"""HttpOnly, Secure and SameSite."""

import pytest

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db


class TestCookieFlags:
    @pytest.mark.parametrize(
        ("data", "line"),
        [
            ({"samesite": "Lax"}, "session_token=abc123; Path=/; SameSite=Lax"),
            (
                {"samesite": "Strict", "httponly": "on"},
                "session_token=abc123; HttpOnly; Path=/; SameSite=Strict",
            ),
            (
                {"samesite": "None", "secure": "on"},
                "session_token=abc123; Path=/; SameSite=None; Secure",
            ),
            (
                {"samesite": "Lax", "httponly": "on", "secure": "on"},
                "session_token=abc123; HttpOnly; Path=/; SameSite=Lax; Secure",
            ),
        ],
    )
    def test_sets_the_flags_that_were_chosen(self, client, data, line):
        response = client.post("/cookies/flags/", data)

        assert response.status_code == 302
        assert response.url == "/cookies/flags/"
        assert cookie_line(response, "session_token") == line

    @pytest.mark.parametrize("samesite", [None, "", "lax", "Lax; Domain=evil", "Lax\r\nX-Evil: 1"])
    def test_refuses_any_other_samesite(self, client, samesite):
        data = {} if samesite is None else {"samesite": samesite}

        response = client.post("/cookies/flags/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert "session_token" not in response.cookies
