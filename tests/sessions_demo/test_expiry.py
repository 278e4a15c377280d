"""How long a session lasts: the clocks of cookie and row, and rows that have expired."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests.helpers import cookie_line, row_of, soup_of

EXPIRY = "/sessions/expiry/"
CLEAR = "/sessions/clear-expired/"
EXPIRE = reverse("sessions_demo:expire_soon")
TWO_WEEKS = 1209600
SETTLED = "#predict [data-settled]"

pytestmark = pytest.mark.django_db


def seconds_left(row):
    return (row.expire_date - timezone.now()).total_seconds()


def move(client, **time):
    """Move the end of the session of `client`, as if so much time had passed."""
    row = row_of(client)
    Session.objects.filter(pk=row.pk).update(expire_date=row.expire_date - timedelta(**time))


def clock(page, name):
    """Return the seconds that the page shows on a clock, or None if it shows words."""
    ticking = page.select_one(f'[data-clock="{name}"] [data-seconds]')
    return ticking and int(ticking.get_text())


class TestSessionExpiry:
    @pytest.mark.parametrize(
        ("choice", "max_age", "row"),
        [
            ("seconds", 30, 30),
            ("moment", 29, 30),
            ("close", "", TWO_WEEKS),
            ("default", TWO_WEEKS, TWO_WEEKS),
            ("save", TWO_WEEKS, TWO_WEEKS),
        ],
    )
    def test_what_each_button_does_to_cookie_and_row(self, client, choice, max_age, row):
        response = client.post(EXPIRY, {"choice": choice})

        assert response.status_code == 302
        assert response.url == EXPIRY
        assert response.cookies["sessionid"]["max-age"] == max_age
        assert bool(response.cookies["sessionid"]["expires"]) == (max_age != "")
        assert seconds_left(row_of(client)) == pytest.approx(row, abs=5)

    def test_reading_does_not_extend_and_saving_does(self, client):
        client.post(EXPIRY, {"choice": "seconds"})
        move(client, seconds=20)
        before = row_of(client).expire_date

        response = client.get(EXPIRY)

        assert response.status_code == 200
        assert "sessionid" not in response.cookies
        assert row_of(client).expire_date == before

        client.post(EXPIRY, {"choice": "save"})

        assert seconds_left(row_of(client)) == pytest.approx(30, abs=5)

    def test_question_is_settled_by_reading_after_some_seconds(self, client):
        client.post(EXPIRY, {"choice": "default"})
        reads = [client.get(f"{EXPIRY}?again=1")]
        client.post(EXPIRY, {"choice": "seconds"})
        reads += [client.get(EXPIRY)]
        move(client, seconds=10)
        reads += [client.get(EXPIRY), client.get(f"{EXPIRY}?again=1")]

        assert [bool(soup_of(read).select(SETTLED)) for read in reads] == [False] * 3 + [True]

    def test_saving_does_not_move_a_fixed_end(self, client):
        client.post(EXPIRY, {"choice": "moment"})
        before = row_of(client).expire_date

        client.post(EXPIRY, {"choice": "save"})

        assert row_of(client).expire_date == before

    def test_default_takes_back_what_was_chosen(self, client):
        client.post(EXPIRY, {"choice": "seconds"})

        response = client.post(EXPIRY, {"choice": "default"})

        assert response.cookies["sessionid"]["max-age"] == TWO_WEEKS
        assert row_of(client).get_decoded() == {"saves": 2}

    def test_two_clocks_are_read_separately(self, client):
        client.post(EXPIRY, {"choice": "seconds"})
        move(client, seconds=20)

        page = soup_of(client.get(EXPIRY))

        assert clock(page, "cookie") == pytest.approx(30, abs=5)
        assert clock(page, "row") == pytest.approx(10, abs=5)

    def test_cookie_until_closing_has_no_clock_while_the_row_has(self, client):
        client.post(EXPIRY, {"choice": "close"})

        page = soup_of(client.get(EXPIRY))

        assert clock(page, "cookie") is None
        assert clock(page, "row") == pytest.approx(TWO_WEEKS, abs=5)

    def test_clock_of_a_cookie_with_a_fixed_end_counts_from_its_save(self, client, monkeypatch):
        store = SessionStore()
        store.set_expiry(timezone.now() + timedelta(seconds=10))
        with monkeypatch.context() as patch:
            saved = time.time() - 20
            patch.setattr("django.core.signing.time.time", lambda: saved)
            store.save()
        client.cookies["sessionid"] = store.session_key

        page = soup_of(client.get(EXPIRY))

        assert clock(page, "cookie") == pytest.approx(10, abs=2)
        assert clock(page, "row") == pytest.approx(10, abs=2)

    @pytest.mark.parametrize("data", [{}, {"choice": "never"}])
    def test_refuses_other_choices(self, client, data):
        response = client.post(EXPIRY, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert not Session.objects.exists()


@pytest.fixture
def expired(client):
    """A client whose row has expired while its browser still has the cookie."""
    client.post(CLEAR, {"action": "store"})
    client.post(EXPIRE)
    move(client, seconds=10)
    return client


class TestClearExpired:
    def test_row_gets_five_seconds_and_the_cookie_stays(self, client):
        client.post(CLEAR, {"action": "store"})

        response = client.post(EXPIRE)

        assert response.status_code == 302
        assert response.url == CLEAR
        assert "sessionid" not in response.cookies
        assert seconds_left(row_of(client)) == pytest.approx(5, abs=2)

    def test_whole_cookie_with_the_keys(self, client):
        client.post(CLEAR, {"action": "store"})

        response = client.post(EXPIRE)

        value = response.cookies["short_lived_keys"].value
        assert value.startswith(f"{row_of(client).pk}:")
        assert cookie_line(response, "short_lived_keys") == (
            f"short_lived_keys={value}; HttpOnly; Path={CLEAR}; SameSite=Lax"
        )

    def test_expired_row_is_ignored_and_stays(self, expired):
        key = row_of(expired).pk

        response = expired.get(CLEAR)

        assert response.status_code == 200
        assert "Buy milk" not in soup_of(response).select_one("#try").get_text()
        assert cookie_line(response, "sessionid") == (
            'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'
        )
        assert Session.objects.filter(pk=key).exists()
        assert key in soup_of(response).select_one("#expired-row").get_text()

    def test_clears_own_expired_rows_and_no_others(self, expired):
        old = row_of(expired).pk
        stranger = SessionStore()
        stranger.create()
        Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
        expired.get(CLEAR)
        expired.post(CLEAR, {"action": "store"})
        expired.post(EXPIRE)
        running = row_of(expired).pk

        response = expired.post(CLEAR, {"action": "clear"})

        assert response.status_code == 302
        assert set(Session.objects.values_list("pk", flat=True)) == {stranger.session_key, running}
        states = soup_of(expired.get(CLEAR)).select("#expired-row tbody tr")
        assert [state.td.get_text() for state in states] == [running, old]
        assert states[1].select("td")[1].get_text() == "deleted"

    def test_clearing_before_a_row_has_expired_says_so(self, client):
        client.post(CLEAR, {"action": "store"})
        client.post(EXPIRE)

        response = client.post(CLEAR, {"action": "clear"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert row_of(client)

    def test_made_up_list_of_keys_clears_nothing(self, client):
        stranger = SessionStore()
        stranger.create()
        Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
        client.cookies["short_lived_keys"] = stranger.session_key

        client.post(CLEAR, {"action": "clear"})

        assert Session.objects.filter(pk=stranger.session_key).exists()

    def test_remembers_eight_keys(self, client):
        for _ in range(9):
            client.post(CLEAR, {"action": "store"})
            client.post(EXPIRE)
            del client.cookies["sessionid"]

        assert len(client.cookies["short_lived_keys"].value.split(":")[0].split("-")) == 8

    def test_storing_takes_back_the_expiry_of_the_lesson_before(self, client):
        client.post(EXPIRY, {"choice": "seconds"})

        response = client.post(CLEAR, {"action": "store"})

        assert response.status_code == 302
        assert response.cookies["sessionid"]["max-age"] == TWO_WEEKS
        assert seconds_left(row_of(client)) == pytest.approx(TWO_WEEKS, abs=5)

    @pytest.mark.parametrize("data", [{}, {"action": "clear all"}])
    def test_refuses_other_actions(self, client, data):
        response = client.post(CLEAR, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")

    def test_nothing_to_expire_is_a_page_with_a_way_back(self, client):
        response = client.post(EXPIRE)

        assert response.status_code == 400
        assert soup_of(response).select_one(f'main a[href="{CLEAR}"]')
        assert set(response.cookies) <= {"csrftoken"}
