"""Be remembered, be let in, and be forgotten."""

import time

import pytest
from django.urls import reverse

from course.lessons import lesson_cookies
from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
DELETED = '=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path='
BOTH = ["remember_me", "remember_me_signed"]


def expires(response, name):
    return response.cookies[name]["expires"]


def later(monkeypatch, seconds):
    """Let `seconds` pass."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)


class TestRememberMe:
    URL = "/cookies/remember-me/"

    def test_plain_word(self, client):
        response = client.post(self.URL, {"remember_me": "plain", "max_age": "on"})

        assert response.status_code == 302
        assert response.url == self.URL
        assert cookie_line(response, "remember_me") == (
            f"remember_me=yes; expires={expires(response, 'remember_me')}; Max-Age=604800; Path=/"
        )
        assert client.get("/cookies/welcome/").status_code == 200

    @pytest.mark.parametrize("kind", ["plain", "signed"])
    def test_without_the_box_it_is_a_session_cookie(self, client, kind):
        response = client.post(self.URL, {"remember_me": kind})

        assert response.status_code == 302
        (morsel,) = response.cookies.values()
        assert morsel["max-age"] == ""
        assert morsel["expires"] == ""

    def test_signed_word(self, client):
        response = client.post(self.URL, {"remember_me": "signed"})

        assert response.status_code == 302
        assert response.url == self.URL
        value = response.cookies["remember_me_signed"].value
        assert value.startswith("yes:")
        assert len(value.split(":")) == 3
        assert client.get("/cookies/welcome/").status_code == 200

    @pytest.mark.parametrize("data", [{}, {"remember_me": "please"}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post(self.URL, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert not set(BOTH) & set(response.cookies)

    @pytest.mark.parametrize("url", [URL, "/cookies/forget-me/"])
    def test_page_says_what_came(self, client, url):
        client.cookies["remember_me"] = "<b>" + "x" * 5000

        page = soup_of(client.get(url))

        (came,) = page.select("#came code:first-of-type")
        assert came.get_text().startswith("remember_me=<b>xxx")
        assert len(came.get_text()) < 60
        assert [code.get_text() for code in page.select("#came code")[1:]] == ["remember_me_signed"]


class TestWelcome:
    URL = "/cookies/welcome/"

    def test_anyone_can_type_the_plain_word(self, client):
        client.cookies["remember_me"] = "yes"

        assert client.get(self.URL).status_code == 200

    @pytest.mark.parametrize(
        "cookies",
        [
            {},
            {"remember_me": "no"},
            {"remember_me_signed": "yes"},
            {"remember_me_signed": "yes:1abcde:made-up"},
            {"remember_me_signed": "yes::"},
        ],
    )
    def test_strangers_and_forgers_are_turned_away(self, client, cookies):
        client.cookies.load(cookies)

        assert client.get(self.URL).status_code == 403

    def test_signed_word_grows_too_old(self, client, monkeypatch):
        client.post("/cookies/remember-me/", {"remember_me": "signed"})
        later(monkeypatch, 8 * 24 * 60 * 60)

        assert client.get(self.URL).status_code == 403

    @pytest.mark.parametrize(
        ("cookies", "rows"),
        [
            ({}, []),
            ({"remember_me": "yes"}, [["yes", "yes"], ["no", "None"]]),
            (
                {"remember_me_signed": "yes:1abcde:made-up"},
                [["no", "None"], ["yes:1abcde:made-up", "None"]],
            ),
        ],
    )
    def test_shows_what_came_beside_what_the_view_got(self, client, cookies, rows):
        client.cookies.load(cookies)

        shown = soup_of(client.get(self.URL)).select("#checks tbody tr")

        assert [[cell.get_text() for cell in row.select("td")] for row in shown] == rows

    @pytest.mark.parametrize(
        ("door", "is_settled"),
        [("plain", False), ("signed", False), ("made_up", True), ("stranger", False)],
    )
    def test_made_up_signature_settles_the_question(self, client, door, is_settled):
        client.post(reverse("cookies_demo:welcome_door"), {"door": door})

        question = soup_of(client.get(self.URL)).select_one("#predict fieldset")
        assert question.has_attr("data-settled") == is_settled

    @pytest.mark.parametrize(
        ("door", "status"),
        [("plain", 200), ("signed", 200), ("made_up", 403), ("stranger", 403)],
    )
    def test_doors_on_the_page_come_back_to_it(self, client, door, status):
        (form,) = soup_of(client.get(self.URL)).select("#doors")
        assert door in [button["value"] for button in form.select("button")]

        response = client.post(form["action"], {"door": door})

        assert response.status_code == 302
        assert response.url == self.URL
        assert {morsel["path"] for morsel in response.cookies.values()} == {"/"}
        assert client.get(self.URL).status_code == status

    def test_one_door_takes_both_cookies_away(self, client):
        client.cookies.load({"remember_me": "yes"})

        response = client.post(reverse("cookies_demo:welcome_door"), {"door": "stranger"})

        assert response.status_code == 302
        for name in BOTH:
            assert cookie_line(response, name) == f"{name}{DELETED}/"

    @pytest.mark.parametrize("data", [{}, {"door": "window"}])
    def test_unknown_door_is_a_clear_error_with_a_way_back(self, client, data):
        response = client.post(reverse("cookies_demo:welcome_door"), data)

        assert response.status_code == 400
        assert soup_of(response).select_one("main a.button")["href"] == self.URL
        assert not response.cookies


class TestForgetMe:
    def test_offers_both_cookies_and_stays(self, client):
        page = soup_of(client.get("/cookies/forget-me/"))
        address = page.select_one("#try button[formaction]")["formaction"]

        response = client.post(address)

        assert response.status_code == 302
        assert response.url == "/cookies/forget-me/"
        assert list(response.cookies) == BOTH
        assert client.get("/cookies/welcome/").context["signed"] == "yes"

    def test_deletes_both_and_stays(self, client):
        client.post("/cookies/remember-me/", {"remember_me": "plain"})

        response = client.post("/cookies/forget-me/")

        assert response.status_code == 302
        assert response.url == "/cookies/forget-me/"
        for name in BOTH:
            assert cookie_line(response, name) == f"{name}{DELETED}/"

    def test_a_copy_is_as_good_as_before(self, client):
        client.post("/cookies/remember-me/", {"remember_me": "signed"})
        copy = soup_of(client.get("/cookies/forget-me/")).select_one("#copy input")["value"]
        client.post("/cookies/forget-me/")
        assert client.get("/cookies/welcome/").status_code == 403

        client.cookies["remember_me_signed"] = copy

        assert client.get("/cookies/welcome/").status_code == 200


class TestStricterReadings:
    URL = reverse("cookies_demo:stricter_readings")

    def read(self, client):
        response = client.get(self.URL)
        assert response.status_code == 200
        names = ["as_now", "younger", "other_salt", "other_key"]
        return [response.context[name] for name in names]

    def test_no_cookie(self, client):
        assert self.read(client) == [None, None, None, None]

    def test_salt_and_key_refuse_at_once_and_max_age_later(self, client, monkeypatch):
        client.post("/cookies/remember-me/", {"remember_me": "signed"})
        assert self.read(client) == ["yes", "yes", None, None]

        later(monkeypatch, 11)

        assert self.read(client) == ["yes", None, None, None]

    def test_another_secret_key_refuses_it(self, client, settings):
        client.post("/cookies/remember-me/", {"remember_me": "signed"})
        settings.SECRET_KEY = "another key"

        assert self.read(client) == [None, None, None, None]
        assert client.get("/cookies/welcome/").status_code == 403


class TestNotesFlow:
    """The notes' own login: it sets the cookie for whoever comes."""

    DASHBOARD = reverse("cookies_demo:notes_dashboard")
    LOGIN = reverse("cookies_demo:notes_login")

    def test_stranger_is_let_in_without_typing_anything(self, client):
        response = client.get(self.DASHBOARD, follow=True)

        assert response.status_code == 200
        assert response.redirect_chain == [(self.LOGIN, 302), (self.DASHBOARD, 302)]

    def test_cookie_stays_with_the_experiment(self, client):
        response = client.get(self.LOGIN)

        assert response.status_code == 302
        (morsel,) = response.cookies.values()
        assert (morsel.key, morsel["path"]) == ("remembered_by_notes", self.DASHBOARD)
        assert (morsel.key, morsel["path"]) in lesson_cookies()

    def test_cookie_goes_on_the_way_back(self, client):
        page = soup_of(client.get(self.DASHBOARD, follow=True))
        (form,) = page.select("main form")

        response = client.post(form["action"])

        assert response.status_code == 302
        assert response.url == "/cookies/remember-me/"
        line = cookie_line(response, "remembered_by_notes")
        assert line == f"remembered_by_notes{DELETED}{self.DASHBOARD}"
