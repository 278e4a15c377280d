"""Sign in and out by hand."""

from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session

from tests.helpers import row_of, soup_of

pytestmark = pytest.mark.django_db


class TestLoginByHand:
    def test_stranger_is_turned_away_from_the_dashboard(self, client):
        assert client.get("/sessions/dashboard/").status_code == 403

    def test_signing_in_stores_the_user_id_and_stays_on_its_lesson(self, client):
        response = client.post("/sessions/login/", {"user_name": "ada"})

        assert response.status_code == 302
        assert response.url == "/sessions/login/"
        assert soup_of(client.get("/sessions/login/")).select_one("#signed-in b").string == "ada"
        assert row_of(client).get_decoded() == {"user_id": "ada"}
        assert client.get("/sessions/dashboard/").status_code == 200

    def test_signing_in_keeps_the_session_key(self, client):
        client.post("/sessions/set/", {"user_name": "Ada"})
        key = row_of(client).session_key

        client.post("/sessions/login/", {"user_name": "ada"})

        assert row_of(client).session_key == key

    def test_page_offers_who_has_no_session_a_key_that_can_stay(self, client):
        form = soup_of(client.get("/sessions/login/")).select_one("#try form:has([name=lesson])")
        lesson = form.select_one("[name=lesson]")["value"]

        response = client.post(form["action"], {"lesson": lesson})

        assert response.status_code == 302
        assert response.url == "/sessions/login/"
        assert row_of(client)
        page = soup_of(client.get("/sessions/login/"))
        assert not page.select("#try [name=lesson]")

    @pytest.mark.parametrize("data", [{}, {"user_name": "x" * 61}])
    def test_refuses_bad_names(self, client, data):
        response = client.post("/sessions/login/", data)

        assert response.status_code == 400
        assert soup_of(response).select(".errorlist li")
        assert not Session.objects.exists()

    def test_signing_out_deletes_the_row(self, client):
        client.post("/sessions/login/", {"user_name": "ada"})

        response = client.post("/sessions/logout/")

        assert response.status_code == 302
        assert response.url == "/sessions/logout/"
        assert response.cookies["sessionid"]["max-age"] == 0
        assert not Session.objects.exists()
        assert client.get("/sessions/dashboard/").status_code == 403

    def test_a_link_cannot_sign_out(self, client):
        client.post("/sessions/login/", {"user_name": "ada"})

        client.get("/sessions/logout/")

        assert Session.objects.count() == 1


class TestDashboard:
    def test_tells_a_stranger_why_and_offers_a_way_in(self, client):
        page = soup_of(client.get("/sessions/dashboard/"))

        assert page.find(id="turned-away")
        form = page.select_one("#try form")
        response = client.post(form["action"], {form.button["name"]: form.button["value"]})

        assert response.status_code == 302
        assert response.url == "/sessions/dashboard/"
        assert row_of(client).get_decoded() == {"user_id": "Ada"}
        assert not soup_of(client.get("/sessions/dashboard/")).find(id="turned-away")

    def test_has_the_same_anchors_for_strangers(self, client):
        stranger = soup_of(client.get("/sessions/dashboard/"))
        client.post("/sessions/login/", {"user_name": "ada"})
        visitor = soup_of(client.get("/sessions/dashboard/"))

        for name in ["notes", "traps"]:
            anchors = [tag["id"] for tag in stranger.find(id=name).select("[id]")]
            assert anchors == [tag["id"] for tag in visitor.find(id=name).select("[id]")]
            assert anchors

    def test_losing_the_cookie_leaves_the_row_and_a_stranger(self, client):
        client.post("/sessions/login/", {"user_name": "ada"})
        key = row_of(client).session_key

        response = client.post("/sessions/experiments/lose-the-key/")

        assert response.status_code == 302
        assert response.url == "/sessions/dashboard/"
        assert response.cookies["sessionid"]["max-age"] == 0
        assert client.get("/sessions/dashboard/").status_code == 403
        assert Session.objects.get(pk=key).get_decoded() == {"user_id": "ada"}

    def test_that_redirects_sends_strangers_to_the_login_and_back_to_this_lesson(self, client):
        response = client.get("/sessions/experiments/redirecting-dashboard/")

        assert response.status_code == 302
        path = "/sessions/experiments/redirecting-dashboard/"
        assert response.url == f"/sessions/login/?{urlencode({'next': path})}"
        link = soup_of(client.get(response.url)).select_one("#sent-here a")
        assert link["href"] == "/sessions/dashboard/"

    def test_that_redirects_lets_visitors_in(self, client):
        client.post("/sessions/login/", {"user_name": "ada"})

        response = client.get("/sessions/experiments/redirecting-dashboard/")

        assert response.status_code == 302
        assert response.url == "/sessions/dashboard/"


class TestSignInAsAda:
    def test_comes_back_to_the_lesson_on_signing_out(self, client):
        page = soup_of(client.get("/sessions/logout/"))
        button = page.select_one("#try [formaction]")

        response = client.post(button["formaction"], {button["name"]: button["value"]})

        assert response.status_code == 302
        assert response.url == "/sessions/logout/"
        assert soup_of(client.get(response.url)).select_one("#try b").string == "Ada"

    @pytest.mark.parametrize("data", [{}, {"lesson": "nowhere"}, {"lesson": "//elsewhere"}])
    def test_signs_nobody_in_when_no_lesson_is_named(self, client, data):
        response = client.post("/sessions/experiments/sign-in-as-ada/", data)

        assert response.status_code == 400
        assert soup_of(response).find("a", href="/sessions/login/")
        assert not Session.objects.exists()

    @pytest.mark.parametrize("name", ["sign-in-as-ada", "lose-the-key"])
    def test_a_link_does_nothing(self, client, name):
        assert client.get(f"/sessions/experiments/{name}/").status_code == 405
