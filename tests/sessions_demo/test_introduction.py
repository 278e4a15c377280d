"""Why there are sessions, and what a view meets with the middleware and without it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from course.templatetags.lesson import settings_lines
from sessions_demo.views import introduction
from tests.helpers import row_of, soup_of

SETTLED = "#predict [data-settled]"

pytestmark = pytest.mark.django_db


class TestWhySessions:
    def test_variable_stays_at_one_while_the_session_counts(self, client):
        for _ in range(3):
            response = client.post("/sessions/why/")
            assert response.status_code == 302
            assert response.url == "/sessions/why/"

        assert row_of(client).get_decoded() == {"session_count": 3, "local_count": 1}

    def test_page_shows_both_counters(self, client):
        client.post("/sessions/why/")
        client.post("/sessions/why/")

        cells = soup_of(client.get("/sessions/why/")).select("#two-counters td")
        assert [cell.get_text() for cell in cells] == ["1", "2"]

    def test_question_is_settled_by_the_second_click(self, client):
        client.post("/sessions/why/")
        assert not soup_of(client.get("/sessions/why/")).select_one(SETTLED)

        client.post("/sessions/why/")

        assert soup_of(client.get("/sessions/why/")).select_one(SETTLED)


def outcome(response):
    """Return what the page says that the view met."""
    assert response.status_code == 200
    return soup_of(response).select_one("#no-middleware .result code").get_text()


class TestMiddleware:
    def test_through_it_a_stranger_has_an_empty_session(self, client):
        assert outcome(client.get("/sessions/how/")) == "user_name is None"

    def test_through_it_a_visitor_has_what_was_stored(self, client):
        client.post("/sessions/set/", {"user_name": "Ada"})

        assert outcome(client.get("/sessions/how/")) == "user_name is 'Ada'"

    def test_past_it_there_is_no_session_whatever_the_cookie_says(self, client):
        client.post("/sessions/set/", {"user_name": "Ada"})
        before = Session.objects.get().session_data

        response = client.get("/sessions/how/?middleware=none")

        assert outcome(response) == (
            "AttributeError: 'HttpRequest' object has no attribute 'session'"
        )
        assert not response.wsgi_request.session.accessed
        assert Session.objects.get().session_data == before

    def test_question_is_settled_past_it(self, client):
        assert not soup_of(client.get("/sessions/how/")).select_one(SETTLED)
        assert soup_of(client.get("/sessions/how/?middleware=none")).select_one(SETTLED)

    def test_past_it_the_cookies_are_the_same(self, client, monkeypatch):
        client.post("/sessions/set/", {"user_name": "Ada"})
        past_it = HttpRequest()
        monkeypatch.setattr(introduction, "HttpRequest", lambda: past_it)

        response = client.get("/sessions/how/?middleware=none")

        assert response.status_code == 200
        assert past_it.COOKIES["sessionid"] == row_of(client).session_key
        assert past_it.COOKIES == response.wsgi_request.COOKIES

    def test_an_unknown_choice_goes_through_it(self, client):
        assert outcome(client.get("/sessions/how/?middleware=all")) == "user_name is None"


class TestSettingsLines:
    def test_are_those_of_the_file_with_their_numbers(self, client):
        figure = soup_of(client.get("/sessions/how/")).select_one("#settings pre")

        file = Path(settings.BASE_DIR) / figure["data-settings-file"]
        lines = file.read_text(encoding="utf-8").splitlines()
        printed = [line.split(" ", 1) for line in figure.get_text().splitlines() if line]
        assert [text for _, text in printed] == [
            "INSTALLED_APPS = [",
            '    "django.contrib.sessions",',
            "MIDDLEWARE = [",
            '    "django.contrib.sessions.middleware.SessionMiddleware",',
        ]
        assert [lines[int(number) - 1] for number, _ in printed] == [text for _, text in printed]

    def test_are_those_of_the_module_that_the_settings_take_everything_from(
        self, client, monkeypatch, tmp_path
    ):
        (tmp_path / "school_settings.py").write_text("from demo_site.settings import *\n")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "school_settings")

        response = client.get("/sessions/how/")

        assert response.status_code == 200
        figure = soup_of(response).select_one("#settings pre")
        assert figure["data-settings-file"] == "demo_site/settings.py"
        assert '"django.contrib.sessions"' in figure.get_text()

    def test_are_none_where_no_file_has_them(self, monkeypatch, tmp_path):
        (tmp_path / "bare_settings.py").write_text("DEBUG = False\n")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "bare_settings")

        assert settings_lines("INSTALLED_APPS") == {"file": "bare_settings.py", "lines": []}


class TestDrawing:
    def test_has_a_name_and_a_sentence_for_every_step(self, client):
        figure = soup_of(client.get("/sessions/how/")).find(id="path-of-a-request")

        assert figure.find(id=figure.svg["aria-labelledby"]).get_text()
        numbers = [number.get_text() for number in figure.select(".number")]
        sentences = figure.select("figcaption li")
        assert sorted(numbers) == [str(n) for n in range(1, len(sentences) + 1)]
