"""Signing in and out with django.contrib.auth, and changing a password."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.helpers import cookie_line, row_of, soup_of

pytestmark = pytest.mark.django_db

LOGIN = "/sessions/django-login/"
LOGOUT = "/sessions/django-logout/"
PASSWORD = "/sessions/password-change/"
SETTLED = "#predict [data-settled]"
SIGN_IN_OVER = "/sessions/experiments/sign-in-over/"
AUTH_KEYS = {"_auth_user_id", "_auth_user_backend", "_auth_user_hash"}

User = get_user_model()


def sign_in(client, username="ada", **data):
    return client.post(LOGIN, {"username": username, "password": "throw-away", **data})


@pytest.fixture
def stored(client):
    """A client whose session holds a name and a counter."""
    client.post("/sessions/set/", {"user_name": "Ada"})
    return client


class TestLogin:
    @pytest.mark.parametrize("username", ["ada", "grace"])
    def test_the_form_as_the_server_filled_it_in_signs_in(self, client, username):
        form = soup_of(client.get(LOGIN)).select_one("#try form:has(select)")
        password = form.find("input", attrs={"name": "password"})["value"]
        assert username in [option["value"] for option in form.select("option")]

        response = client.post(LOGIN, {"username": username, "password": password})

        assert response.status_code == 302
        assert response.url == LOGIN
        user = User.objects.get(username=username)
        data = row_of(client).get_decoded()
        assert data == {
            "_auth_user_id": str(user.pk),
            "_auth_user_backend": "django.contrib.auth.backends.ModelBackend",
            "_auth_user_hash": user.get_session_auth_hash(),
        }

    def test_page_shows_what_login_stored(self, client):
        sign_in(client)

        data = row_of(client).get_decoded()
        rows = soup_of(client.get(LOGIN)).select("#auth-keys tr")
        shown = {row.th.get_text(): row.td.get_text() for row in rows}
        assert shown == {**data, "user_name": "nothing"}

    def test_gives_a_new_key_and_keeps_the_data(self, stored):
        old_key = row_of(stored).session_key

        response = sign_in(stored)

        row = Session.objects.get()
        assert row.session_key != old_key
        assert response.cookies["sessionid"].value == row.session_key
        data = row.get_decoded()
        assert (data["user_name"], data["login_count"]) == ("Ada", 1)
        assert data.keys() == {"user_name", "login_count", *AUTH_KEYS}

    def test_question_is_settled_by_a_login_with_a_name(self, client):
        sign_in(client)
        assert not soup_of(client.get(LOGIN)).select_one(SETTLED)

        client.post("/sessions/experiments/begin-as-a-stranger/")
        assert not soup_of(client.get(LOGIN)).select_one(SETTLED)
        sign_in(client)

        assert soup_of(client.get(LOGIN)).select_one(SETTLED)

    def test_question_is_not_settled_by_signing_in_twice(self, stored):
        sign_in_over(stored, "ada")
        sign_in_over(stored, "ada")

        assert not soup_of(stored.get(LOGIN)).select_one(SETTLED)

    def test_page_asks_for_a_password_only_who_is_not_signed_in(self, client):
        assert soup_of(client.get(LOGIN)).select_one("#try select")

        sign_in(client)

        page = soup_of(client.get(LOGIN))
        assert not page.select_one("#try select")
        assert page.select_one(f'#try form[action^="{reverse("forget_engines")}"]')

    def test_a_key_known_before_opens_nothing_afterward(self, stored):
        thief = Client()
        thief.cookies["sessionid"] = stored.cookies["sessionid"].value
        sign_in(stored)

        response = thief.get(LOGIN)

        assert not response.wsgi_request.user.is_authenticated
        assert response.cookies["sessionid"]["max-age"] == 0

    def test_replaces_csrftoken_so_that_a_form_from_before_is_refused(self):
        client = Client(enforce_csrf_checks=True)
        page = soup_of(client.get(LOGIN))
        token = page.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
        secret = client.cookies["csrftoken"].value

        first = sign_in(client, csrfmiddlewaretoken=token)
        second = sign_in(client, csrfmiddlewaretoken=token)

        assert first.status_code == 302
        assert client.cookies["csrftoken"].value != secret
        assert second.status_code == 403

    def test_page_shows_its_hidden_token_which_differs_each_time(self, client):
        pages = [soup_of(client.get(LOGIN)) for _ in range(2)]

        shown = [page.select_one("#csrf-rotates .result").get_text() for page in pages]
        hidden = [page.find("input", attrs={"name": "csrfmiddlewaretoken"}) for page in pages]
        assert shown == [field["value"] for field in hidden]
        assert shown[0] != shown[1]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"username": "ada"},
            {"username": "ada", "password": "wrong"},
            {"username": "ada", "password": "throw-away "},
            {"username": "root", "password": "throw-away"},
            {"username": "ada", "password": "x" * 61},
            {"username": "ada", "password": "throw\0away"},
        ],
    )
    def test_refuses_what_does_not_fit_and_keeps_the_session(self, stored, data):
        before = row_of(stored).session_data

        response = stored.post(LOGIN, data)

        assert response.status_code == 400
        assert soup_of(response).select(".errorlist li")
        assert row_of(stored).session_data == before

    def test_is_known_on_other_pages(self, client):
        sign_in(client)

        assert soup_of(client.get(LOGOUT)).select_one("#signed-in b").get_text() == "ada"


def trap_form(client):
    """Return the form of the trap about signing in twice."""
    return soup_of(client.get(LOGIN)).select_one(f'#traps form[action^="{SIGN_IN_OVER}"]')


def sign_in_over(client, username):
    """Press a button of the trap; return its two columns, each with user, key and name."""
    form = trap_form(client)
    assert form.find("button", attrs={"name": "username", "value": username})
    password = form.find("input", attrs={"name": "password"})["value"]
    response = client.post(SIGN_IN_OVER, {"username": username, "password": password})
    assert response.status_code == 302
    assert response.url == LOGIN
    rows = soup_of(client.get(LOGIN)).select("#two-keys tbody tr")
    cells = [[cell.get_text() for cell in row.find_all("td")] for row in rows]
    return zip(*cells, strict=True)


class TestSigningInTwice:
    def test_begins_as_a_stranger_with_a_name_in_one_click(self, client):
        sign_in(client)
        form = trap_form(client)

        response = client.post(form.select_one("[formaction]")["formaction"])

        assert response.status_code == 302
        assert response.url == LOGIN
        assert Session.objects.get().get_decoded() == {"user_name": "Ada"}

    def test_first_login_gives_a_new_key_and_keeps_the_data(self, stored):
        old_key = row_of(stored).session_key

        before, now = sign_in_over(stored, "ada")

        assert before == ("nobody", old_key, "Ada")
        assert now == ("ada", row_of(stored).session_key, "Ada")
        assert row_of(stored).session_key != old_key

    def test_same_user_keeps_the_key_and_the_data(self, stored):
        sign_in_over(stored, "ada")
        key = row_of(stored).session_key

        before, now = sign_in_over(stored, "ada")

        assert before == now == ("ada", key, "Ada")
        assert row_of(stored).session_key == key

    def test_another_user_gets_a_new_key_and_none_of_the_data(self, stored):
        sign_in_over(stored, "ada")
        ada_key = row_of(stored).session_key

        before, now = sign_in_over(stored, "grace")

        assert before == ("ada", ada_key, "Ada")
        assert now == ("grace", row_of(stored).session_key, "nothing")
        row = Session.objects.get()
        assert row.session_key != ada_key
        assert row.get_decoded().keys() == {"before_login", *AUTH_KEYS}

    def test_somebody_without_a_session_had_no_key(self, client):
        before, _ = sign_in_over(client, "ada")

        assert before == ("nobody", "none", "nothing")

    @pytest.mark.parametrize(
        "data", [{}, {"username": "root", "password": "throw-away"}, {"username": "ada"}]
    )
    def test_refuses_what_no_button_sends(self, stored, data):
        before = row_of(stored).session_data

        response = stored.post(SIGN_IN_OVER, data)

        assert response.status_code == 400
        assert soup_of(response).find("a", href=LOGIN)
        assert row_of(stored).session_data == before


class TestLogout:
    def test_deletes_row_and_cookie(self, stored):
        sign_in(stored)

        response = stored.post(LOGOUT)

        assert response.status_code == 302
        assert response.url == LOGOUT
        assert not Session.objects.exists()
        assert cookie_line(response, "sessionid") == (
            'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'
        )

    def test_page_lists_what_the_session_holds(self, stored):
        sign_in(stored)

        held = [code.get_text() for code in soup_of(stored.get(LOGOUT)).select("#all-gone code")]
        stored.post(LOGOUT)
        left = soup_of(stored.get(LOGOUT)).select("#all-gone code")

        assert set(held) == {"user_name", "login_count", *AUTH_KEYS}
        assert left == []

    def test_page_offers_a_stranger_something_to_sign_out_of(self, client):
        button = soup_of(client.get(LOGOUT)).select_one("#try [formaction]")

        response = client.post(button["formaction"])

        assert response.status_code == 302
        assert response.url == LOGOUT
        assert row_of(client).get_decoded().keys() == {"user_name", *AUTH_KEYS}
        assert not soup_of(client.get(LOGOUT)).select("#try [formaction]")

    def test_page_offers_a_name_to_who_is_signed_in_without_one(self, client):
        sign_in(client, "grace")
        button = soup_of(client.get(LOGOUT)).select_one("#try [formaction]")

        response = client.post(button["formaction"])

        assert response.status_code == 302
        assert response.url == LOGOUT
        assert row_of(client).get_decoded().keys() == {"user_name", *AUTH_KEYS}

    def test_without_the_demo_account_nobody_is_signed_in(self, client):
        User.objects.all().delete()

        response = client.post("/sessions/experiments/sign-in-to-sign-out/")

        assert response.status_code == 400
        assert soup_of(response).find("a", href=LOGOUT)
        assert not Session.objects.exists()

    def test_flushes_a_stranger_too(self, stored):
        stored.post(LOGOUT)

        assert not Session.objects.exists()

    def test_leaves_the_same_user_signed_in_elsewhere(self, client):
        elsewhere = Client()
        sign_in(elsewhere)
        sign_in(client)

        client.post(LOGOUT)

        assert elsewhere.get(LOGIN).wsgi_request.user.username == "ada"

    def test_a_link_cannot_sign_out(self, client):
        sign_in(client)

        client.get(LOGOUT)

        assert Session.objects.count() == 1


@pytest.fixture
def owner(stored):
    """A client with a throw-away account, signed in here and in a second session."""
    assert stored.post("/sessions/experiments/make-account/").status_code == 302
    return stored


def user_of(client):
    return User.objects.get(pk=row_of(client).get_decoded()["_auth_user_id"])


def other_row(client):
    return Session.objects.filter(pk=row_of(client).get_decoded()["other_browser"]).first()


def fits(client):
    """Return what the page says: whether this session's hash, and the other's, fit."""
    row = soup_of(client.get(PASSWORD)).select("#try table tbody tr")[-1]
    return [cell.get_text() for cell in row.find_all("td")]


class TestThrowAwayAccount:
    def test_belongs_to_this_browser_and_has_two_sessions(self, owner):
        user = user_of(owner)
        here, there = row_of(owner), other_row(owner)

        assert user.username.startswith("visitor-")
        assert here.get_decoded()["user_name"] == "Ada"
        for row in (here, there):
            assert row.get_decoded()["_auth_user_hash"] == user.get_session_auth_hash()
        assert timedelta(hours=23) < there.expire_date - timezone.now() <= timedelta(days=1)
        assert fits(owner) == ["yes", "yes"]

    def test_two_browsers_have_two_accounts(self, owner):
        neighbor = Client()
        neighbor.post("/sessions/experiments/make-account/")

        owner.post(PASSWORD, {"tell_this_session": "yes"})

        assert user_of(neighbor) != user_of(owner)
        assert fits(neighbor) == ["yes", "yes"]

    def test_is_deleted_on_request_with_both_sessions(self, owner):
        response = owner.post("/sessions/experiments/delete-account/")

        assert response.status_code == 302
        assert response.url == PASSWORD
        assert not User.objects.filter(username__startswith="visitor-").exists()
        assert not Session.objects.exists()

    def test_forgotten_ones_are_deleted_after_a_day(self, owner):
        forgotten = user_of(owner)
        User.objects.filter(pk=forgotten.pk).update(
            date_joined=timezone.now() - timedelta(hours=25)
        )

        Client().post("/sessions/experiments/make-account/")

        names = set(User.objects.values_list("username", flat=True))
        assert forgotten.username not in names
        assert names >= {"ada", "grace"}
        assert len(names) == 3
        assert soup_of(owner.get(PASSWORD)).find("form", action=True)

    def test_a_demo_account_cannot_be_deleted(self, client):
        sign_in(client)

        response = client.post("/sessions/experiments/delete-account/")

        assert response.status_code == 400
        assert soup_of(response).find("a", href=PASSWORD)
        assert User.objects.filter(username="ada").exists()
        assert row_of(client)

    @pytest.mark.parametrize(
        "name",
        [
            "make-account",
            "other-browser",
            "delete-account",
            "change-and-sign-in",
            "sign-in-over",
            "begin-as-a-stranger",
            "sign-in-to-sign-out",
        ],
    )
    def test_a_link_does_nothing(self, client, name):
        assert client.get(f"/sessions/experiments/{name}/").status_code == 405


class TestPasswordChange:
    def test_telling_this_session_gives_it_a_new_hash_and_a_new_key(self, owner):
        before, password = row_of(owner), user_of(owner).password

        response = owner.post(PASSWORD, {"tell_this_session": "yes"})

        assert response.status_code == 302
        assert response.url == PASSWORD
        after, user = row_of(owner), user_of(owner)
        assert user.password != password
        assert after.session_key != before.session_key
        assert not Session.objects.filter(pk=before.session_key).exists()
        assert after.get_decoded() == {
            **before.get_decoded(),
            "_auth_user_hash": user.get_session_auth_hash(),
        }

    def test_the_other_session_stays_until_it_is_used(self, owner):
        key = other_row(owner).session_key
        owner.post(PASSWORD, {"tell_this_session": "yes"})
        assert fits(owner) == ["yes", "no"]
        assert Session.objects.filter(pk=key).exists()

        response = owner.post("/sessions/experiments/other-browser/")

        assert response.status_code == 302
        assert response.url == PASSWORD
        assert not Session.objects.filter(pk=key).exists()
        saw = soup_of(owner.get(PASSWORD)).select_one("#other-saw b")
        assert saw.get_text() == "nobody"
        assert fits(owner) == ["yes", ""]

    def test_question_is_settled_when_the_other_browser_asks_after_the_change(self, owner):
        owner.post("/sessions/experiments/other-browser/")
        owner.post(PASSWORD, {"tell_this_session": "yes"})
        assert not soup_of(owner.get(PASSWORD)).select_one(SETTLED)

        owner.post("/sessions/experiments/other-browser/")

        assert soup_of(owner.get(PASSWORD)).select_one(SETTLED)

    def test_the_other_browser_is_signed_in_while_the_password_is_the_same(self, owner):
        owner.post("/sessions/experiments/other-browser/")

        saw = soup_of(owner.get(PASSWORD)).select_one("#other-saw b")
        assert saw.get_text() == user_of(owner).username
        assert other_row(owner)

    def test_telling_nobody_ends_this_session_too(self, owner):
        key = row_of(owner).session_key

        owner.post(PASSWORD)
        assert Session.objects.filter(pk=key).exists()
        response = owner.get(PASSWORD)

        assert response.status_code == 200
        assert response.cookies["sessionid"]["max-age"] == 0
        assert not Session.objects.filter(pk=key).exists()

    @pytest.mark.parametrize("username", [None, "ada"])
    def test_refuses_strangers_and_demo_accounts(self, client, username):
        if username:
            sign_in(client, username)
        passwords = set(User.objects.values_list("password", flat=True))

        response = client.post(PASSWORD, {"tell_this_session": "yes"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert set(User.objects.values_list("password", flat=True)) == passwords

    def test_signing_in_instead_of_telling_flushes_first(self, owner):
        before, password = row_of(owner), user_of(owner).password

        response = owner.post("/sessions/experiments/change-and-sign-in/")

        assert response.status_code == 302
        assert response.url == PASSWORD
        after, user = row_of(owner), user_of(owner)
        assert user.password != password
        assert not Session.objects.filter(pk=before.session_key).exists()
        assert after.get_decoded().keys() == {"other_browser", *AUTH_KEYS}
        assert fits(owner) == ["yes", "no"]

    @pytest.mark.parametrize("username", [None, "ada"])
    @pytest.mark.parametrize("name", ["other-browser", "change-and-sign-in", "delete-account"])
    def test_says_that_there_is_no_throw_away_account(self, client, name, username):
        if username:
            sign_in(client, username)
        passwords = set(User.objects.values_list("password", flat=True))

        response = client.post(f"/sessions/experiments/{name}/")

        assert response.status_code == 400
        assert soup_of(response).find("a", href=PASSWORD)
        assert set(User.objects.values_list("password", flat=True)) == passwords


class TestOtherPages:
    @pytest.mark.parametrize("path", ["/", "/cookies/why/", "/sessions/set/"])
    def test_do_not_touch_the_session_of_a_user(self, client, path):
        sign_in(client)

        response = client.get(path)

        assert response.status_code == 200
        assert not response.wsgi_request.session.accessed
