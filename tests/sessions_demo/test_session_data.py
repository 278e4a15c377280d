"""What a row holds, and who can read it."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.helpers import row_of, soup_of

DATA = "/sessions/data/"
STORED = {"names": ["Ada"]}
SETTLED = "#predict [data-settled]"
pytestmark = pytest.mark.django_db


def text_of(page, selector):
    found = page.select_one(selector)
    return found and found.get_text()


class TestSessionData:
    @pytest.fixture
    def stored(self, client):
        client.post(DATA, {"action": "store"})
        return client

    def readings(self, client):
        page = soup_of(client.get(DATA))
        names = ("without_key", "with_key", "with_fallback")
        return [text_of(page, f'[data-reading="{name}"]') for name in names]

    def test_parts_are_those_of_the_row(self, stored):
        page = soup_of(stored.get(DATA))

        parts = [part.get_text() for part in page.select("#three-parts [data-part]")]
        assert len(parts) == 3
        assert ":".join(parts) == row_of(stored).session_data

    def test_own_row_reads_in_all_three_ways(self, stored):
        without_key, with_key, with_fallback = self.readings(stored)

        assert json.loads(without_key) == STORED
        assert with_key == with_fallback == repr(STORED)

    @pytest.mark.parametrize("times", [1, 2])
    def test_row_signed_with_the_old_key_reads_with_the_fallback_only(self, stored, times):
        for _ in range(times):
            response = stored.post(DATA, {"action": "old_key"})
            assert response.status_code == 302

        without_key, with_key, with_fallback = self.readings(stored)
        assert json.loads(without_key) == STORED
        assert with_key == "{}"
        assert with_fallback == repr(STORED)
        assert dict(stored.session) == {}

    def test_question_is_settled_while_only_the_fallback_reads_the_row(self, stored):
        settled = []
        for action in ("store", "old_key", "new_key"):
            stored.post(DATA, {"action": action})
            settled.append(bool(soup_of(stored.get(DATA)).select(SETTLED)))

        assert settled == [False, True, False]

    def test_saving_again_signs_with_the_key_of_today(self, stored):
        stored.post(DATA, {"action": "old_key"})

        response = stored.post(DATA, {"action": "new_key"})

        assert response.status_code == 302
        assert row_of(stored).get_decoded() == STORED

    def test_storing_over_the_old_key_loses_what_was_there(self, stored):
        stored.post(DATA, {"action": "store"})
        assert row_of(stored).get_decoded() == {"names": ["Ada", "Ada"]}
        stored.post(DATA, {"action": "old_key"})

        response = stored.post(DATA, {"action": "store"})

        assert response.status_code == 302
        assert row_of(stored).get_decoded() == STORED

    @pytest.mark.parametrize("data", ["", "no colons", "a:b:c", ".eJw:1:2"])
    def test_row_that_is_no_session_data_is_shown(self, stored, data):
        Session.objects.update(session_data=data)

        assert self.readings(stored)[1:] == ["{}", "{}"]

    def test_storing_takes_back_the_expiry_of_an_earlier_lesson(self, client):
        client.post(reverse("sessions_demo:session_expiry"), {"choice": "seconds"})

        response = client.post(DATA, {"action": "store"})

        assert response.status_code == 302
        assert response.cookies["sessionid"]["max-age"] == 1209600
        assert "_session_expiry" not in row_of(client).get_decoded()

    @pytest.mark.parametrize("data", [{}, {"action": "old_key"}, {"action": "new_key"}])
    def test_refuses_other_actions_and_signing_nothing(self, client, data):
        response = client.post(DATA, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
