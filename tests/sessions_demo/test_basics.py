"""What each basic lesson does to the row and to the cookie."""

import pytest
from django.contrib.sessions.models import Session

from tests.helpers import cookie_line, fact, row_of, soup_of

pytestmark = pytest.mark.django_db


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

        assert response.status_code == 200
        assert soup_of(response).select(".errorlist li")
        assert row_of(stored).get_decoded() == {"user_name": "Ada", "login_count": 1}

    def test_refused_name_is_not_lost(self, client):
        response = client.post("/sessions/set/", {"user_name": "x" * 61})

        assert soup_of(response).find("input", attrs={"name": "user_name"})["value"] == "x" * 61


class TestGetSession:
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

    @pytest.mark.parametrize("change", ["append", "modified"])
    def test_copes_without_a_list(self, client, change):
        assert client.post("/sessions/nested/", {"change": change}).status_code == 302

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

    def test_clearing_under_a_key_without_a_row_says_that_the_session_is_gone(self, client):
        client.cookies["sessionid"] = "a" * 32

        response = client.post("/sessions/clear/", {"how": "clear"})

        assert response.status_code == 400
        assert not Session.objects.exists()


def test_page_shows_a_hostile_name_as_text(client):
    name = '"><script>alert(1)</script></textarea>&lt;\u202egpj.exe 🍪'
    client.post("/sessions/set/", {"user_name": name})

    page = soup_of(client.get("/sessions/get/"))

    assert page.select_one("#try td bdi").get_text() == name
    assert not [script for script in page.find_all("script") if "alert" in script.get_text()]
    assert '"login_count": 1' in fact(page, "row", "session-decoded")
