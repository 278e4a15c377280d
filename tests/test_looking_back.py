"""The recaps and the comparison: where they stand, what they show, and that every link proves."""

import pytest
from django.conf import settings
from django.urls import resolve

from demo_site.course import places, tracks
from tests.helpers import cookie_line, row_of, soup_of
from tests.test_lessons import anchors_on

pytestmark = pytest.mark.django_db


class TestReadingOrder:
    def test_comparison_comes_last_and_recaps_end_their_tracks(self):
        assert [track.title for track in tracks()] == ["Cookies", "Sessions", "Side by side"]
        last = [track.lessons[-1].view for track in tracks()]
        assert last == [
            "cookies_demo:cookie_recap",
            "sessions_demo:session_recap",
            "cookies_demo:cookie_or_session",
        ]
        assert list(places())[-1] == "cookies_demo:cookie_or_session"


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


class TestSessionRecap:
    def test_shows_the_settings_as_they_are(self, client):
        page = soup_of(client.get("/sessions/recap/"))

        rows = {row.th.get_text(): row.td.get_text() for row in page.select("#settings tbody tr")}
        assert rows["SESSION_COOKIE_SECURE"] == "False"
        assert rows["SESSION_COOKIE_AGE"] == "1209600"
        assert rows == {name: str(getattr(settings, name)) for name in rows}
        assert not {"SECRET_KEY", "SECRET_KEY_FALLBACKS"} & set(rows)


class TestCookieOrSession:
    URL = "/cookies/cookie-or-session/"

    def test_keeps_the_color_twice(self, client):
        response = client.post(self.URL, {"color": "green"})

        assert response.status_code == 302
        assert response.url == self.URL
        assert cookie_line(response, "color") == "color=green; Path=/"
        assert row_of(client).get_decoded() == {"color": "green"}
        assert self.shown(client) == ["green", "green"]

    def test_edited_cookie_changes_one_of_them(self, client):
        client.post(self.URL, {"color": "green"})
        client.cookies["color"] = "gold"

        assert self.shown(client) == ["gold", "green"]

    @pytest.mark.parametrize("data", [{}, {"color": "gold"}, {"color": "red; Path=/x"}])
    def test_refuses_other_colors(self, client, data):
        response = client.post(self.URL, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert not {"color", "sessionid"} & set(response.cookies)

    def test_every_cell_links_to_its_proof(self, client):
        cells = soup_of(client.get(self.URL)).select(".compared tbody td")

        assert len(cells) == 20
        for cell in cells:
            assert cell.select("a[href*='#']"), cell.get_text()

    def shown(self, client):
        return [cell.get_text() for cell in soup_of(client.get(self.URL)).select("#kept-twice td")]


@pytest.mark.parametrize(
    "path", ["/cookies/recap/", "/sessions/recap/", "/cookies/cookie-or-session/"]
)
def test_every_link_of_the_notes_leads_to_an_anchor_of_its_page(client, path):
    missing = []
    for link in soup_of(client.get(path)).select("#notes a"):
        page, _, anchor = link["href"].partition("#")
        if anchor not in anchors_on(resolve(page).view_name):
            missing.append(link["href"])

    assert missing == []
