"""Be remembered, be let in, and be forgotten."""

import pytest

from tests.helpers import cookie_line

pytestmark = pytest.mark.django_db
DELETED = '=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path='


def expires(response, name):
    return response.cookies[name]["expires"]


class TestRememberMe:
    def test_plain_word(self, client):
        data = {"remember_me": "plain", "max_age": "on"}
        response = client.post("/cookies/remember-me/", data)

        assert response.status_code == 302
        assert response.url == "/cookies/welcome/"
        assert cookie_line(response, "remember_me") == (
            f"remember_me=yes; expires={expires(response, 'remember_me')}; Max-Age=604800; Path=/"
        )
        assert client.get("/cookies/welcome/").status_code == 200

    @pytest.mark.parametrize("kind", ["plain", "signed"])
    def test_without_the_box_it_is_a_session_cookie(self, client, kind):
        response = client.post("/cookies/remember-me/", {"remember_me": kind})

        assert response.status_code == 302
        (morsel,) = response.cookies.values()
        assert morsel["max-age"] == ""
        assert morsel["expires"] == ""

    def test_signed_word(self, client):
        response = client.post("/cookies/remember-me/", {"remember_me": "signed"})

        assert response.status_code == 302
        assert response.url == "/cookies/welcome/"
        value = response.cookies["remember_me_signed"].value
        assert value.startswith("yes:")
        assert len(value.split(":")) == 3
        assert client.get("/cookies/welcome/").status_code == 200

    @pytest.mark.parametrize("data", [{}, {"remember_me": "please"}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post("/cookies/remember-me/", data)

        assert response.status_code == 400
        assert not {"remember_me", "remember_me_signed"} & set(response.cookies)

    def test_anyone_can_type_the_plain_word(self, client):
        client.cookies["remember_me"] = "yes"

        assert client.get("/cookies/welcome/").status_code == 200

    @pytest.mark.parametrize(
        "cookies",
        [
            {},
            {"remember_me": "no"},
            {"remember_me_signed": "yes"},
            {"remember_me_signed": "yes:1abcde:made-up"},
            {"remember_me_signed": "yes::"},
        ],
    )
    def test_strangers_and_forgers_are_turned_away(self, client, cookies):
        client.cookies.load(cookies)

        assert client.get("/cookies/welcome/").status_code == 403

    def test_signed_word_grows_too_old(self, client, monkeypatch):
        client.post("/cookies/remember-me/", {"remember_me": "signed"})
        import time

        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 8 * 24 * 60 * 60)

        assert client.get("/cookies/welcome/").status_code == 403

    def test_forgetting_deletes_both(self, client):
        client.post("/cookies/remember-me/", {"remember_me": "plain"})

        response = client.post("/cookies/forget-me/")

        assert response.status_code == 302
        assert response.url == "/cookies/remember-me/"
        for name in ["remember_me", "remember_me_signed"]:
            assert cookie_line(response, name) == f"{name}{DELETED}/"
