"""The form in several steps."""

import pytest

from tests.helpers import row_of, soup_of

pytestmark = pytest.mark.django_db
STEPS = "/sessions/steps/"
SETTLED = "#predict [data-settled]"


def answer(client, step, value):
    response = client.post(f"{STEPS}?step={step}", {step: value})
    assert response.status_code == 302
    assert response.url == STEPS


def asked(client):
    """Return the name of the field that the page asks for, or None at the end."""
    response = client.get(STEPS)
    assert response.status_code == 200
    field = soup_of(response).select_one("#try form [name]:not([type=hidden], button)")
    return field["name"] if field else None


def waiting(client):
    row = row_of(client)
    return row.get_decoded().get("booking") if row else None


class TestStepForm:
    def test_answers_wait_until_the_end(self, client):
        assert asked(client) == "day"
        answer(client, "day", "Friday")
        assert waiting(client) == {"day": "Friday"}
        assert asked(client) == "guests"
        answer(client, "guests", "4")
        assert asked(client) == "place"
        answer(client, "place", "outside")
        assert asked(client) is None
        assert waiting(client) == {"day": "Friday", "guests": 4, "place": "outside"}

        response = client.post(f"{STEPS}?step=confirm")

        assert response.status_code == 302
        assert row_of(client).get_decoded() == {
            "booked": {"day": "Friday", "guests": 4, "place": "outside"}
        }
        assert soup_of(client.get(STEPS)).find(id="booked")
        assert asked(client) == "day"

    def test_going_back_shows_the_answer_and_takes_a_new_one(self, client):
        answer(client, "day", "Saturday")
        answer(client, "guests", "4")

        page = soup_of(client.get(f"{STEPS}?step=day"))
        answer(client, "day", "Sunday")

        assert page.select_one("option[selected]")["value"] == "Saturday"
        assert waiting(client) == {"day": "Sunday", "guests": 4}
        assert asked(client) == "place"

    @pytest.mark.parametrize(
        ("done", "step", "first_missing"),
        [
            ([], "guests", "day"),
            ([], "place", "day"),
            ([], "confirm", "day"),
            (["day"], "place", "guests"),
            (["day"], "confirm", "guests"),
            (["day", "guests"], "confirm", "place"),
            (["day"], "dessert", "guests"),
            (["day"], "", "guests"),
        ],
    )
    def test_skipping_ahead_leads_to_the_first_missing_step(
        self, client, done, step, first_missing
    ):
        for name in done:
            answer(client, name, {"day": "Friday", "guests": "4"}[name])

        response = client.get(f"{STEPS}?step={step}")

        assert response.status_code == 302
        assert response.url == f"{STEPS}?step={first_missing}"

    def test_question_is_settled_where_step_3_led_to_step_2(self, client):
        answer(client, "day", "Friday")
        before = soup_of(client.get(STEPS))

        after = soup_of(client.get(f"{STEPS}?step=place", follow=True))

        assert not before.select(SETTLED)
        assert after.select(SETTLED)
        # To open step 2 itself leads to the same page, and must not show an outcome.
        assert after.find("a", string="Open step 3")["href"].endswith("#outcome")
        assert "#" not in after.find("a", string="Open step 2")["href"]

    @pytest.mark.parametrize("data", [{"place": "inside"}, {}])
    def test_answering_ahead_stores_nothing(self, client, data):
        answer(client, "day", "Friday")

        response = client.post(f"{STEPS}?step=place", data)

        assert response.status_code == 302
        assert response.url == f"{STEPS}?step=guests"
        assert waiting(client) == {"day": "Friday"}

    def test_abandoning_removes_the_answers_only(self, client):
        client.post("/sessions/set/", {"user_name": "Ada"})
        answer(client, "day", "Friday")

        response = client.post(f"{STEPS}?step=guests", {"abandon": "yes", "guests": "4"})

        assert response.status_code == 302
        assert response.url == STEPS
        assert row_of(client).get_decoded() == {"user_name": "Ada", "login_count": 1}

    @pytest.mark.parametrize("data", [{}, {"guests": "0"}, {"guests": "9"}, {"guests": "many"}])
    def test_refuses_a_bad_answer(self, client, data):
        answer(client, "day", "Friday")

        response = client.post(f"{STEPS}?step=guests", data)

        assert response.status_code == 400
        assert soup_of(response).select("#try .errorlist li")
        assert waiting(client) == {"day": "Friday"}
