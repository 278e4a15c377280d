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
    return [result.page.url for result in find(query).results]


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

    @pytest.mark.parametrize("query", ["limits", "What are the limits?", "a LIMITS"])
    def test_a_title_that_is_just_what_was_asked_for_comes_first(self, monkeypatch, query):
        pages = (
            Page("Lesson", "/more/", "More limits, and limits of limits", "Limits.", "limits"),
            Page("Lesson", "/just/", "The limits", "", ""),
        )
        monkeypatch.setattr(search, "pages", lambda: pages)

        assert urls(query)[0] == "/just/"

    def test_a_word_that_says_nothing_is_looked_for_if_there_is_no_other(self):
        assert urls("the") == ["/3/", "/2/"]
        assert urls("the drop") == ["/1/"]

    def test_marks_the_words_and_escapes_the_rest(self):
        (result,) = find("set_name wait").results

        assert result.excerpt == "Call <mark>set_name</mark>() &amp; <mark>wait</mark>."
        assert result.title == "Sessions"

    def test_shows_no_excerpt_if_the_leading_sentence_has_it_all(self):
        (result,) = find("holds key").results

        assert result.lead == "The cookie <mark>holds</mark> the <mark>key</mark>."
        assert result.excerpt == ""


class TestReading:
    """What is asked for on our own pages, and the page that must be found."""

    @pytest.mark.parametrize(
        ("query", "url"),
        [
            ("What is a cookie?", "/interview/cards/what-is-a-cookie/"),
            ("what is a session", "/interview/cards/what-is-a-session/"),
            ("How do I delete a cookie?", "/cookies/delete/"),
            ("cheat sheet", "/interview/cheat-sheet/"),
            ("mock interview", "/interview/mock/"),
            ("true or false", "/interview/true-or-false/"),
            ("notes", "/notes/"),
            ("start over", "/start-over/"),
            ("developer tools", "/developer-tools/"),
            ("sign in with Django", "/sessions/django-login/"),
            ("samesite lax vs strict", "/interview/cards/samesite/"),
            ("JWT versus session", "/interview/cards/sessions-vs-jwt/"),
            ("log out all devices", "/interview/cards/log-out-all-devices/"),
            ("logout all devices", "/interview/cards/log-out-all-devices/"),
        ],
    )
    def test_comes_first(self, query, url):
        answer = find(query)

        assert answer.results[0].page.url == url
        assert not answer.instead

    @pytest.mark.parametrize(
        ("query", "instead", "url"),
        [
            ("csfr", "csrf", "/cookies/forged-request/"),
            ("sesion", "session", "/sessions/why/"),
            ("expiration", "expir…", "/sessions/expiry/"),
            ("sesion expiration", "sess… expir…", "/sessions/expiry/"),
            ("encryption", "encrypt…", "/interview/cards/signed-vs-encrypted/"),
            ("serialization", "serial…", "/sessions/json/"),
            ("race condition", "same time", "/interview/cards/two-requests-at-once/"),
            ("load balancer", "many servers", "/interview/cards/sessions-on-many-servers/"),
            ("cross-site scripting", "xss", "/interview/cards/csrf-vs-xss/"),
            ("CSP", "content security policy", "/interview/cards/csrf-vs-xss/"),
            ("basket", "cart", "/sessions/cart/"),
            ("devtools", "developer tools", "/developer-tools/"),
        ],
    )
    def test_is_found_in_other_words(self, query, instead, url):
        answer = find(query)

        assert url in [result.page.url for result in answer.results]
        assert answer.instead == instead

    @pytest.mark.parametrize("query", ["clickjacking", "DRF", "Django REST framework", "OAuth"])
    def test_a_subject_that_is_not_here_is_not_guessed_at(self, client, query):
        page = soup_of(client.get("/search/", {"q": query}))

        assert not page.select(".results")
        suggested = page.select_one("main p a[href^='/search/?q=']")
        assert soup_of(client.get(suggested["href"])).select(".results a")

    @pytest.mark.parametrize("words", [*search.SYNONYMS.values(), *search.NEAREST.values()])
    def test_every_word_of_ours_finds_something(self, words):
        answer = find(words)

        assert answer.results or search.nearest_to(words)
        assert not answer.instead

    def test_says_what_was_found_instead(self, client):
        page = soup_of(client.get("/search/", {"q": "csfr"}))

        assert [word.get_text() for word in page.select("main p bdi")] == ["csfr", "csrf"]
        assert page.select(".results a")

    @pytest.mark.parametrize(
        ("word", "stem"),
        [("engines", "engine"), ("rows", "row"), ("as", "as"), ("action", "action")],
    )
    def test_an_ending_is_cut_only_if_enough_is_left(self, word, stem):
        assert search.stem_of(word) == stem


class TestIndex:
    def test_has_every_lesson_question_and_statement_and_the_other_pages(self):
        entries = len(places()) + len(bank().questions) + len(bank().myths)

        assert len(pages()) == entries + len(search.OTHERS)

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
