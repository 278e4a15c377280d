"""Sign in and out by hand."""

import pytest
from django.contrib.sessions.models import Session

from tests.helpers import row_of, soup_of

pytestmark = pytest.mark.django_db


class TestLoginByHand:
    def test_stranger_is_turned_away_from_the_dashboard(self, client):
        assert client.get("/sessions/dashboard/").status_code == 403

    def test_signing_in_stores_the_user_id_and_leads_to_the_dashboard(self, client):
        response = client.post("/sessions/login/", {"user_name": "ada"})

        assert response.status_code == 302
        assert response.url == "/sessions/dashboard/"
        assert row_of(client).get_decoded() == {"user_id": "ada"}
        assert client.get("/sessions/dashboard/").status_code == 200

    def test_signing_in_keeps_the_session_key(self, client):
        client.post("/sessions/set/", {"user_name": "Ada"})
        key = row_of(client).session_key

        client.post("/sessions/login/", {"user_name": "ada"})

        assert row_of(client).session_key == key

    @pytest.mark.parametrize("data", [{}, {"user_name": "x" * 61}])
    def test_refuses_bad_names(self, client, data):
        response = client.post("/sessions/login/", data)

        assert response.status_code == 200
        assert soup_of(response).select(".errorlist li")
        assert not Session.objects.exists()

    def test_signing_out_deletes_the_row(self, client):
        client.post("/sessions/login/", {"user_name": "ada"})

        response = client.post("/sessions/logout/")

        assert response.status_code == 302
        assert response.url == "/sessions/login/"
        assert response.cookies["sessionid"]["max-age"] == 0
        assert not Session.objects.exists()
        assert client.get("/sessions/dashboard/").status_code == 403

    def test_a_link_cannot_sign_out(self, client):
        client.post("/sessions/login/", {"user_name": "ada"})

        client.get("/sessions/logout/")

        assert Session.objects.count() == 1
