"""The recap of the cookie lessons."""

import pytest

from tests.helpers import soup_of

pytestmark = pytest.mark.django_db


class TestCookieRecap:
    def test_counts_what_came_and_names_the_lesson_that_set_it(self, client):
        response = client.get("/cookies/recap/", headers={"cookie": "theme=dark; other=1"})

        page = soup_of(response)
        numbers = [number.get_text() for number in page.select("#this-header b")]
        assert numbers == ["2", str(len("theme=dark; other=1"))]
        rows = [(row.th.get_text(), row.td.a["href"]) for row in page.select("#try tbody tr")]
        assert rows == [("theme", "/cookies/preferences/")]

    def test_names_what_django_has_set(self, client):
        response = client.get("/cookies/recap/", headers={"cookie": "sessionid=x; csrftoken=y"})

        rows = [row.th.get_text() for row in soup_of(response).select("#try tbody tr")]
        assert rows == ["csrftoken", "sessionid"]
