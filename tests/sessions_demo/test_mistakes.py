"""The common mistakes with sessions: what each leads to, and that its mended twin does not."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from sessions_demo.experiments import mistakes as twins
from sessions_demo.models import Product
from sessions_demo.views import mistakes
from tests.helpers import row_of, soup_of

pytestmark = pytest.mark.django_db
SETTLED = "#predict [data-settled]"


def text_of(client, path, selector):
    """Return the text at `selector` on the page at `path`, with single spaces."""
    return " ".join(soup_of(client.get(path)).select_one(selector).get_text(" ").split())


class Page:
    """A lesson in the hands of one browser: press its buttons, read its facts."""

    def __init__(self, client, path):
        self.client, self.path = client, path

    def press(self, **button):
        self.post(self.path, button)

    def experiment(self, name, **button):
        self.post(f"/sessions/experiments/{name}/", button)

    def post(self, path, data):
        response = self.client.post(path, data)
        assert response.status_code == 302
        assert response.url == self.path

    def shows(self, selector):
        return text_of(self.client, self.path, selector)

    def is_settled(self):
        return bool(soup_of(self.client.get(self.path)).select(SETTLED))


class TestSharedComputer:
    @pytest.fixture
    def computer(self, client):
        computer = Page(client, "/sessions/shared-computer/")
        computer.press(action="Ada")
        computer.press(action="search")
        return computer

    def test_forgetful_logout_gives_the_search_to_the_next_person(self, computer, client):
        key = row_of(client).session_key
        computer.press(action="leave")
        assert computer.shows("#next-person") == "Nobody is signed in."

        computer.press(action="Grace")

        assert "Grace . Your last search: lung specialist" in computer.shows("#next-person")
        assert computer.is_settled()
        assert row_of(client).session_key == key

    def test_flush_leaves_nothing_for_the_next_person(self, computer, client):
        computer.experiment("sign-out-with-flush")
        assert not Session.objects.exists()
        assert client.cookies["sessionid"]["max-age"] == 0

        computer.press(action="Grace")

        assert "Grace . Your last search: none" in computer.shows("#next-person")
        assert row_of(client).get_decoded() == {"user_id": "Grace"}

    def test_grace_can_only_see_a_search_of_ada(self, computer):
        """Or the question would be settled by a search of her own."""
        search = '#try button[value="search"]'
        assert computer.shows(search) == "Search"
        assert not computer.is_settled()

        computer.experiment("sign-out-with-flush")
        computer.press(action="Grace")

        assert not computer.is_settled()
        assert not soup_of(computer.client.get(computer.path)).select(search)

    def test_signing_in_over_somebody_else_keeps_the_search(self, computer, client):
        computer.press(action="Grace")

        assert row_of(client).get_decoded() == {
            "user_id": "Grace",
            "last_search": "lung specialist",
        }

    @pytest.mark.parametrize("data", [{}, {"action": "Mallory"}, {"action": "search"}])
    def test_refuses_strangers_and_unknown_buttons(self, client, data):
        response = client.post("/sessions/shared-computer/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert not Session.objects.exists()


class TestModuleVariable:
    @pytest.fixture(autouse=True)
    def _fresh_module(self, monkeypatch):
        monkeypatch.setattr(mistakes, "your_drink", None)

    def test_every_browser_sees_and_changes_the_variable(self, client):
        here = Page(client, "/sessions/module-variable/")
        elsewhere = Page(Client(), here.path)
        assert here.shows("#everyone") == "nothing"

        here.press(drink="tea")
        assert elsewhere.shows("#everyone") == "tea"

        elsewhere.press(drink="coffee")
        assert here.shows("#everyone") == "coffee"
        assert not Session.objects.exists()

    def test_question_is_settled_by_a_stranger_who_finds_the_tea(self, client):
        here = Page(client, "/sessions/module-variable/")
        settled = [here.is_settled()]
        for drink in ("coffee", "tea"):
            here.press(drink=drink)
            settled += [here.is_settled(), Page(Client(), here.path).is_settled()]

        assert settled == [False, False, False, False, True]

    def test_session_is_each_browsers_own(self, client):
        here = Page(client, "/sessions/module-variable/")
        elsewhere = Page(Client(), here.path)

        here.experiment("drink-in-session", drink="tea")
        elsewhere.experiment("drink-in-session", drink="coffee")

        assert here.shows("#mended") == "tea"
        assert elsewhere.shows("#mended") == "coffee"
        assert here.shows("#everyone") == "nothing"

    @pytest.mark.parametrize("path", ["module-variable", "experiments/drink-in-session"])
    @pytest.mark.parametrize("data", [{}, {"drink": "<b>words for others</b>"}])
    def test_only_the_fixed_choices_can_be_written(self, client, path, data):
        response = client.post(f"/sessions/{path}/", data)

        assert response.status_code == 400
        page = soup_of(response)
        assert page.select_one('#try .error, main a[href="/sessions/module-variable/"]')
        assert mistakes.your_drink is None
        assert not Session.objects.exists()


class TestWholeObject:
    @pytest.fixture
    def shop(self, client):
        shop = Page(client, "/sessions/whole-object/")
        shop.experiment("change-product", action="sell")
        shop.press(action="choose")
        shop.experiment("choose-by-id", action="choose")
        return shop

    def buy_both(self, shop):
        shop.press(action="buy")
        shop.experiment("choose-by-id", action="buy")

    def test_copy_keeps_the_old_price_and_the_id_leads_to_the_new_one(self, shop, client):
        assert not shop.is_settled()
        shop.experiment("change-product", action="raise")
        assert shop.is_settled()
        self.buy_both(shop)

        product = Product.objects.get()
        assert product.price == 10
        assert row_of(client).get_decoded() == {
            "on_sale": product.pk,
            "product": {"id": product.pk, "name": "mug", "price": 8},
            "product_id": product.pk,
            "paid_by_copy": 8,
            "paid_by_id": 10,
        }
        assert shop.shows("#stale").endswith("$8 $8")
        assert shop.shows("#mended").endswith("$10")

    def test_id_that_leads_nowhere_is_dropped(self, shop, client):
        shop.experiment("change-product", action="withdraw")
        self.buy_both(shop)

        assert not Product.objects.exists()
        data = row_of(client).get_decoded()
        assert data["paid_by_copy"] == 8
        assert data["paid_by_id"] == 0
        assert "product_id" not in data
        assert "led nowhere" in shop.shows("#mended")

    def test_choosing_again_begins_with_nothing_paid(self, shop, client):
        self.buy_both(shop)

        shop.press(action="choose")
        shop.experiment("choose-by-id", action="choose")

        assert row_of(client).get_decoded().keys() == {"on_sale", "product", "product_id"}

    def test_no_other_browser_sees_the_mug(self, shop):
        elsewhere = Page(Client(), shop.path)
        assert "not on sale" in elsewhere.shows("#try table")

        response = elsewhere.client.post(
            "/sessions/experiments/change-product/", {"action": "raise"}
        )

        assert response.status_code == 400
        assert soup_of(response).select_one(f'main a[href="{shop.path}"]')
        assert Product.objects.get().price == 8

    @pytest.mark.parametrize("data", [{}, {"action": "choose"}, {"action": "buy"}])
    def test_nothing_to_choose_is_a_clear_error(self, client, data):
        response = client.post("/sessions/whole-object/", data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")

    @pytest.mark.parametrize("data", [{}, {"action": "choose"}, {"action": "buy"}])
    def test_no_id_to_choose_is_a_page_with_a_way_back(self, client, data):
        response = client.post(reverse("sessions_demo:choose_by_id"), data)

        assert response.status_code == 400
        assert soup_of(response).select_one('main a[href="/sessions/whole-object/"]')
        assert not Session.objects.exists()

    def test_making_a_product_deletes_those_an_hour_old(self, shop):
        from datetime import timedelta

        from django.utils import timezone

        old = Product.objects.get()
        Product.objects.update(made=timezone.now() - timedelta(minutes=61))

        Page(Client(), shop.path).experiment("change-product", action="sell")

        assert Product.objects.get() != old


class TestStoredPassword:
    def test_password_lies_readable_in_the_row(self, client):
        page = Page(client, "/sessions/stored-password/")
        page.press()

        password = row_of(client).get_decoded()["password"]
        assert len(password) == 12
        assert password in page.shows("#readable")

    def test_fact_takes_the_place_of_the_password(self, client):
        page = Page(client, "/sessions/stored-password/")
        page.press()
        assert page.is_settled()

        page.experiment("store-the-fact", action="confirm")

        assert not page.is_settled()
        assert row_of(client).get_decoded().keys() == {"confirmed_at", "answer"}

    @pytest.mark.parametrize(
        ("seconds", "answer"), [(0, "Allowed"), (299, "Allowed"), (300, "Confirm first.")]
    )
    def test_fact_is_good_for_five_minutes(self, client, monkeypatch, seconds, answer):
        page = Page(client, "/sessions/stored-password/")
        now = 1_000_000_000
        monkeypatch.setattr(twins, "time", lambda: now)
        page.experiment("store-the-fact", action="confirm")

        monkeypatch.setattr(
            "sessions_demo.experiments.mistakes.time", lambda: 1_000_000_000 + seconds
        )
        page.experiment("store-the-fact", action="use")

        assert row_of(client).get_decoded()["answer"].startswith(answer)

    def test_unknown_button_is_a_page_with_a_way_back(self, client):
        response = client.post(reverse("sessions_demo:store_the_fact"))

        assert response.status_code == 400
        assert soup_of(response).select_one('main a[href="/sessions/stored-password/"]')
        assert not Session.objects.exists()

    def test_nothing_is_allowed_without_the_fact(self, client):
        Page(client, "/sessions/stored-password/").experiment("store-the-fact", action="use")

        assert row_of(client).get_decoded()["answer"] == "Confirm first."
