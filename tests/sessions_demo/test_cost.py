"""What a session costs."""

import pytest
from django.contrib.sessions.models import Session

from sessions_demo.apparatus import costs
from sessions_demo.apparatus.costs import cost_of, leave_alone, save_untouched
from tests.helpers import row_of, soup_of

COST = "/sessions/cost/"
SETTLED = "#predict [data-settled]"
pytestmark = pytest.mark.django_db


class TestSessionCost:
    def test_queries_and_bytes_of_each_request(self, client):
        client.post(COST, {"action": "requests"})

        measured = row_of(client).get_decoded()["costs"]["requests"]
        assert [(cost["view"], cost["queries"]) for cost in measured] == [
            ("change", ["SELECT", "INSERT"]),
            ("leave_alone", []),
            ("read", ["SELECT"]),
            ("change", ["SELECT", "UPDATE"]),
            ("save_untouched", ["SELECT", "UPDATE"]),
        ]
        assert [cost["cookie"] for cost in measured] == [0, 42, 42, 42, 42]
        assert [cost["set_cookie"] > 0 for cost in measured] == [True, False, False, True, True]
        assert len(soup_of(client.get(COST)).select("#queries tbody tr")) == 5
        assert Session.objects.get() == row_of(client)

    def test_view_that_saves_untouched_costs_what_the_setting_costs(self, client, settings):
        client.post(COST, {"action": "requests"})
        key = row_of(client).pk
        by_view = cost_of(save_untouched, key)
        settings.SESSION_SAVE_EVERY_REQUEST = True

        by_setting = cost_of(leave_alone, key)

        assert by_setting["queries"] == by_view["queries"] == ["SELECT", "UPDATE"]
        assert by_setting["set_cookie"] == by_view["set_cookie"] > 0

    def test_rows_grow_and_are_gone_afterward(self, client):
        client.post(COST, {"action": "sizes"})

        small, middle, large = row_of(client).get_decoded()["costs"]["sizes"]
        assert small["row"] > 1000
        assert middle["row"] > 10_000
        assert large["row"] > 100_000
        assert all(cost[act] > 0 for cost in (small, middle, large) for act in ("read", "save"))
        assert Session.objects.get() == row_of(client)

    def test_question_is_settled_where_reading_took_longer_beside_more(self, client, monkeypatch):
        times = iter([2, 2, 2, 1, 2, 3])

        def cost_of_size(kilobytes):
            return {"kilobytes": kilobytes, "row": 1, "read": next(times), "save": 1}

        monkeypatch.setattr(costs, "cost_of_size", cost_of_size)
        settled = []
        for _ in range(2):
            client.post(COST, {"action": "sizes"})
            settled.append(bool(soup_of(client.get(COST)).select(SETTLED)))

        assert settled == [False, True]

    def test_own_session_stays_small_and_forgets(self, client):
        client.post(COST, {"action": "requests"})
        client.post(COST, {"action": "sizes"})
        assert len(row_of(client).session_data) < 2000

        response = client.post(COST, {"action": "forget"})

        assert response.status_code == 302
        assert row_of(client).get_decoded() == {}

    @pytest.mark.parametrize("action", ["requests", "sizes"])
    def test_third_at_once_is_asked_to_wait_and_loses_nothing(self, client, monkeypatch, action):
        monkeypatch.setattr(costs, "PLACES", costs.BoundedSemaphore(2))
        assert costs.PLACES.acquire(blocking=False)
        assert client.post(COST, {"action": "requests"}).status_code == 302
        before = row_of(client).get_decoded()
        assert costs.PLACES.acquire(blocking=False)

        response = client.post(COST, {"action": action})

        assert response.status_code == 429
        page = soup_of(response)
        assert page.select_one("#try .error")
        assert len(page.select("#queries tbody tr")) == 5
        assert row_of(client).get_decoded() == before
        costs.PLACES.release()
        assert client.post(COST, {"action": action}).status_code == 302

    def test_place_is_free_again_after_an_error(self, client, monkeypatch):
        def fail(size):
            raise RuntimeError

        monkeypatch.setattr(costs, "PLACES", costs.BoundedSemaphore(1))
        monkeypatch.setattr(costs, "cost_of_size", fail)
        with pytest.raises(RuntimeError):
            client.post(COST, {"action": "sizes"})

        assert costs.PLACES.acquire(blocking=False)

    def test_row_grows_about_ninetyfold(self, client):
        """The page says so."""
        client.post(COST, {"action": "sizes"})

        small, _, large = row_of(client).get_decoded()["costs"]["sizes"]
        assert 85 < large["row"] / small["row"] < 95

    def test_refuses_other_actions(self, client):
        response = client.post(COST, {"action": "9999"})

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
