"""Two requests of one browser that overlap: a lost update, and a row deleted meanwhile.

Here the second request is made while the first one waits, in the same thread, so that the order
is fixed. `tests/browser/test_overlapping_requests.py` lets two threads and a browser race.
"""

import gc
import sqlite3

import django
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from sessions_demo.apparatus import timeline
from sessions_demo.models import Tally
from tests.helpers import row_of, soup_of

pytestmark = pytest.mark.django_db
SETTLED = "#predict [data-settled]"

DATABASE_ERROR = "django.db.utils.DatabaseError"

LOST_UPDATE = "/sessions/lost-update/"
SESSION_DELETED = "/sessions/session-deleted/"
FIND_THE_CAUSE = reverse("sessions_demo:find_the_cause")


@pytest.fixture
def meanwhile(monkeypatch):
    """Call what is put into this list while a request waits, and do not wait otherwise."""
    calls = []
    monkeypatch.setattr(timeline.time, "sleep", lambda seconds: calls and calls.pop()())
    return calls


def same_browser(client):
    """Return another client with the cookies of `client`, for a request at the same time."""
    other = Client()
    other.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    return other


def post(client, name, **data):
    response = client.post(f"/sessions/experiments/{name}/", data)
    assert response.status_code == 302
    return response


class TestLostUpdate:
    def run(self, client, meanwhile, name, second_order):
        """Let B load and save between A's load and A's save, and return the session's data."""
        response = client.post(LOST_UPDATE, {"second_order": second_order})
        assert response.status_code == 302
        assert response.url == LOST_UPDATE
        meanwhile.append(lambda: post(same_browser(client), name, who="B"))
        assert post(client, name, who="A").url == LOST_UPDATE
        return row_of(client).get_decoded()

    def steps(self, client):
        rows = soup_of(client.get(LOST_UPDATE)).select("#timeline tbody tr")
        return [[cell.get_text() for cell in row.select("td")[1:]] for row in rows]

    def test_same_key_counts_one_of_two(self, client, meanwhile):
        data = self.run(client, meanwhile, "order-slowly", "tea")

        assert (data["tea"], data["coffee"]) == (1, 0)
        assert self.steps(client) == [
            ["loaded tea 0, coffee 0", ""],
            ["", "loaded tea 0, coffee 0"],
            ["", "saved tea 1, coffee 0"],
            ["saved tea 1, coffee 0", ""],
        ]

    def test_different_keys_lose_one_too(self, client, meanwhile):
        data = self.run(client, meanwhile, "order-slowly", "coffee")

        assert (data["tea"], data["coffee"]) == (1, 0)
        assert self.steps(client)[2:] == [
            ["", "saved tea 0, coffee 1"],
            ["saved tea 1, coffee 0", ""],
        ]

    @pytest.mark.parametrize(
        ("name", "second_order", "is_settled"),
        [
            ("order-slowly", "tea", True),
            ("order-slowly", "coffee", False),
            ("order-in-one-step", "tea", False),
        ],
    )
    def test_question_is_settled_by_the_tea_that_was_lost(
        self, client, meanwhile, name, second_order, is_settled
    ):
        self.run(client, meanwhile, name, second_order)

        assert bool(soup_of(client.get(LOST_UPDATE)).select(SETTLED)) is is_settled

    def test_table_counts_both(self, client, meanwhile):
        data = self.run(client, meanwhile, "order-in-one-step", "tea")

        assert Tally.objects.get(pk=data["run"]["number"]).count == 2
        assert [len("".join(step)) > 0 for step in self.steps(client)] == [True] * 4

    def test_one_after_the_other_loses_nothing(self, client, meanwhile):
        client.post(LOST_UPDATE, {"second_order": "tea"})
        post(client, "order-slowly", who="A")
        post(client, "order-slowly", who="B")

        assert row_of(client).get_decoded()["tea"] == 2

    def test_new_run_begins_at_zero_with_an_empty_timeline(self, client, meanwhile):
        self.run(client, meanwhile, "order-slowly", "tea")

        client.post(LOST_UPDATE, {"second_order": "tea"})

        assert row_of(client).get_decoded()["tea"] == 0
        assert self.steps(client) == [[]]

    @pytest.mark.parametrize("data", [{}, {"second_order": "beer"}])
    def test_unknown_button_is_a_clear_error(self, client, data):
        response = client.post(LOST_UPDATE, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert not Session.objects.exists()

    @pytest.mark.parametrize("name", ["order-slowly", "order-in-one-step"])
    @pytest.mark.parametrize("who", ["A", "C"])
    def test_nobody_waits_without_a_run_or_a_letter(self, client, meanwhile, name, who):
        meanwhile.append(lambda: pytest.fail("This request waited."))
        if who == "C":
            client.post(LOST_UPDATE, {"second_order": "tea"})

        response = client.post(f"/sessions/experiments/{name}/", {"who": who})

        assert response.status_code == 400
        assert soup_of(response).select_one(f'main a[href="{LOST_UPDATE}"]')

    def test_row_deleted_meanwhile_is_a_400(self, client, meanwhile):
        client.post(LOST_UPDATE, {"second_order": "tea"})
        meanwhile.append(lambda: same_browser(client).post("/sessions/logout/"))

        response = client.post("/sessions/experiments/order-slowly/", {"who": "A"})

        assert response.status_code == 400
        assert not Session.objects.exists()


class TestWait:
    def test_nobody_waits_when_too_many_do(self, rf, monkeypatch):
        waits = []
        monkeypatch.setattr(timeline.time, "sleep", waits.append)
        monkeypatch.setattr(timeline, "PLACES", timeline.BoundedSemaphore(1))

        timeline.take_a_while(rf.post("/"))
        timeline.take_a_while(rf.post("/", {"by_hand": "yes"}))
        assert timeline.PLACES.acquire(blocking=False)
        timeline.take_a_while(rf.post("/"))

        assert waits == [0.5, 3]


class TestSessionDeleted:
    @pytest.fixture
    def draft(self, client):
        response = client.post(SESSION_DELETED)
        assert response.status_code == 302
        assert response.url == SESSION_DELETED
        return client

    def test_request_whose_row_was_deleted_is_answered_400(self, draft, meanwhile):
        meanwhile.append(lambda: post(same_browser(draft), "flush-meanwhile"))

        response = draft.post("/sessions/experiments/save-slowly/")

        assert response.status_code == 400
        assert soup_of(response).h1.string == "Your session ended while this page was loading"
        assert "sessionid" not in response.cookies
        assert not Session.objects.exists()

    def test_without_a_logout_the_slow_request_is_saved(self, draft, meanwhile):
        assert post(draft, "save-slowly").url == SESSION_DELETED

        assert row_of(draft).get_decoded() == {"draft": 2}

    def test_nobody_waits_without_a_draft(self, client, meanwhile):
        meanwhile.append(lambda: pytest.fail("This request waited."))

        response = client.post("/sessions/experiments/save-slowly/")

        assert response.status_code == 400
        assert soup_of(response).select_one(f'main a[href="{SESSION_DELETED}"]')

    def chain(self, client, fault):
        assert post(client, "find-the-cause", fault=fault).url == SESSION_DELETED
        shown = soup_of(client.get(SESSION_DELETED)).select("#real-cause li")
        return [line.get_text().split(":")[0] for line in shown]

    def test_chain_of_a_deleted_row_has_no_operational_error(self, client):
        # Django 6.0 has an exception of its own for an UPDATE that found no row.
        is_new = django.VERSION >= (6, 0)
        assert self.chain(client, "deleted") == [
            "django.contrib.sessions.exceptions.SessionInterrupted",
            "django.contrib.sessions.backends.base.UpdateError",
            "django.contrib.sessions.models.NotUpdated" if is_new else DATABASE_ERROR,
        ]

    def test_chain_of_a_read_only_database_ends_in_sqlites_own_error(self, client):
        assert self.chain(client, "read_only") == [
            "django.contrib.sessions.exceptions.SessionInterrupted",
            "django.contrib.sessions.backends.base.UpdateError",
            "django.db.utils.OperationalError",
            "sqlite3.OperationalError",
        ]

    @pytest.mark.parametrize("fault", ["deleted", "read_only"])
    def test_faults_leave_nothing_behind(self, client, fault):
        self.chain(client, fault)

        assert list(Session.objects.all()) == [row_of(client)]
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA query_only").fetchone() == (0,)

    def test_both_chains_begin_with_the_same_words(self, client):
        self.chain(client, "deleted")
        self.chain(client, "read_only")

        data = row_of(client).get_decoded()
        assert data["chain_deleted"][0] == data["chain_read_only"][0]

    @pytest.mark.parametrize("data", [{}, {"fault": "fire"}])
    def test_unknown_fault_is_refused(self, client, data):
        response = client.post("/sessions/experiments/find-the-cause/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one(f'main a[href="{SESSION_DELETED}"]')
        assert not Session.objects.exists()

    def test_another_database_can_lose_a_row_and_is_not_made_read_only(self, client, monkeypatch):
        monkeypatch.setattr(connection, "vendor", "postgresql")

        assert len(self.chain(client, "deleted")) == 3
        response = client.post(FIND_THE_CAUSE, {"fault": "read_only"})

        assert response.status_code == 400
        assert soup_of(response).select_one(f'main a[href="{SESSION_DELETED}"]')
        assert "chain_read_only" not in row_of(client).get_decoded()

    def test_integrity_error_is_no_update_error(self, monkeypatch):
        """As the page says of the `db` engine."""
        session = SessionStore()
        session.create()

        def fail(*args, **kwargs):
            raise IntegrityError

        monkeypatch.setattr(Session, "save", fail)
        with pytest.raises(IntegrityError):
            session.save()

    @pytest.mark.parametrize("fault", ["deleted", "read_only"])
    def test_no_cursor_is_left_for_the_garbage_collector(self, client, fault):
        """It may run in another thread, which has to wait there for this connection.

        If this connection waits for that thread's lock in turn, all writes stand still until the
        database's timeout is over.
        """
        self.chain(client, fault)
        gc.collect()
        gc.set_debug(gc.DEBUG_SAVEALL)
        try:
            client.post(FIND_THE_CAUSE, {"fault": fault})
            gc.collect()
            cursors = [thing for thing in gc.garbage if issubclass(type(thing), sqlite3.Cursor)]
        finally:
            gc.set_debug(0)
            gc.garbage.clear()

        assert cursors == []
