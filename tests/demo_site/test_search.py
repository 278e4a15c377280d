"""Search: what is found, in which order, and how it is shown."""

import pytest
from django.template.loader import get_template
from django.urls import resolve

from course.lessons import places
from demo_site import search
from demo_site.search import MAX_LENGTH, Page, Reader, find, pages, text_of
from interview_prep.bank import bank
from tests.helpers import soup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(monkeypatch):
    """Search these three pages instead of the real ones."""
    three = (
        Page("Lesson", "/1/", "Limits", "How much fits.", "A large cookie is dropped. " * 3),
        Page("Lesson", "/2/", "Delete a cookie", "It is set again.", "With a date in the past."),
        Page("Lesson", "/3/", "Sessions", "The cookie holds the key.", "Call set_name() & wait."),
    )
    monkeypatch.setattr(search, "pages", lambda: three)


def urls(query):
    return [result.page.url for result in find(query)]


@pytest.mark.usefixtures("site")
class TestFinding:
    def test_title_before_leading_sentence_before_text(self):
        assert urls("cookie") == ["/2/", "/3/", "/1/"]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("cookie past", ["/2/"]),
            ("PAST Cookie cookie", ["/2/"]),
            ("cookie zebra", []),
            ("drop", ["/1/"]),
            ("ropped", []),
            ("set_name", ["/3/"]),
            ("name", ["/3/"]),
            ("set_name()", ["/3/"]),
            ("dates", ["/2/"]),
            ("", []),
            ("...", []),
            ("(.*)", []),
            ("s", ["/3/", "/2/"]),
        ],
    )
    def test_needs_every_word_at_the_beginning_of_a_word(self, query, expected):
        assert urls(query) == expected

    def test_among_equals_the_one_that_has_it_more_often(self, monkeypatch):
        texts = {"/few/": "row", "/many/": "row row row"}
        equal = tuple(Page("Lesson", url, "", "", text) for url, text in texts.items())
        monkeypatch.setattr(search, "pages", lambda: equal)

        assert urls("row") == ["/many/", "/few/"]

    def test_marks_the_words_and_escapes_the_rest(self):
        (result,) = find("set_name wait")

        assert result.excerpt == "Call <mark>set_name</mark>() &amp; <mark>wait</mark>."
        assert result.title == "Sessions"

    def test_shows_no_excerpt_if_the_leading_sentence_has_it_all(self):
        (result,) = find("holds key")

        assert result.lead == "The cookie <mark>holds</mark> the <mark>key</mark>."
        assert result.excerpt == ""


class TestIndex:
    def test_has_every_lesson_question_and_statement(self):
        assert len(pages()) == len(places()) + len(bank().questions) + len(bank().myths)

    def test_leads_to_pages_that_exist(self):
        for page in pages():
            assert resolve(page.url.partition("#")[0]), page

    def test_is_made_once(self):
        assert pages() is pages()

    def test_every_lesson_has_text_without_markup(self):
        for page in pages()[: len(places())]:
            assert len(page.text) > 200, page.url
            assert not {"{%", "{{", "</", "{#"} & set(page.text.split()), page.url

    def test_a_template_says_what_a_reader_reads(self, tmp_path, settings):
        (tmp_path / "page.html").write_text(
            "{% extends 'base.html' %}{% load static %}{# secret #}"
            "{% comment %}hidden{% endcomment %}{% block main %}"
            "<li>one</li><li>two <code>set_cookie</code>, {{ three }} &amp; "
            "<a href=\"{% url 'home' %}#x\">four</a></li>"
            "{% if five %}six{% else %}seven{% endif %}{% endblock %}"
        )
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, "templates"]}]

        assert get_template("page.html")
        assert text_of("page.html") == "one two set_cookie, … & four sixseven"

    def test_a_comparison_is_not_taken_for_markup(self):
        reader = Reader()
        reader.feed("1 < 2 and 4 &lt; 5")
        reader.close()

        assert "".join(reader.parts) == "1 < 2 and 4 < 5"


class TestPage:
    @pytest.mark.parametrize(
        "path", ["/", "/sessions/set/", "/nowhere/", "/start-over/", "/search/"]
    )
    def test_is_reachable_from_the_header_of_every_page(self, client, path):
        assert soup_of(client.get(path)).select_one("header a[href='/search/']")

    def test_form_asks_by_get_and_sets_no_cookie(self, client):
        response = client.get("/search/")

        form = soup_of(response).select_one("main form")
        assert form["method"] == "get"
        assert [field["name"] for field in form.find_all("input")] == ["q"]
        assert int(form.input["maxlength"]) == MAX_LENGTH
        assert not response.cookies

    def test_lists_what_was_found(self, client):
        page = soup_of(client.get("/search/", {"q": " delete   cookie "}))

        first = page.select_one(".results a")
        assert first["href"] == "/cookies/delete/"
        assert [mark.get_text() for mark in first.find_all("mark")] == ["Delete", "cookie"]
        assert page.select_one("main input")["value"] == "delete cookie"

    def test_finds_questions_and_statements_too(self, client):
        links = {a["href"] for a in soup_of(client.get("/search/?q=samesite")).select(".results a")}
        assert "/interview/cards/samesite/" in links

        links = {a["href"] for a in soup_of(client.get("/search/?q=pickle")).select(".results a")}
        assert "/interview/true-or-false/#sessions-use-pickle" in links

    def test_says_that_nothing_was_found(self, client):
        response = client.get("/search/", {"q": "<b>zebra</b>"})

        assert response.status_code == 200
        page = soup_of(response)
        assert not page.select(".results")
        assert page.select_one("main p bdi").get_text() == "<b>zebra</b>"

    @pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20"])
    def test_without_words_it_only_asks(self, client, query):
        response = client.get(f"/search/{query}")

        assert response.status_code == 200
        assert not soup_of(response).select("main p")

    def test_refuses_a_query_that_is_too_long(self, client):
        assert client.get("/search/", {"q": "x" * MAX_LENGTH}).status_code == 200

        response = client.get("/search/", {"q": "x" * (MAX_LENGTH + 1)})

        assert response.status_code == 400
        assert soup_of(response).select_one("main [role=alert]")

    @pytest.mark.parametrize("query", ["%00", "%FF", "%ED%A0%80", "a&q=%22%3E", "%E2%80%AE"])
    def test_survives_odd_characters(self, client, query):
        assert client.get(f"/search/?q={query}").status_code == 200
