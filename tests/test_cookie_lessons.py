"""What each cookie lesson asks the browser to do, and what it makes of the answer."""

import pytest

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db

DELETED = '=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path='


def expires(response, name):
    return response.cookies[name]["expires"]


class TestWhyCookies:
    def test_first_visit_brings_no_header_and_gets_no_cookie(self, client):
        response = client.get("/cookies/why/")

        assert response.status_code == 200
        assert not response.context["cookie_header"]
        assert not response.cookies
        assert not soup_of(response).find("form")

    def test_shows_the_header_that_came(self, client):
        response = client.get("/cookies/why/", headers={"cookie": "a=<b>"})

        assert soup_of(response).select("#first-request code")[-1].get_text() == "a=<b>"

    def test_leads_to_the_first_lesson_that_sets_one(self, client):
        links = soup_of(client.get("/cookies/why/")).select("#try a[href='/cookies/set/']")

        assert len(links) == 1


class TestSetCookie:
    def test_sets_the_name_for_an_hour(self, client):
        response = client.post("/cookies/set/", {"user_name": "Ada"})

        assert response.status_code == 302
        assert response.url == "/cookies/set/"
        assert cookie_line(response, "user_name") == (
            f"user_name=Ada; expires={expires(response, 'user_name')}; Max-Age=3600; Path=/"
        )

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("Ada Lovelace", "Ada%20Lovelace"),
            ("a; Path=/x", "a%3B%20Path%3D%2Fx"),
            ("a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201"),
            ("清風", "%E6%B8%85%E9%A2%A8"),
            ('"quoted", \\', "%22quoted%22%2C%20%5C"),
        ],
    )
    def test_percent_encodes_what_the_visitor_typed(self, client, name, value):
        response = client.post("/cookies/set/", {"user_name": name})

        assert response.status_code == 302
        assert response.cookies["user_name"].value == value
        assert cookie_line(response, "user_name").startswith(f"user_name={value}; expires=")

    @pytest.mark.parametrize("data", [{}, {"user_name": ""}, {"user_name": "x" * 61}])
    def test_refuses_bad_names(self, client, data):
        response = client.post("/cookies/set/", data)

        assert response.status_code == 200
        assert soup_of(response).select(".errorlist li")
        assert "user_name" not in response.cookies


class TestGetCookie:
    def test_shows_the_value_as_sent_and_decoded(self, client):
        client.cookies["user_name"] = "Zo%C3%AB%20%3Cb%3E"

        response = client.get("/cookies/get/")

        cells = [cell.get_text() for cell in soup_of(response).select("#this-request td")]
        assert cells == ["Zo%C3%AB%20%3Cb%3E", "Zoë <b>"]
        assert not response.cookies

    def test_says_when_there_is_none(self, client):
        response = client.get("/cookies/get/")

        assert response.status_code == 200
        assert response.context["as_sent"] is None

    @pytest.mark.parametrize("value", ["%ff%fe", "%", "%zz", "%00", "%ED%A0%80"])
    def test_survives_a_value_that_is_not_percent_encoded_text(self, client, value):
        client.cookies["user_name"] = value

        assert client.get("/cookies/get/").status_code == 200


class TestUpdateCookie:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (None, "1"),
            ("1", "2"),
            ("41", "42"),
            ("lots", "1"),
            ("-5", "1"),
            ("1e9", "1"),
            ("9" * 5000, "1"),
            ("²", "1"),
        ],
    )
    def test_counts_from_what_the_browser_says(self, client, before, after):
        if before is not None:
            client.cookies["visits"] = before

        response = client.post("/cookies/update/")

        assert response.status_code == 302
        assert response.url == "/cookies/update/"
        assert cookie_line(response, "visits") == f"visits={after}; Path=/"


class TestDeleteCookie:
    def test_sends_the_cookie_again_with_a_date_in_the_past(self, client):
        client.cookies["user_name"] = "Ada"

        response = client.post("/cookies/delete/")

        assert response.status_code == 302
        assert response.url == "/cookies/delete/"
        assert cookie_line(response, "user_name") == f"user_name{DELETED}/"


class TestDeleteWithPath:
    @pytest.mark.parametrize(
        ("action", "line"),
        [
            ("set", "note=still-here; Path=/cookies/delete-path/"),
            ("set_everywhere", "note=everywhere; Path=/"),
            ("delete", f"note{DELETED}/"),
            ("delete_with_path", f"note{DELETED}/cookies/delete-path/"),
        ],
    )
    def test_each_button_sends_its_line(self, client, action, line):
        response = client.post("/cookies/delete-path/", {"action": action})

        assert response.status_code == 302
        assert response.url == "/cookies/delete-path/"
        assert cookie_line(response, "note") == line

    def test_unknown_button_is_a_clear_error(self, client):
        response = client.post("/cookies/delete-path/", {"action": "explode"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert "note" not in response.cookies


class TestSecureCookie:
    @pytest.mark.parametrize(
        ("data", "line"),
        [
            ({"samesite": "Lax"}, "session_token=abc123; Path=/; SameSite=Lax"),
            (
                {"samesite": "Strict", "httponly": "on"},
                "session_token=abc123; HttpOnly; Path=/; SameSite=Strict",
            ),
            (
                {"samesite": "None", "secure": "on"},
                "session_token=abc123; Path=/; SameSite=None; Secure",
            ),
            (
                {"samesite": "Lax", "httponly": "on", "secure": "on"},
                "session_token=abc123; HttpOnly; Path=/; SameSite=Lax; Secure",
            ),
        ],
    )
    def test_sets_the_flags_that_were_chosen(self, client, data, line):
        response = client.post("/cookies/flags/", data)

        assert response.status_code == 302
        assert response.url == "/cookies/flags/"
        assert cookie_line(response, "session_token") == line

    @pytest.mark.parametrize("samesite", [None, "", "lax", "Lax; Domain=evil", "Lax\r\nX-Evil: 1"])
    def test_refuses_any_other_samesite(self, client, samesite):
        data = {} if samesite is None else {"samesite": samesite}

        response = client.post("/cookies/flags/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert "session_token" not in response.cookies


class TestRememberMe:
    def test_plain_word(self, client):
        data = {"remember_me": "plain", "max_age": "on"}
        response = client.post("/cookies/remember-me/", data)

        assert response.status_code == 302
        assert response.url == "/cookies/welcome/"
        assert cookie_line(response, "remember_me") == (
            f"remember_me=yes; expires={expires(response, 'remember_me')}; Max-Age=604800; Path=/"
        )
        assert client.get("/cookies/welcome/").status_code == 200

    @pytest.mark.parametrize("kind", ["plain", "signed"])
    def test_without_the_box_it_is_a_session_cookie(self, client, kind):
        response = client.post("/cookies/remember-me/", {"remember_me": kind})

        assert response.status_code == 302
        (morsel,) = response.cookies.values()
        assert morsel["max-age"] == ""
        assert morsel["expires"] == ""

    def test_signed_word(self, client):
        response = client.post("/cookies/remember-me/", {"remember_me": "signed"})

        assert response.status_code == 302
        assert response.url == "/cookies/welcome/"
        value = response.cookies["remember_me_signed"].value
        assert value.startswith("yes:")
        assert len(value.split(":")) == 3
        assert client.get("/cookies/welcome/").status_code == 200

    @pytest.mark.parametrize("data", [{}, {"remember_me": "please"}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post("/cookies/remember-me/", data)

        assert response.status_code == 400
        assert not {"remember_me", "remember_me_signed"} & set(response.cookies)

    def test_anyone_can_type_the_plain_word(self, client):
        client.cookies["remember_me"] = "yes"

        assert client.get("/cookies/welcome/").status_code == 200

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
    def test_strangers_and_forgers_are_sent_away(self, client, cookies):
        client.cookies.load(cookies)

        response = client.get("/cookies/welcome/")

        assert response.status_code == 302
        assert response.url == "/cookies/remember-me/"

    def test_signed_word_grows_too_old(self, client, monkeypatch):
        client.post("/cookies/remember-me/", {"remember_me": "signed"})
        import time

        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 8 * 24 * 60 * 60)

        assert client.get("/cookies/welcome/").status_code == 302

    def test_forgetting_deletes_both(self, client):
        client.post("/cookies/remember-me/", {"remember_me": "plain"})

        response = client.post("/cookies/forget-me/")

        assert response.status_code == 302
        assert response.url == "/cookies/remember-me/"
        for name in ["remember_me", "remember_me_signed"]:
            assert cookie_line(response, name) == f"{name}{DELETED}/"
