"""Set, read, change and delete: what is asked of the browser, and what is made of the answer."""

import pytest

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
SETTLED = "#predict [data-settled]"
DELETED = '=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path='


def expires(response, name):
    return response.cookies[name]["expires"]


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

    @pytest.mark.parametrize("value", ["edited by me", "a;", "<b>", "caf%c3%a9", "a/b"])
    def test_is_settled_by_a_text_that_the_server_never_writes(self, client, value):
        response = client.get("/cookies/get/", headers={"cookie": f"user_name={value}"})

        assert bool(soup_of(response).select_one(SETTLED)) is (value != "a;")

    @pytest.mark.parametrize("name", ["Ada", "Ada Lovelace", "Zoë; Path=/x", "a/b~", "%", "&"])
    def test_is_not_settled_by_what_the_server_wrote(self, client, name):
        client.post("/cookies/set/", {"user_name": name})

        response = client.get("/cookies/get/")

        assert response.context["decoded"] == name
        assert not soup_of(response).select_one(SETTLED)

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

    @pytest.mark.parametrize(("visits", "is_settled"), [("lots", False), ("1", False), ("2", True)])
    def test_is_settled_from_the_second_visit_on(self, client, visits, is_settled):
        client.cookies["visits"] = visits

        page = soup_of(client.get("/cookies/update/"))

        assert bool(page.select_one(SETTLED)) is is_settled


class TestDeleteCookie:
    def test_sends_the_cookie_again_with_a_date_in_the_past(self, client):
        client.cookies["user_name"] = "Ada"

        response = client.post("/cookies/delete/")

        assert response.status_code == 302
        assert response.url == "/cookies/delete/"
        assert cookie_line(response, "user_name") == f"user_name{DELETED}/"

    def test_stores_one_that_can_be_deleted(self, client):
        response = client.post("/cookies/delete/", {"action": "store"})

        assert response.status_code == 302
        assert response.url == "/cookies/delete/"
        assert cookie_line(response, "user_name") == "user_name=Ada; Path=/"


class TestDeleteWithPath:
    @pytest.mark.parametrize(
        ("action", "line"),
        [
            ("set", "note=narrow; Path=/cookies/delete-path/"),
            ("set_everywhere", "note=wide; Path=/"),
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
