"""What a visitor writes into a cookie, and what the server makes of it."""

import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from cookies_demo.experiments.signing import PUBLIC_KEY
from cookies_demo.templatetags.cookies import taken_apart
from tests.helpers import cookie_line, row_of, soup_of

pytestmark = pytest.mark.django_db
SETTLED = "#predict [data-settled]"


@pytest.fixture
def sign_with(monkeypatch):
    """Let the site sign with another key. The fixture `settings` would hide the settings file."""
    return lambda key: monkeypatch.setattr(settings, "SECRET_KEY", key)


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
        assert bool(soup_of(response).select_one(SETTLED)) is believed


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

    def test_row_goes_again_with_what_the_page_offers(self, client):
        client.post(self.URL)
        (remove,) = soup_of(client.get(self.URL)).select("main form[action]")

        response = client.post(remove["action"])

        assert response.status_code == 302
        assert response.url == self.URL
        assert response.cookies["sessionid"]["max-age"] == 0
        assert not Session.objects.exists()

    def test_removing_leaves_what_else_is_in_the_session(self, client):
        session = client.session
        session.update({"is_admin": False, "user_name": "Ada"})
        session.save()

        response = client.post(reverse("cookies_demo:remove_rights"))

        assert response.status_code == 302
        assert row_of(client).get_decoded() == {"user_name": "Ada"}

    def test_removing_nothing_makes_no_row(self, client):
        response = client.post(reverse("cookies_demo:remove_rights"))

        assert response.status_code == 302
        assert not response.cookies
        assert not Session.objects.exists()

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

    def test_suggests_a_value_in_three_parts_before_there_is_one(self, client):
        suggestion = soup_of(client.get(self.URL)).select_one("#cookie-value")["value"]
        parts = taken_apart(suggestion)

        assert parts["text"] == "90"
        assert parts["timestamp"]
        assert parts["signature"]

    def test_refuses_the_change_that_the_page_suggests(self, client):
        value = self.sign(client).cookies["discount"].value
        suggestion = soup_of(client.get(self.URL)).select_one("#cookie-value")["value"]
        assert suggestion == "90" + value.removeprefix("10")
        client.cookies["discount"] = suggestion

        response = client.get(self.URL)

        assert response.status_code == 200
        assert "discount" not in response.context
        assert response.context["refusal"].startswith("BadSignature: ")
        assert soup_of(response).select_one(SETTLED)

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
        assert not soup_of(response).select_one(SETTLED)

    def test_value_signed_for_one_cookie_is_refused_in_another(self, client):
        client.cookies["remember_me_signed"] = self.sign(client).cookies["discount"].value

        response = client.get(reverse("cookies_demo:stricter_readings"))

        assert response.context["as_now"] is None

    def test_timestamp_is_readable_without_a_key(self):
        parts = taken_apart("10:1xVTo9:signature")

        assert parts["signed_at"].isoformat() == "2026-11-23T13:10:09+00:00"

    @pytest.mark.parametrize("timestamp", ["", "!", "z" * 20, "z" * 4000, "-zzzzzzzzz"])
    def test_timestamp_may_be_anything(self, timestamp):
        assert taken_apart(f"10:{timestamp}:signature")["timestamp"] == timestamp


class TestForgedCookie:
    """A stranger signs with the key that stands in the settings file, or with another."""

    URL = reverse("cookies_demo:forged_cookie")
    LESSONS = {
        "discount": ("cookies_demo:signed_cookie", "/cookies/signed/"),
        "remember_me_signed": ("cookies_demo:welcome", "/"),
    }

    def forge(self, client, cookie, key):
        lesson, path = self.LESSONS[cookie]
        response = client.post(self.URL, {"cookie": cookie, "key": key})
        assert response.status_code == 302
        assert response.url == reverse(lesson)
        assert response.cookies[cookie]["path"] == path
        return client.get(response.url)

    def test_public_key_stands_in_the_settings_file_and_on_the_page(self, client):
        file = settings.BASE_DIR / "demo_site" / "settings.py"
        page = soup_of(client.get(reverse("cookies_demo:signed_cookie")))

        assert f'default="{PUBLIC_KEY}"' in file.read_text(encoding="utf-8")
        assert PUBLIC_KEY in page.select_one("#traps [data-settings-file]").get_text()
        assert PUBLIC_KEY in [code.get_text() for code in page.select("#traps p code")]

    def test_public_key_opens_a_site_that_runs_with_it(self, client, sign_with):
        sign_with(PUBLIC_KEY)

        assert self.forge(client, "discount", "public").context["discount"] == "99"
        assert self.forge(client, "remember_me_signed", "public").status_code == 200

    def test_made_up_key_opens_nothing(self, client, sign_with):
        sign_with(PUBLIC_KEY)

        response = self.forge(client, "discount", "made_up")
        assert response.context["refusal"].startswith("BadSignature: ")
        assert not soup_of(response).select_one(SETTLED)
        assert self.forge(client, "remember_me_signed", "made_up").status_code == 403

    def test_public_key_is_refused_where_the_site_has_its_own(self, client, sign_with):
        sign_with("a key that nobody else has")

        refusal = self.forge(client, "discount", "public").context["refusal"]
        assert refusal.startswith("BadSignature: ")
        assert self.forge(client, "remember_me_signed", "public").status_code == 403

    @pytest.mark.parametrize(("key", "whose"), [(PUBLIC_KEY, "public"), ("its own", "own")])
    @pytest.mark.parametrize("lesson", ["signed_cookie", "welcome"])
    def test_page_says_which_key_the_site_has(self, client, sign_with, lesson, key, whose):
        sign_with(key)

        page = soup_of(client.get(reverse(f"cookies_demo:{lesson}")))

        assert page.select_one("#traps [data-site-key]")["data-site-key"] == whose

    @pytest.mark.parametrize(
        "data",
        [{}, {"cookie": "sessionid", "key": "public"}, {"cookie": "discount", "key": "SECRET_KEY"}],
    )
    def test_anything_else_is_a_clear_error_with_a_way_back(self, client, data):
        response = client.post(self.URL, data)

        assert response.status_code == 400
        back = reverse("cookies_demo:signed_cookie")
        assert soup_of(response).select_one("main a.button")["href"] == back
        assert not response.cookies
