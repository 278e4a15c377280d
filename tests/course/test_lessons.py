"""The contract that every lesson keeps: one URL, one view, one template, one name."""

import inspect
from collections import Counter
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from course.lessons import lesson_cookies, places, tracks
from live_panel.headline import KINDS
from tests.course.contract import apps, lessons_of, shortcomings
from tests.helpers import soup_of

LESSONS = [lesson for track in tracks() for lesson in track.lessons]

# Lessons that turn a stranger away, on a page that says why
GUARDED = {"sessions_demo:dashboard", "cookies_demo:welcome"}

pytestmark = pytest.mark.django_db

each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.view)


@cache
def page_of(lesson):
    """Return the page of `lesson`, fetched once for all the tests that only read it."""
    response = Client().get(lesson.url)
    assert response.status_code == (403 if lesson.view in GUARDED else 200)
    return soup_of(response)


def anchors_on(view_name):
    """Return the ids on the page of the lesson with that view."""
    return {tag["id"] for tag in page_of(places()[view_name].lesson).select("[id]")}


@pytest.mark.parametrize(
    ("app", "name"), [(app, name) for app in apps() for name in lessons_of(app)]
)
def test_keeps_the_contract(app, name):
    assert shortcomings(app, name) == []


@each_lesson
def test_refuses_other_methods(client, lesson):
    assert client.put(lesson.url).status_code == 405


class TestPages:
    @each_lesson
    def test_shows_the_whole_lesson(self, lesson):
        page = page_of(lesson)

        assert page.title.string == page.h1.string == lesson.title
        assert page.find(id="remember").get_text() == lesson.remember
        for part in ["predict", "try", "answer", "code", "notes", "traps", "questions"]:
            text = page.find(id=part).get_text(" ", strip=True)
            assert len(text) > 30, part
        assert page.find(id="live-panel")

    @each_lesson
    def test_prints_the_view_that_is_serving_it(self, lesson):
        page = page_of(lesson)

        printed = page.select_one("#code [data-source-file]")
        view = inspect.unwrap(resolve(lesson.url).func)
        lines, number = inspect.getsourcelines(view)
        assert printed.get_text().strip() == "".join(lines).strip()
        assert printed["data-source-file"] == f"{view.__module__.replace('.', '/')}.py"
        assert printed["data-source-line"] == str(number)

    @each_lesson
    def test_has_no_inline_script_or_style(self, lesson):
        page = page_of(lesson)

        assert not page.find_all("style")
        assert not page.select("[style]")
        assert not [script for script in page.find_all("script") if not script.get("src")]
        attributes = {name for tag in page.find_all(True) for name in tag.attrs}
        assert not [name for name in attributes if name.startswith("on")]

    @each_lesson
    def test_has_unique_ids(self, lesson):
        ids = [tag["id"] for tag in page_of(lesson).select("[id]")]

        assert sorted(ids) == sorted(set(ids))

    @each_lesson
    def test_links_to_its_neighbors(self, lesson):
        page = page_of(lesson)

        number = LESSONS.index(lesson)
        before = page.find("a", rel="prev")
        after = page.find("a", rel="next")
        assert (before and before["href"]) == (LESSONS[number - 1].url if number else None)
        is_last = number == len(LESSONS) - 1
        assert (after and after["href"]) == (None if is_last else LESSONS[number + 1].url)

    @each_lesson
    def test_links_only_to_pages_that_exist(self, lesson):
        for link in page_of(lesson).select("a[href]"):
            target = urlsplit(link["href"])
            assert target.path == "" or resolve(target.path), link
            if not target.path and target.fragment:
                assert page_of(lesson).find(id=target.fragment), link

    @each_lesson
    def test_every_form_is_a_post_with_a_token(self, lesson):
        for form in page_of(lesson).select("main form"):
            assert form["method"] == "post"
            assert form.find("input", attrs={"name": "csrfmiddlewaretoken"})


class TestPredictions:
    @each_lesson
    def test_has_one_right_choice_of_three_or_more(self, lesson):
        choices = choices_of(lesson)

        assert len(choices) >= 3
        assert len({choice["value"] for choice in choices}) == len(choices)
        assert len([choice for choice in choices if choice.has_attr("data-right")]) == 1
        assert not [choice for choice in choices if choice.has_attr("checked")]

    def test_the_right_choice_is_in_no_telling_place(self):
        """Whoever always takes the same place is right in at most half of the lessons."""
        places = Counter(
            [choice.has_attr("data-right") for choice in choices_of(lesson)].index(True)
            for lesson in LESSONS
        )

        assert max(places.values()) <= len(LESSONS) / 2
        assert set(places) >= {0, 1, 2}

    @each_lesson
    def test_says_what_settles_it(self, lesson):
        """After these kinds of headline, or by what the template itself sees."""
        question = page_of(lesson).select_one("#predict fieldset")

        kinds = question.get("data-settled-by", "").split()
        assert set(kinds) <= set(KINDS)
        source = (settings.BASE_DIR / "templates" / lesson.template).read_text(encoding="utf-8")
        assert kinds or " data-settled{% endif %}" in source

    @each_lesson
    def test_nothing_above_the_act_answers_it(self, lesson):
        """The sentence to remember and the answer come after the act."""
        page = page_of(lesson)

        order = [tag["id"] for tag in page.select("#predict, #try, #compare, #answer, #remember")]
        assert order == ["predict", "try", "compare", "answer", "remember"]
        assert page.select_one('#compare a[href="#answer"]')


class TestOutcomes:
    """What came of a click stands beside its button, and every act leads there."""

    @each_lesson
    def test_stands_in_the_act(self, lesson):
        page = page_of(lesson)

        assert page.select_one("#try .outcome#outcome")
        for outcome in page.select(".outcome"):
            assert outcome["tabindex"] == "-1"
            assert outcome.select_one("[data-lp-headline]")

    @each_lesson
    def test_every_form_leads_to_one(self, lesson):
        page = page_of(lesson)
        outcomes = {outcome["id"] for outcome in page.select(".outcome")}

        for form in page.select("main form"):
            actions = [form.get("action", "")]
            actions += [button["formaction"] for button in form.select("[formaction]")]
            for action in actions:
                assert urlsplit(action).fragment in outcomes, form


def choices_of(lesson):
    """Return the choices of a lesson's prediction, in the order of the page."""
    return page_of(lesson).select('#predict input[type="radio"][name="prediction"]')


class TestGet:
    @each_lesson
    def test_changes_nothing(self, client, lesson):
        from django.contrib.sessions.models import Session

        response = client.get(lesson.url)

        assert response.status_code in (200, 403)
        assert set(response.cookies) <= {"csrftoken"}
        assert not Session.objects.exists()


def test_next_leads_a_stranger_from_the_first_lesson_to_the_last(client):
    """Nothing is done on the way, so the lessons that turn strangers away are met, too."""
    titles, link = [], {"href": LESSONS[0].url}
    while link:
        page = soup_of(client.get(link["href"]))
        titles.append(page.h1.get_text())
        link = page.find("a", rel="next")

    assert titles == [lesson.title for lesson in LESSONS]


def test_reading_order_knows_every_lesson_once():
    assert list(places()) == [lesson.view for lesson in LESSONS]
    assert len(places()) == len(LESSONS)


@each_lesson
def test_start_over_knows_the_cookies_that_the_lesson_sets(client, lesson):
    """Post what the page's own forms offer, and look at which cookies come out."""
    page = page_of(lesson)
    known = lesson_cookies()
    for form in page.select("main form"):
        for data in submissions(form):
            response = client.post(lesson.url, data)
            for name, morsel in response.cookies.items():
                if name not in ("csrftoken", "sessionid") and morsel["max-age"] != 0:
                    assert (name, morsel["path"]) in known


def submissions(form):
    """Yield what a browser could send for `form`: its fields, with each of its buttons."""
    data = {
        field["name"]: field.get("value") or "Ada"
        for field in form.select("input[name]")
        if field["name"] != "csrfmiddlewaretoken"
    }
    for select in form.select("select[name]"):
        data[select["name"]] = select.option.get("value", select.option.get_text())
    buttons = form.select("button[name]")
    yield from [{**data, button["name"]: button["value"]} for button in buttons] or [data]
