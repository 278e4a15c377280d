"""What fits into a session."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.utils import timezone

from sessions_demo.experiments import serialization
from tests.helpers import row_of, soup_of

JSON = "/sessions/json/"
SETTLED = "#predict [data-settled]"
pytestmark = pytest.mark.django_db


def text_of(page, selector):
    found = page.select_one(selector)
    return found and found.get_text()


class TestJsonRule:
    def test_datetime_fails_where_it_is_saved(self, client):
        response = client.post(JSON, {"store": "datetime"})

        assert response.status_code == 302
        failure = row_of(client).get_decoded()["outcome"]
        assert failure["error"] == "TypeError: Object of type datetime is not JSON serializable"
        files = [file for file, line in failure["places"]]
        assert files.index("sessions/middleware.py") < files.index("core/signing.py")
        assert not [file for file in files if "sessions_demo" in file]
        assert text_of(soup_of(client.get(JSON)), "[data-failure]") == failure["error"]

    def test_view_that_saves_at_once_catches_the_error(self, client):
        client.post(JSON, {"store": "datetime"})

        response = client.post(JSON, {"store": "datetime_caught"})

        assert response.status_code == 302
        caught = "TypeError: Object of type datetime is not JSON serializable"
        assert row_of(client).get_decoded()["outcome"] == {"caught": caught}
        page = soup_of(client.get(JSON))
        assert text_of(page, "[data-caught]") == caught
        assert text_of(page, "[data-failure]") is None

    def test_value_must_go_after_it_was_caught(self, client, monkeypatch):
        """Or the save after the view fails, as the trap says."""

        def catch_and_go_on(request):
            request.session["moment"] = timezone.now()
            with pytest.raises(TypeError):
                request.session.save()
            return HttpResponse()

        monkeypatch.setitem(serialization.VIEWS, "datetime_caught", catch_and_go_on)

        client.post(JSON, {"store": "datetime_caught"})

        assert "error" in row_of(client).get_decoded()["outcome"]

    @pytest.mark.parametrize("choice", ["datetime", "datetime_caught"])
    def test_session_that_was_made_for_it_is_deleted(self, client, choice):
        client.post(JSON, {"store": choice})

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

    @pytest.mark.parametrize(
        ("clicks", "is_settled"),
        [
            (["number_key"], False),
            (["number_key", "number_key"], True),
            (["text_key", "text_key"], False),
            (["number_key", "datetime", "datetime"], False),
        ],
    )
    def test_question_is_settled_by_the_second_click(self, client, clicks, is_settled):
        for click in clicks:
            client.post(JSON, {"store": click})

        assert bool(soup_of(client.get(JSON)).select(SETTLED)) is is_settled

    def test_text_as_key_counts(self, client):
        for _ in range(3):
            client.post(JSON, {"store": "text_key"})

        assert row_of(client).get_decoded()["apples"] == {"1": 3}

    def test_refuses_other_values(self, client):
        response = client.post(JSON, {"store": "pickle"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
