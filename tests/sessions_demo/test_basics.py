"""What each basic lesson does to the row and to the cookie."""

from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from sessions_demo.experiments.basics import LESSONS
from tests.helpers import cookie_line, fact, row_of, soup_of

pytestmark = pytest.mark.django_db
STORE_AGAIN = "/sessions/experiments/store-again/"


@pytest.fixture
def stored(client):
    """A client whose session holds a name and a counter."""
    client.post("/sessions/set/", {"user_name": "Ada"})
    return client


def test_whole_session_cookie(client):
    response = client.post("/sessions/set/", {"user_name": "Ada"})

    key = Session.objects.get().session_key
    morsel = response.cookies["sessionid"]
    assert morsel.value == key
    assert cookie_line(response, "sessionid") == (
        f"sessionid={key}; expires={morsel['expires']}; HttpOnly; Max-Age=1209600; Path=/;"
        " SameSite=Lax"
    )


class TestSetSession:
    def test_stores_name_and_count(self, client):
        response = client.post("/sessions/set/", {"user_name": "Ada"})

        assert response.status_code == 302
        assert response.url == "/sessions/set/"
        assert row_of(client).get_decoded() == {"user_name": "Ada", "login_count": 1}

    def test_accepts_sixty_characters(self, client):
        client.post("/sessions/set/", {"user_name": "é" * 60})

        assert row_of(client).get_decoded()["user_name"] == "é" * 60

    @pytest.mark.parametrize(
        "data", [{}, {"user_name": ""}, {"user_name": "é" * 61}, {"user_name": "a\0b"}]
    )
    def test_refuses_bad_names_and_keeps_what_was_stored(self, stored, data):
        response = stored.post("/sessions/set/", data)

        assert response.status_code == 400
        assert soup_of(response).select(".errorlist li")
        assert row_of(stored).get_decoded() == {"user_name": "Ada", "login_count": 1}

    def test_refused_name_is_not_lost(self, client):
        response = client.post("/sessions/set/", {"user_name": "x" * 61})

        assert soup_of(response).find("input", attrs={"name": "user_name"})["value"] == "x" * 61

    def test_unchecked_form_really_sends_a_name_that_is_too_long(self, client):
        form = soup_of(client.get("/sessions/set/")).select_one("#traps form[novalidate]")
        field = form.find("input", attrs={"name": "user_name"})
        assert not {"required", "maxlength"} & set(field.attrs)

        response = client.post("/sessions/set/", {"user_name": field["value"]})

        assert response.status_code == 400
        assert not Session.objects.exists()

    def test_offers_to_forget_only_a_browser_that_has_a_key(self, client):
        assert not soup_of(client.get("/sessions/set/")).find(id="a-first-save")

        client.post("/sessions/set/", {"user_name": "Ada"})

        assert soup_of(client.get("/sessions/set/")).find(id="a-first-save")


class TestGetSession:
    def test_question_is_about_strangers(self, stored):
        for browser, settles in ((Client(), True), (stored, False)):
            question = soup_of(browser.get("/sessions/get/")).select_one("#predict fieldset")
            assert question.has_attr("data-settled") == settles

    def test_reading_creates_neither_row_nor_cookie(self, client):
        response = client.get("/sessions/get/")

        assert response.status_code == 200
        assert soup_of(response).find(id="nothing-stored")
        assert not response.cookies
        assert not Session.objects.exists()

    def test_reads_what_is_stored_without_moving_its_expiry(self, stored):
        before = row_of(stored).expire_date

        response = stored.get("/sessions/get/")

        assert [cell.get_text() for cell in soup_of(response).select("#try td")] == ["Ada", "1"]
        assert row_of(stored).expire_date == before

    @pytest.mark.parametrize("made_up", [False, True])
    def test_calls_nobody_known_whose_key_opens_nothing(self, stored, made_up):
        stored.get("/sessions/set/")  # For the csrftoken.
        if made_up:
            stored.cookies["sessionid"] = "thiskeyismadeupthiskeyismadeup12"

        response = stored.get("/sessions/get/")

        assert response.status_code == 200
        offered = soup_of(response).select(f'#try form[action^="{reverse("forget_engines")}"]')
        assert len(offered) == (0 if made_up else 1)


class TestUpdateSession:
    def test_adds_one_and_keeps_the_key(self, stored):
        row = row_of(stored)

        response = stored.post("/sessions/update/")

        assert response.status_code == 302
        assert response.url == "/sessions/update/"
        after = row_of(stored)
        assert after.session_key == row.session_key
        assert after.get_decoded() == {"user_name": "Ada", "login_count": 2}
        assert after.expire_date > row.expire_date

    def test_begins_at_one_when_there_is_no_counter(self, client):
        assert client.post("/sessions/update/").status_code == 302

        assert row_of(client).get_decoded() == {"login_count": 1}


class TestNestedChange:
    def change(self, client, *changes):
        for change in changes:
            response = client.post("/sessions/nested/", {"change": change})
            assert response.status_code == 302
            assert response.url == "/sessions/nested/"
        return row_of(client).get_decoded()["items_bought"]

    def test_appending_alone_is_lost(self, client):
        assert self.change(client, "start", "append") == ["milk"]

    def test_appending_and_saying_so_is_kept(self, client):
        assert self.change(client, "start", "modified") == ["milk", "bread"]

    def test_assigning_anew_is_kept(self, client):
        assert self.change(client, "start", "assign") == ["milk", "bread"]

    def test_appending_is_kept_by_luck_if_another_key_is_set(self, client):
        self.change(client, "start")

        response = client.post(reverse("sessions_demo:append_by_luck"))

        assertRedirects(response, "/sessions/nested/")
        data = {"items_bought": ["milk", "bread"], "items_count": 2}
        assert row_of(client).get_decoded() == data

    def test_appending_by_luck_needs_a_list(self, client):
        response = client.post(reverse("sessions_demo:append_by_luck"))

        assert response.status_code == 400
        assert not Session.objects.exists()

    def test_trap_of_luck_has_the_button_and_the_list(self, client):
        self.change(client, "start")
        client.post(reverse("sessions_demo:append_by_luck"))

        trap = soup_of(client.get("/sessions/nested/")).find(id="saved-by-luck")

        form = trap.find_next_sibling("form")
        assert urlsplit(form["action"]).path == reverse("sessions_demo:append_by_luck")
        assert "milk, bread" in trap.find_next_sibling("p", class_="result").get_text()

    def test_trap_of_luck_has_a_list_in_one_click(self, client):
        trap = soup_of(client.get("/sessions/nested/")).find(id="saved-by-luck")
        button = trap.find_next_sibling("form").select_one("[formaction]")
        assert not urlsplit(button["formaction"]).path

        assert self.change(client, button["value"]) == ["milk"]

    def test_page_with_a_list_offers_to_be_without(self, client):
        self.change(client, "start")

        page = soup_of(client.get("/sessions/nested/"))

        assert page.select_one(f'#traps form[action^="{reverse("forget_engines")}"]')

    @pytest.mark.parametrize("change", ["append", "modified", "assign"])
    def test_says_that_there_is_no_list_to_append_to(self, client, change):
        response = client.post("/sessions/nested/", {"change": change})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert not Session.objects.exists()

    @pytest.mark.parametrize("data", [{}, {"change": "explode"}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post("/sessions/nested/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")


class TestClearSession:
    def clear(self, client, how):
        response = client.post("/sessions/clear/", {"how": how})
        assert response.status_code == 302
        assert response.url == "/sessions/clear/"
        return response

    def test_pop_removes_one_key(self, stored):
        key = row_of(stored).session_key

        self.clear(stored, "pop")

        assert row_of(stored).session_key == key
        assert row_of(stored).get_decoded() == {"login_count": 1}

    def test_clear_leaves_an_empty_row(self, stored):
        key = row_of(stored).session_key

        response = self.clear(stored, "clear")

        assert row_of(stored).session_key == key
        assert row_of(stored).get_decoded() == {}
        assert response.cookies["sessionid"].value == key

    def test_flush_deletes_row_and_cookie(self, stored):
        response = self.clear(stored, "flush")

        assert not Session.objects.exists()
        assert cookie_line(response, "sessionid") == (
            'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'
        )

    def test_deleting_the_cookie_leaves_the_row(self, stored):
        row = row_of(stored)

        response = self.clear(stored, "cookie")

        assert response.cookies["sessionid"]["max-age"] == 0
        assert Session.objects.get() == row
        assert Session.objects.get().session_data == row.session_data

    @pytest.mark.parametrize("data", [{}, {"how": "explode"}])
    def test_unknown_way_is_a_clear_error_and_clears_nothing(self, stored, data):
        response = stored.post("/sessions/clear/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert row_of(stored).get_decoded() == {"user_name": "Ada", "login_count": 1}

    @pytest.mark.parametrize("how", ["pop", "clear", "flush", "cookie"])
    def test_copes_with_nothing_to_clear(self, client, how):
        self.clear(client, how)

        assert not Session.objects.exists()

    def test_storing_again_takes_one_click_on_the_page(self, stored):
        self.clear(stored, "flush")
        form = soup_of(stored.get("/sessions/clear/")).select_one("#try form")
        assert urlsplit(form["action"]).path == STORE_AGAIN

        response = stored.post(STORE_AGAIN, {form.button["name"]: form.button["value"]})

        assert response.status_code == 302
        assert response.url == "/sessions/clear/"
        assert row_of(stored).get_decoded() == {"user_name": "Ada", "login_count": 1}

    def test_page_says_whether_the_key_opens_a_name(self, stored):
        key = stored.cookies["sessionid"].value
        self.clear(stored, "cookie")
        found = soup_of(stored.get("/sessions/clear/?again=1")).find(id="name-by-key")
        assert found
        assert not found.bdi

        stored.cookies["sessionid"] = key

        found = soup_of(stored.get("/sessions/clear/?again=2")).find(id="name-by-key")
        assert found.bdi.string == "Ada"

    def test_clearing_under_a_key_without_a_row_says_that_the_session_is_gone(self, client):
        client.cookies["sessionid"] = "a" * 32

        response = client.post("/sessions/clear/", {"how": "clear"})

        assert response.status_code == 400
        assert not Session.objects.exists()


class TestStoreAgain:
    @pytest.mark.parametrize("lesson", LESSONS)
    def test_comes_back_to_the_lesson_which_has_the_button(self, client, lesson):
        url = reverse(f"sessions_demo:{lesson}")
        if lesson == "password_change":
            client.post("/sessions/experiments/make-account/")
        page = soup_of(client.get(url))
        assert page.find("button", attrs={"name": "lesson", "value": lesson})

        response = client.post(STORE_AGAIN, {"lesson": lesson})

        assert response.status_code == 302
        assert response.url == url
        assert row_of(client).get_decoded()["user_name"] == "Ada"

    @pytest.mark.parametrize("data", [{}, {"lesson": "nowhere"}, {"lesson": "//elsewhere"}])
    def test_stores_nothing_when_no_lesson_is_named(self, client, data):
        response = client.post(STORE_AGAIN, data)

        assert response.status_code == 400
        assert soup_of(response).find("a", href="/sessions/set/")
        assert not Session.objects.exists()


def after_middleware(view, key=None):
    """Let SessionMiddleware serve `view` to a browser with that key; return the response."""
    request = RequestFactory().get("/")
    if key:
        request.COOKIES["sessionid"] = key

    def get_response(request):
        view(request.session)
        return HttpResponse()

    return SessionMiddleware(get_response)(request)


class TestWhatIsSaved:
    """What the lessons say of Django, whichever view it serves."""

    def test_set_expiry_alone_makes_a_row_and_a_cookie(self):
        response = after_middleware(lambda session: session.set_expiry(60))

        row = Session.objects.get()
        assert row.get_decoded() == {"_session_expiry": 60}
        assert response.cookies["sessionid"].value == row.session_key

    def test_clear_saves_an_empty_session_under_an_existing_key(self, stored):
        key = row_of(stored).session_key

        response = after_middleware(lambda session: session.clear(), key)

        assert row_of(stored).get_decoded() == {}
        assert response.cookies["sessionid"].value == key
        assert response.cookies["sessionid"]["max-age"] == 1209600

    def test_clear_saves_nothing_for_a_stranger(self):
        response = after_middleware(lambda session: session.clear())

        assert not response.cookies
        assert not Session.objects.exists()

    def test_reading_under_a_key_that_opens_nothing_deletes_the_cookie(self):
        response = after_middleware(lambda session: session.get("user_name"), "a" * 32)

        assert response.cookies["sessionid"]["max-age"] == 0
        assert not Session.objects.exists()


def test_page_shows_a_hostile_name_as_text(client):
    name = '"><script>alert(1)</script></textarea>&lt;\u202egpj.exe 🍪'
    client.post("/sessions/set/", {"user_name": name})

    page = soup_of(client.get("/sessions/get/"))

    assert page.select_one("#try td bdi").get_text() == name
    assert not [script for script in page.find_all("script") if "alert" in script.get_text()]
    assert '"login_count": 1' in fact(page, "row", "session-decoded")
