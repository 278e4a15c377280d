"""The recap of the session lessons."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.helpers import soup_of

pytestmark = pytest.mark.django_db


class TestSessionRecap:
    def test_shows_the_settings_as_they_are(self, client):
        page = soup_of(client.get("/sessions/recap/"))

        rows = {row.th.get_text(): row.td.get_text() for row in page.select("#settings tbody tr")}
        assert rows["SESSION_COOKIE_SECURE"] == "False"
        assert rows["SESSION_COOKIE_AGE"] == "1209600"
        assert rows == {name: str(getattr(settings, name)) for name in rows}
        assert not {"SECRET_KEY", "SECRET_KEY_FALLBACKS"} & set(rows)

    def test_question_is_settled_by_a_key_that_the_view_does_not_use(self, client):
        url = "/sessions/recap/?again=1"
        without_key = client.get(url)
        response = client.post(reverse("sessions_demo:store_again"), {"lesson": "session_recap"})
        assert response.url == "/sessions/recap/"

        with_key = client.get(url)

        settled = "#predict [data-settled]"
        assert not soup_of(without_key).select(settled)
        assert soup_of(with_key).select(settled)
        assert soup_of(without_key).select('#try button[value="session_recap"]')
        assert not soup_of(with_key).select("#try button")
        assert not with_key.wsgi_request.session.accessed
