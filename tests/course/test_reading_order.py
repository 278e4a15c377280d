"""Where the recaps and the comparison stand, and that every link of theirs proves."""

import pytest
from django.urls import resolve

from course.lessons import places, tracks
from tests.course.test_lessons import anchors_on
from tests.helpers import soup_of

pytestmark = pytest.mark.django_db


class TestReadingOrder:
    def test_comparison_comes_last_and_recaps_end_their_tracks(self):
        first, second, *_, last = tracks()
        assert [first.title, second.title, last.title] == ["Cookies", "Sessions", "Side by side"]
        assert first.lessons[-1].view == "cookies_demo:cookie_recap"
        assert second.lessons[-1].view == "sessions_demo:session_recap"
        assert list(places())[-1] == "cookies_demo:cookie_or_session"


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
