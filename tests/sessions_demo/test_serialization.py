"""What fits into a session."""

import pytest
from django.contrib.sessions.models import Session

from tests.helpers import row_of, soup_of

JSON = "/sessions/json/"
pytestmark = pytest.mark.django_db


def text_of(page, selector):
    found = page.select_one(selector)
    return found and found.get_text()


class TestJsonRule:
    def test_datetime_fails_where_it_is_saved(self, client):
        response = client.post(JSON, {"store": "datetime"})

        assert response.status_code == 302
        failure = row_of(client).get_decoded()["failure"]
        assert failure["error"] == "TypeError: Object of type datetime is not JSON serializable"
        files = [file for file, line in failure["places"]]
        assert files.index("sessions/middleware.py") < files.index("core/signing.py")
        assert not [file for file in files if "sessions_demo" in file]
        assert text_of(soup_of(client.get(JSON)), "[data-failure]") == failure["error"]

    def test_failed_session_leaves_no_row(self, client):
        client.post(JSON, {"store": "datetime"})

        assert Session.objects.get() == row_of(client)

    def test_text_is_stored(self, client):
        client.post(JSON, {"store": "text"})

        assert row_of(client).get_decoded()["moment"].endswith("+00:00")

    def test_number_as_key_comes_back_as_text_and_never_counts(self, client):
        client.post(JSON, {"store": "number_key"})
        client.post(JSON, {"store": "number_key"})

        page = soup_of(client.get(JSON))

        assert text_of(page, '[data-apples="written"]') == "{'1': 1, 1: 1}"
        assert text_of(page, '[data-apples="read"]') == "{'1': 1}"

    def test_text_as_key_counts(self, client):
        for _ in range(3):
            client.post(JSON, {"store": "text_key"})

        assert row_of(client).get_decoded()["apples"] == {"1": 3}

    def test_refuses_other_values(self, client):
        response = client.post(JSON, {"store": "pickle"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
