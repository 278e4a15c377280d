"""Home and the page about developer tools: what is on them, and that they leave no trace."""

from urllib.parse import urldefrag

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import resolve, reverse

from course.lessons import places, tracks
from demo_site.search import text_of
from tests.helpers import decoded, fact, soup_of

CHAPTERS = [chapter for track in tracks() for chapter in track.chapters]

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client):
    return soup_of(client.get("/"))


class TestCourse:
    def test_lists_every_lesson_in_reading_order_with_its_minutes(self, home):
        lines = [
            (line.a["href"], line.a.get_text(), line.small.get_text())
            for line in home.select("#course li")
        ]

        assert lines == [
            (place.lesson.url, place.lesson.title, f"{place.lesson.minutes} min")
            for place in places().values()
        ]
        assert len(home.select("#course a")) == len(lines)

    def test_lists_them_by_track_and_chapter(self, home):
        assert [each.get_text() for each in home.select("#course h2")] == [
            track.title for track in tracks()
        ]
        for chapter, shown in zip(
            CHAPTERS, home.select("#course .chapters > section"), strict=True
        ):
            minutes = sum(lesson.minutes for lesson in chapter.lessons)
            assert shown.h3.get_text() == f"{chapter.title} {minutes} min"
            assert shown.p.get_text() == chapter.summary
            assert len(shown.select("li")) == len(chapter.lessons)

    def test_a_chapter_has_one_sentence_and_lessons(self):
        for chapter in CHAPTERS:
            assert chapter.summary.endswith(".")
            assert ". " not in chapter.summary
            assert chapter.lessons

    @pytest.mark.parametrize("place", places().values(), ids=lambda place: place.lesson.view)
    def test_the_minutes_of_a_lesson_are_enough_to_read_it(self, place):
        words = len(text_of(place.lesson.template).split())

        assert isinstance(place.lesson.minutes, int)
        assert words / 200 <= place.lesson.minutes <= 15


class TestWaysIn:
    def test_are_to_learn_to_teach_and_to_be_asked(self, home):
        first = tracks()[0].lessons[0].url

        targets = [link["href"] for link in home.select(".ways a")]
        assert targets == [first, "#teach", reverse("interview_prep:home")]

    def test_every_link_leads_somewhere(self, client, home):
        for link in home.select("a[href]"):
            page, anchor = urldefrag(link["href"])
            assert not page or resolve(page), link
            if not page:
                assert home.find(id=anchor), link
        for link in home.select(".ways a, #teach a"):
            assert client.get(link["href"]).status_code == 200

    def test_what_only_a_script_can_know_is_hidden_without_one(self, home):
        assert home.find(id="visited").has_attr("hidden")


class TestPicture:
    def test_is_the_panel_of_this_request(self, client):
        session = SessionStore()
        session["user_name"] = "Ada"
        session.save()
        client.cookies.load({"color": "blue", "sessionid": session.session_key})

        picture = soup_of(client.get("/")).select_one(".picture [data-now]")

        header = f"color=blue; sessionid={session.session_key}"
        assert fact(picture, "cookie-header") == header
        assert decoded(picture) == {"user_name": "Ada"}

    def test_does_not_touch_the_session(self, client):
        response = client.get("/")

        assert not response.wsgi_request.session.accessed
        assert "Cookie" not in response.get("Vary", "")


class TestDeveloperTools:
    def test_has_at_most_five_lines_for_each_browser(self, client):
        page = soup_of(client.get("/developer-tools/"))

        browsers = page.select(".browsers > section")
        assert [section["id"] for section in browsers] == ["chrome", "firefox", "safari"]
        for section in browsers:
            lines = [line.get_text() for line in section.select("li")]
            assert len(lines) <= 5
            assert [line.partition(":")[0] for line in lines] == [
                *("Open", "Cookies", "Headers", "Edit", "Delete")
            ]
            named = {code.get_text() for code in section.select("code")}
            assert named == {"Cookie", "Set-Cookie"}

    def test_is_linked_from_home(self, home):
        assert home.select_one(f"main a[href='{reverse('developer_tools')}']")

    def test_leads_to_lessons_that_exist(self, client):
        for link in soup_of(client.get("/developer-tools/")).select("main a"):
            assert client.get(link["href"]).status_code == 200


@pytest.mark.parametrize("path", ["/", "/cookies/why/", "/developer-tools/"])
class TestNoTrace:
    def test_of_a_form_a_cookie_or_a_row(self, client, path):
        response = client.get(path)

        assert response.status_code == 200
        assert not response.cookies
        assert not soup_of(response).find("form")
        assert not Session.objects.exists()

    def test_has_no_inline_script_or_style(self, client, path):
        page = soup_of(client.get(path))

        assert not page.select("style, [style], script:not([src])")
