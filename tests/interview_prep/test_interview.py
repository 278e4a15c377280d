"""Interview preparation: proofs, cards, mock interview, true or false, and the cheat sheet."""

import time
from urllib.parse import parse_qsl, urldefrag, urlsplit

import pytest
from django.conf import global_settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from course.lessons import places
from interview_prep import mock_interview
from interview_prep.bank import TIERS, bank
from interview_prep.cards import Deck
from interview_prep.mock_interview import Interview
from tests.course.test_lessons import anchors_on, page_of
from tests.helpers import row_of, soup_of

ENTRIES = [*bank().questions, *bank().myths]
PROVING = sorted({entry.lesson for entry in ENTRIES})
PAGES = {
    "home": "/interview/",
    "cards": "/interview/cards/",
    "card": "/interview/cards/set-cookie-defaults/",
    "mock": "/interview/mock/",
    "myths": "/interview/true-or-false/",
    "cheat sheet": "/interview/cheat-sheet/",
    "search": "/search/?q=cookie",
}

pytestmark = pytest.mark.django_db

each_page = pytest.mark.parametrize("url", PAGES.values(), ids=PAGES)


def links_of(page):
    """Return the addresses that `main` links to."""
    return [link["href"] for link in page.select("main a[href]")]


def is_prose(lesson, anchor):
    """Return whether a place is among the notes of a lesson and shows nothing of its response."""
    place = page_of(places()[lesson].lesson).find(id=anchor)
    return place.find_parent(id="notes") is not None and not place.select(".result")


def url_of(question):
    return f"/interview/cards/{question.id}/"


class TestProofs:
    @pytest.mark.parametrize("lesson", PROVING)
    def test_are_on_the_page_of_their_lesson(self, lesson):
        anchors = {entry.anchor for entry in ENTRIES if entry.lesson == lesson}

        assert anchors - anchors_on(lesson) == set()

    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
    def test_what_is_said_only_in_the_notes_is_read(self, entry):
        if is_prose(entry.lesson, entry.anchor):
            assert entry.proof == "read", f'{entry.id}: a place in the notes needs proof = "read"'

    @pytest.mark.parametrize(
        ("question_id", "label"), [("httponly", "Prove it"), ("secure-attribute", "Read why")]
    )
    def test_say_whether_one_clicks_or_reads(self, client, question_id, label):
        page = soup_of(client.get(f"/interview/cards/{question_id}/"))

        assert page.select_one(".proof a").get_text() == label


class TestEveryPage:
    @each_page
    def test_changes_nothing(self, client, url):
        response = client.get(url)

        assert response.status_code == 200
        assert set(response.cookies) <= {"csrftoken"}
        assert not Session.objects.exists()

    @pytest.mark.parametrize("name", [name for name in PAGES if name != "mock"])
    def test_without_a_form_to_post_leaves_cookies_and_session_alone(self, client, name):
        response = client.get(PAGES[name])

        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")

    @each_page
    def test_refuses_other_methods(self, client, url):
        assert client.put(url).status_code == 405

    @each_page
    def test_is_one_page_with_one_title(self, client, url):
        page = soup_of(client.get(url))

        ids = [tag["id"] for tag in page.select("[id]")]
        assert sorted(ids) == sorted(set(ids))
        assert len(page.find_all("h1")) == 1
        assert page.title.string.strip()

    @each_page
    def test_has_no_inline_script_or_style(self, client, url):
        page = soup_of(client.get(url))

        assert not page.select("style, [style], script:not([src])")

    def test_is_linked_from_the_header_and_from_home(self, client):
        page = soup_of(client.get("/"))

        assert page.select_one("header a[href='/interview/']")
        assert "/interview/" in links_of(page)

    def test_the_section_begins_with_links_to_its_parts(self, client):
        links = links_of(soup_of(client.get("/interview/")))

        parts = ["/interview/cards/", "/interview/mock/", "/interview/true-or-false/"]
        assert links[:4] == [*parts, "/interview/cheat-sheet/"]
        assert "/interview/cards/?subject=cookies" in links
        assert "/interview/cards/?tier=A" in links


class TestCards:
    def test_lists_all_in_order(self, client):
        page = soup_of(client.get("/interview/cards/"))

        listed = [link["href"] for link in page.select(".questions a")]
        assert listed == [url_of(question) for question in bank().questions]

    @pytest.mark.parametrize(
        "query", ["?subject=cookies", "?tier=A", "?subject=cookies&tier=A", "?subject=&tier=A"]
    )
    def test_filters_by_the_address(self, client, query):
        chosen = dict(parse_qsl(query[1:]))
        page = soup_of(client.get(f"/interview/cards/{query}"))

        listed = [urlsplit(link["href"]) for link in page.select(".questions a")]
        expected = bank().select(chosen.get("subject"), chosen.get("tier"))
        assert [link.path for link in listed] == [url_of(question) for question in expected]
        assert {tuple(parse_qsl(link.query)) for link in listed} == {tuple(chosen.items())}

    def test_every_filter_that_is_offered_says_how_many_cards_it_leaves(self, client):
        page = soup_of(client.get("/interview/cards/?subject=cookies"))

        offered = page.select(".filter li")
        assert len(offered) == 2 + len(bank().subjects) + len(TIERS)
        for item in offered:
            found = soup_of(client.get(item.a["href"])).select(".questions a")
            assert item.small.string == str(len(found))

    def test_a_filter_that_leaves_none_says_so(self, client):
        empty = next(
            deck
            for subject in bank().subjects
            for deck in [Deck(subject, tier) for tier in TIERS]
            if not deck.cards
        )

        response = client.get(f"/interview/cards/{empty.query}")

        assert response.status_code == 200
        assert not soup_of(response).select(".questions a")
        assert "/interview/cards/" in links_of(soup_of(response))

    @pytest.mark.parametrize(
        "address",
        [
            "?subject=nonsense",
            "?tier=Z",
            "?subject=%00&tier=A",
            "?tier=" + "x" * 9999,
            "?subject=" + "x" * 9999,
            "set-cookie-defaults/?subject=nonsense",
        ],
    )
    def test_an_unknown_filter_is_refused_in_words(self, client, address):
        response = client.get(f"/interview/cards/{address}")

        assert response.status_code == 400
        assert soup_of(response).select_one("main [role=alert]")
        assert b"x" * 99 not in response.content

    def test_an_unknown_card_is_not_found(self, client):
        assert client.get("/interview/cards/no-such-card/").status_code == 404


class TestCard:
    def test_asks_first_and_hides_the_answer(self, client):
        question = bank().question("set-cookie-defaults")

        page = soup_of(client.get(url_of(question)))

        assert page.h1.get_text() == question.question.replace("`", "")
        answer = page.select_one("main details")
        assert not answer.has_attr("open")
        for text in (question.short, question.answer, question.follow_up_answer):
            assert text.replace("`", "") in answer.get_text()
            assert text.replace("`", "") not in page.get_text().replace(answer.get_text(), "")

    def test_leads_to_the_exact_place_of_its_proof(self, client):
        page = soup_of(client.get("/interview/cards/set-cookie-defaults/"))

        assert page.select_one(".proof a")["href"] == "/cookies/update/#try"

    def test_neighbors_keep_the_filter(self, client):
        deck = Deck.chosen_by({"subject": "cookies", "tier": "B"})
        first, second, third = deck.cards[:3]

        page = soup_of(client.get(url_of(second) + deck.query))

        assert page.find("a", rel="prev")["href"] == url_of(first) + deck.query
        assert page.find("a", rel="next")["href"] == url_of(third) + deck.query
        assert f"/interview/cards/{deck.query}" in links_of(page)

    def test_the_ends_have_one_neighbor(self, client):
        first = soup_of(client.get(url_of(bank().questions[0])))
        last = soup_of(client.get(url_of(bank().questions[-1])))

        assert not first.find("a", rel="prev")
        assert first.find("a", rel="next")
        assert last.find("a", rel="prev")
        assert not last.find("a", rel="next")

    def test_outside_of_the_filter_it_is_shown_without_neighbors(self, client):
        response = client.get("/interview/cards/set-cookie-defaults/?tier=A")

        page = soup_of(response)
        assert response.status_code == 200
        assert not page.select("a[rel]")
        assert "/interview/cards/?tier=A" in links_of(page)


def cookie_with(text, name=mock_interview.COOKIE):
    """Return a value for a cookie of that name that says `text`, with a good signature."""
    response = HttpResponse()
    response.set_signed_cookie(name, text)
    return response.cookies[name].value


def marks_of(client):
    """Return the marks in the cookie of `client`, a dictionary from ids to words."""
    request = HttpRequest()
    request.COOKIES["mock_interview"] = client.cookies["mock_interview"].value
    text = request.get_signed_cookie("mock_interview")
    return dict(part.split(".") for part in text.split("~"))


def mark(client, question_id, as_="known"):
    return client.post(f"/interview/mock/{question_id}/", {"mark": as_})


@pytest.fixture
def ids(client):
    """The ids of the ten questions of an interview that `client` has started."""
    client.post("/interview/mock/", {"action": "start"})
    return list(marks_of(client))


class TestMockInterview:
    def test_starts_with_the_first_of_ten_from_common_to_hard(self, client):
        response = client.post("/interview/mock/", {"action": "start"})

        ids = list(marks_of(client))
        tiers = [bank().question(question_id).tier for question_id in ids]
        assert response.status_code == 302
        assert response.url == f"/interview/mock/{ids[0]}/"
        assert len(set(ids)) == 10
        assert tiers == sorted(tiers)
        assert set(tiers) == set(TIERS)

    def test_is_kept_in_a_cookie_of_its_own(self, client):
        response = client.post("/interview/mock/", {"action": "start"})

        assert set(response.cookies) == {"mock_interview"}
        morsel = response.cookies["mock_interview"]
        assert morsel["path"] == "/interview/"
        assert morsel["max-age"] == 24 * 60 * 60
        assert morsel["httponly"] is True
        assert morsel["samesite"] == "Lax"
        assert not morsel["secure"]
        assert not morsel["domain"]
        assert not Session.objects.exists()

    def test_the_cookie_is_secure_where_the_sessions_is(self, client, settings):
        settings.SESSION_COOKIE_SECURE = True

        response = client.post("/interview/mock/", {"action": "start"})

        assert response.cookies["mock_interview"]["secure"] is True

    def test_keeps_ids_and_marks_and_nothing_else(self, client, ids):
        mark(client, ids[0])
        mark(client, ids[1], "unknown")

        expected = {**dict.fromkeys(ids, "open"), ids[0]: "known", ids[1]: "unknown"}
        assert marks_of(client) == expected

    def test_ten_questions_fit_into_a_cookie_that_needs_no_quotes(self):
        longest = sorted((question.id for question in bank().questions), key=len)[-10:]
        response = HttpResponse()

        mock_interview.keep(Interview.of(dict.fromkeys(longest, False)), response)

        morsel = response.cookies["mock_interview"]
        assert morsel.coded_value == morsel.value
        assert len("mock_interview" + morsel.coded_value) < 1000

    def test_the_page_shows_how_many_are_marked(self, client, ids):
        for number, question_id in enumerate(ids[:3], start=1):
            mark(client, question_id, "known" if number == 2 else "unknown")
            page = soup_of(client.get("/interview/mock/"))

            assert page.select_one(".remember").get_text().startswith(f"{number} of 10 ")

    def test_the_panel_shows_where_the_marks_are(self, client, ids):
        page = soup_of(client.get(f"/interview/mock/{ids[0]}/"))

        shown = page.select_one('[data-now] [data-panel="cookie-header"]').get_text()
        assert f"mock_interview={client.cookies['mock_interview'].value}" in shown

    def test_a_lesson_that_flushes_the_session_leaves_it_alone(self, client, ids):
        mark(client, ids[0])
        client.post("/sessions/set/", {"user_name": "Ada"})
        response = client.post(reverse("sessions_demo:django_logout"))
        assert response.status_code == 302
        assert not Session.objects.exists()

        assert marks_of(client)[ids[0]] == "known"
        assert len(soup_of(client.get("/interview/mock/")).select("td.mark")) == 10

    def test_a_mark_leads_to_the_next_open_question(self, client, ids):
        mark(client, ids[1])

        assert mark(client, ids[0]).url == f"/interview/mock/{ids[2]}/"
        assert mark(client, ids[9]).url == f"/interview/mock/{ids[2]}/"

    def test_the_last_mark_leads_to_the_summary(self, client, ids):
        urls = [mark(client, question_id).url for question_id in ids]

        assert urls[-1] == "/interview/mock/"

    def test_the_summary_links_what_was_not_known_to_its_proof(self, client, ids):
        for number, question_id in enumerate(ids):
            mark(client, question_id, "unknown" if number in (2, 5) else "known")

        page = soup_of(client.get("/interview/mock/"))

        revisit = [bank().question(ids[2]), bank().question(ids[5])]
        assert [link["href"] for link in page.select("#revisit .proof a")] == [
            f"{places()[question.lesson].lesson.url}#{question.anchor}" for question in revisit
        ]
        marks = [cell.get_text() for cell in page.select("td.mark")]
        assert marks == ["not known" if number in (2, 5) else "known" for number in range(10)]

    def test_marks_from_two_tabs_both_count(self, client, ids):
        """Both tabs have loaded their page before either of them answers."""
        for question_id in ids[:2]:
            client.get(f"/interview/mock/{question_id}/")

        mark(client, ids[1])
        mark(client, ids[0], "unknown")

        assert (marks_of(client)[ids[0]], marks_of(client)[ids[1]]) == ("unknown", "known")

    def test_a_mark_can_be_changed(self, client, ids):
        mark(client, ids[0], "unknown")
        mark(client, ids[0], "known")

        assert marks_of(client)[ids[0]] == "known"
        page = soup_of(client.get(f"/interview/mock/{ids[0]}/"))
        assert page.select_one("form .mark").get_text() == "known"

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_question_of_another_interview_is_refused_in_words(self, client, ids, method):
        before = marks_of(client)
        gone = next(question.id for question in bank().questions if question.id not in before)

        response = getattr(client, method)(f"/interview/mock/{gone}/", {"mark": "known"})

        assert response.status_code == 404
        assert soup_of(response).select_one("main [role=alert]")
        assert marks_of(client) == before

    def test_a_mark_without_an_interview_is_refused_and_keeps_nothing(self, client):
        response = mark(client, "what-is-a-cookie")

        assert response.status_code == 404
        assert soup_of(response).select_one("main [role=alert]")
        assert "mock_interview" not in response.cookies

    @pytest.mark.parametrize("data", [{}, {"mark": ""}, {"mark": "True"}, {"mark": "x" * 9999}])
    def test_a_mark_that_is_none_is_refused_in_words(self, client, ids, data):
        response = client.post(f"/interview/mock/{ids[0]}/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("main [role=alert]")
        assert marks_of(client)[ids[0]] == "open"

    @pytest.mark.parametrize("data", [{}, {"action": "finish"}])
    def test_an_unknown_action_is_refused_in_words(self, client, ids, data):
        response = client.post("/interview/mock/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("main [role=alert]")
        assert list(marks_of(client)) == ids

    def test_restarting_draws_anew(self, client, ids):
        mark(client, ids[0])
        client.post("/interview/mock/", {"action": "start"})

        assert set(marks_of(client).values()) == {"open"}

    def test_abandoning_deletes_the_cookie_and_leaves_the_session(self, client, ids):
        client.post("/sessions/set/", {"user_name": "Ada"})

        response = client.post("/interview/mock/", {"action": "abandon"})

        assert response.url == "/interview/mock/"
        assert set(response.cookies) == {"mock_interview"}
        morsel = response.cookies["mock_interview"]
        assert (morsel.value, morsel["max-age"], morsel["path"]) == ("", 0, "/interview/")
        assert row_of(client).get_decoded()["user_name"] == "Ada"
        del client.cookies["mock_interview"]  # as a browser does
        assert soup_of(client.get("/interview/mock/")).select("button[value=start]")

    def test_looking_at_it_sets_nothing(self, client, ids):
        for url in [
            "/interview/mock/",
            f"/interview/mock/{ids[3]}/",
            "/interview/mock/?action=start",
        ]:
            response = client.get(url)
            assert response.status_code == 200
            assert set(response.cookies) <= {"csrftoken"}

    def test_a_question_that_left_the_bank_is_left_out(self, client):
        client.cookies["mock_interview"] = cookie_with("no-longer-asked.open~csrf.unknown")

        response = client.get("/interview/mock/")

        assert response.status_code == 200
        assert [mark.get_text() for mark in soup_of(response).select("td.mark")] == ["not known"]

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "nonsense",
            "csrf.known",
            "csrf.known:1abcde:made-up",
            '"',
            cookie_with("csrf.known") + "x",
            cookie_with("csrf.known", name="remember_me_signed"),
            cookie_with(""),
            cookie_with("~~.~..~csrf~known"),
            cookie_with("<b>.known"),
            cookie_with("x" * 3000),
        ],
        # A signature has the time in it, and each worker must find the same names.
        ids=[f"value{number}" for number in range(11)],
    )
    @pytest.mark.parametrize("page", ["", "csrf/"])
    def test_a_cookie_that_is_not_ours_counts_as_none(self, client, value, page):
        client.cookies["mock_interview"] = value

        response = client.get(f"/interview/mock/{page}")

        assert response.status_code == (404 if page else 200)
        assert not soup_of(response).select("td.mark")
        assert soup_of(response).select("button[value=start]")

    def test_an_odd_mark_counts_as_open(self, client):
        client.cookies["mock_interview"] = cookie_with("csrf.maybe")

        assert soup_of(client.get("/interview/mock/")).select_one("td.mark").get_text() == "open"

    def test_more_than_ten_questions_are_not_read(self, client):
        every = "~".join(f"{question.id}.open" for question in bank().questions[:50])
        client.cookies["mock_interview"] = cookie_with(every)

        assert len(soup_of(client.get("/interview/mock/")).select("td.mark")) == 10

    def test_an_interview_of_the_day_before_counts_as_none(self, client, monkeypatch):
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now - 24 * 60 * 60 - 10)
        value = cookie_with("csrf.known")
        monkeypatch.setattr(time, "time", lambda: now)
        client.cookies["mock_interview"] = value

        assert not soup_of(client.get("/interview/mock/")).select("td.mark")

    def test_every_form_has_a_token(self, client, ids):
        mark(client, ids[0])
        for url in ["/interview/mock/", f"/interview/mock/{ids[0]}/"]:
            forms = soup_of(client.get(url)).select("main form")
            assert forms
            for form in forms:
                assert form["method"] == "post"
                assert form.find("input", attrs={"name": "csrfmiddlewaretoken"})


class TestTrueOrFalse:
    def test_hides_the_truth_of_every_statement(self, client):
        page = soup_of(client.get("/interview/true-or-false/"))

        assert {item["id"] for item in page.select(".myths > li")} == {m.id for m in bank().myths}
        for myth in bank().myths:
            item = page.find(id=myth.id)
            assert item.select_one(".statement").get_text() == myth.statement.replace("`", "")
            assert not item.details.has_attr("open")
            assert item.details.select_one(".verdict").get_text() == f"{myth.truth}."
            proof = item.details.select_one(".proof a")["href"]
            assert proof == f"{places()[myth.lesson].lesson.url}#{myth.anchor}"

    def test_does_not_begin_with_all_that_are_false(self, client):
        page = soup_of(client.get("/interview/true-or-false/"))

        verdicts = [verdict.get_text() for verdict in page.select(".verdict")]
        assert verdicts != sorted(verdicts)

    def test_always_answering_the_same_is_right_in_at_most_three_of_five(self):
        true = [myth for myth in bank().myths if myth.truth]

        assert 0.4 <= len(true) / len(bank().myths) <= 0.6


class TestCheatSheet:
    URL = "/interview/cheat-sheet/"

    def setting(self, client, name):
        return soup_of(client.get(self.URL)).select_one(f"[data-setting={name}]").parent

    def test_reads_the_defaults_from_django(self, client, monkeypatch):
        monkeypatch.setattr(global_settings, "SESSION_COOKIE_NAME", "another_default")

        shown = self.setting(client, "SESSION_COOKIE_NAME")

        assert shown.code.get_text() == "SESSION_COOKIE_NAME = 'another_default'"

    def test_does_not_show_what_this_site_has_instead(self, client, settings):
        settings.SESSION_COOKIE_NAME = "this_sites_own"

        assert "this_sites_own" not in client.get(self.URL).content.decode()

    def test_says_seconds_in_days(self, client):
        shown = self.setting(client, "SESSION_COOKIE_AGE")

        assert shown.code.get_text() == "SESSION_COOKIE_AGE = 1209600  # 14 days"

    def test_does_not_show_the_secret_key(self, client, settings):
        assert settings.SECRET_KEY not in client.get(self.URL).content.decode()

    def test_has_the_parameters_of_djangos_own_calls(self, client):
        text = soup_of(client.get(self.URL)).get_text()

        assert "response.set_cookie(key, value='', max_age=None, expires=None, path='/'" in text
        assert "response.delete_cookie(key, path='/', domain=None, samesite=None)" in text

    def test_every_link_into_a_lesson_leads_to_its_place(self, client):
        by_url = {place.lesson.url: place.lesson for place in places().values()}
        links = [urldefrag(link) for link in links_of(soup_of(client.get(self.URL)))]

        anchored = [link for link in links if link.fragment]
        assert anchored
        for link in anchored:
            assert link.fragment in anchors_on(by_url[link.url].view), link

    def test_what_it_promises_to_prove_can_be_clicked(self, client):
        by_url = {place.lesson.url: place.lesson for place in places().values()}
        links = soup_of(client.get(self.URL)).find_all("a", string="prove it")

        assert len(links) > 5
        for link in links:
            url, anchor = urldefrag(link["href"])
            assert not is_prose(by_url[url].view, anchor), link
