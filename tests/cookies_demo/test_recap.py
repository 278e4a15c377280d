"""The recap of the cookie lessons."""

import pytest

from tests.helpers import soup_of

pytestmark = pytest.mark.django_db


class TestCookieRecap:
    def test_counts_what_came_and_names_the_lesson_that_set_it(self, client):
        response = client.get("/cookies/recap/?again=1", headers={"cookie": "theme=dark; other=1"})

        page = soup_of(response)
        numbers = [number.get_text() for number in page.select("#this-header b")]
        assert numbers == ["2", str(len("theme=dark; other=1"))]
        rows = [(row.th.get_text(), row.td.a["href"]) for row in page.select("#set-by tbody tr")]
        assert rows == [("theme", "/cookies/preferences/")]

    def test_names_what_django_has_set(self, client):
        response = client.get("/cookies/recap/", headers={"cookie": "sessionid=x; csrftoken=y"})

        rows = [row.th.get_text() for row in soup_of(response).select("#set-by tbody tr")]
        assert rows == ["csrftoken", "sessionid"]

    def test_says_nothing_before_the_page_is_loaded_again(self, client):
        page = soup_of(client.get("/cookies/recap/", headers={"cookie": "theme=dark"}))

        assert not page.select("#this-header")

    def test_stranger_proves_nothing(self, client):
        stranger = soup_of(client.get("/cookies/recap/?again=1"))

        assert not stranger.select_one("#predict fieldset").has_attr("data-settled")
        assert stranger.select_one("#this-header a")["href"] == "/cookies/set/"
