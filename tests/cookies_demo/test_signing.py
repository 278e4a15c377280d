"""What a visitor writes into a cookie, and what the server makes of it."""

import time

import pytest
from django.contrib.sessions.models import Session

from cookies_demo.templatetags.cookies import taken_apart
from tests.helpers import cookie_line, row_of, soup_of

pytestmark = pytest.mark.django_db


class TestTampering:
    def test_server_sets_no(self, client):
        response = client.post("/cookies/tampering/")

        assert response.status_code == 302
        assert response.url == "/cookies/tampering/"
        assert cookie_line(response, "is_admin") == "is_admin=no; Path=/"

    @pytest.mark.parametrize(
        ("value", "believed"), [("yes", True), ("no", False), ("", False), ("yes ", True)]
    )
    def test_believes_what_comes(self, client, value, believed):
        response = client.get("/cookies/tampering/", headers={"cookie": f"is_admin={value}"})

        assert response.context["is_admin"] is believed


class TestRightsOnTheServer:
    URL = "/cookies/experiments/rights/"

    def test_edited_cookie_changes_nothing(self, client):
        client.cookies["is_admin"] = "yes"

        response = client.get(self.URL)

        assert response.status_code == 200
        assert response.context["is_admin"] is False
        assert not Session.objects.exists()

    def test_right_is_kept_in_the_row(self, client):
        client.cookies["is_admin"] = "yes"

        response = client.post(self.URL)

        assert response.status_code == 302
        assert response.url == self.URL
        assert row_of(client).get_decoded() == {"is_admin": False}
        assert client.get(self.URL).context["is_admin"] is False

    def test_believes_the_row(self, client):
        session = client.session
        session["is_admin"] = True
        session.save()
        client.cookies["is_admin"] = "no"

        assert client.get(self.URL).context["is_admin"] is True


class TestSignedCookie:
    URL = "/cookies/signed/"

    def sign(self, client):
        response = client.post(self.URL)
        assert response.status_code == 302
        assert response.url == self.URL
        return response

    def test_signs_for_an_hour(self, client):
        response = self.sign(client)

        morsel = response.cookies["discount"]
        text, _, signature = morsel.value.split(":")
        assert text == "10"
        assert len(signature) == 43
        assert cookie_line(response, "discount") == (
            f"discount={morsel.value}; expires={morsel['expires']}; Max-Age=3600; "
            "Path=/cookies/signed/"
        )

    def test_accepts_and_takes_apart_what_it_signed(self, client):
        value = self.sign(client).cookies["discount"].value

        response = client.get(self.URL)

        assert response.context["discount"] == "10"
        shown = [code.get_text() for code in soup_of(response).select("#readable code")]
        assert shown == value.split(":")

    def test_no_cookie(self, client):
        response = client.get(self.URL)

        assert response.status_code == 200
        assert "discount" not in response.context

    def test_refuses_the_change_that_the_page_suggests(self, client):
        value = self.sign(client).cookies["discount"].value
        suggestion = soup_of(client.get(self.URL)).select_one("#cookie-value")["value"]
        assert suggestion == "90" + value.removeprefix("10")
        client.cookies["discount"] = suggestion

        response = client.get(self.URL)

        assert response.status_code == 200
        assert "discount" not in response.context
        assert response.context["refusal"].startswith("BadSignature: ")

    @pytest.mark.parametrize("value", ["", "10", "::", "10:1:x", "é:é:é", "a:zzzzzzzzzzzzzzzz:b"])
    def test_refuses_what_it_did_not_sign(self, client, value):
        client.cookies["discount"] = value

        response = client.get(self.URL)

        assert response.status_code == 200
        assert response.context["refusal"].startswith("BadSignature: ")

    def test_refuses_what_it_signed_too_long_ago(self, client, monkeypatch):
        self.sign(client)
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 11)

        response = client.get(self.URL)

        assert response.status_code == 200
        assert response.context["refusal"].startswith("SignatureExpired: ")

    def test_timestamp_is_readable_without_a_key(self):
        parts = taken_apart("10:1xVTo9:signature")

        assert parts["signed_at"].isoformat() == "2026-11-23T13:10:09+00:00"

    @pytest.mark.parametrize("timestamp", ["", "!", "z" * 20, "z" * 4000, "-zzzzzzzzz"])
    def test_timestamp_may_be_anything(self, timestamp):
        assert taken_apart(f"10:{timestamp}:signature")["timestamp"] == timestamp
