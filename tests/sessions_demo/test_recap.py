"""The recap of the session lessons."""

import pytest
from django.conf import settings

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
