"""The shopping cart."""

import pytest
from django.contrib.sessions.models import Session

from sessions_demo.apparatus.catalog import PRODUCTS
from tests.helpers import row_of, soup_of

pytestmark = pytest.mark.django_db
CART = "/sessions/cart/"


def post(client, action, product="101", quantity=1):
    response = client.post(CART, {"action": action, "product": product, "quantity": quantity})
    assert response.status_code == 302
    assert response.url == CART


def cart_of(client):
    return row_of(client).get_decoded().get("cart")


class TestShoppingCart:
    def test_holds_ids_as_text_and_quantities(self, client):
        post(client, "add", "101")
        post(client, "add", "101")
        post(client, "add", "105")

        assert row_of(client).get_decoded() == {"cart": {"101": 2, "105": 1}}

    def test_change_sets_the_quantity(self, client):
        post(client, "add")

        post(client, "change", quantity=7)

        assert cart_of(client) == {"101": 7}

    def test_remove_takes_one_product_out(self, client):
        post(client, "add", "101")
        post(client, "add", "105")

        post(client, "remove", "101")
        post(client, "remove", "102")

        assert cart_of(client) == {"105": 1}

    def test_empty_takes_everything_out_and_nothing_else(self, client):
        client.post("/sessions/set/", {"user_name": "Ada"})
        post(client, "add")

        response = client.post(CART, {"action": "empty"})

        assert response.status_code == 302
        assert row_of(client).get_decoded() == {"user_name": "Ada", "login_count": 1}

    def test_adding_stops_at_nine(self, client):
        post(client, "change", quantity=9)

        post(client, "add")

        assert cart_of(client) == {"101": 9}

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"action": "add", "product": "999", "quantity": "1"},
            {"action": "add", "product": "101"},
            {"action": "add", "product": "101", "quantity": "0"},
            {"action": "add", "product": "101", "quantity": "-5"},
            {"action": "change", "product": "101", "quantity": "10"},
            {"action": "change", "product": "101", "quantity": "9" * 5000},
            {"action": "change", "product": "101", "quantity": "two"},
            {"action": "give", "product": "101", "quantity": "1"},
        ],
    )
    def test_refuses_what_no_button_sends_and_keeps_the_cart(self, client, data):
        post(client, "add")

        response = client.post(CART, data)

        assert response.status_code == 200
        assert soup_of(response).select("#try .errorlist li")
        assert cart_of(client) == {"101": 1}

    def test_every_button_of_the_traps_is_refused(self, client):
        forms = soup_of(client.get(CART)).select("#traps form")
        for form in forms:
            fields = {field["name"]: field["value"] for field in form.select("input")}
            for button in form.select("button"):
                response = client.post(CART, {**fields, button["name"]: button["value"]})
                assert soup_of(response).select("#try .errorlist li")

        assert forms
        assert not Session.objects.exists()

    def test_looks_up_names_and_prices(self, client):
        post(client, "change", "101", 2)
        post(client, "add", "105")

        page = soup_of(client.get(CART))

        names = [name.get_text() for name in page.select("#cart th")]
        assert names == ["Teapot", "Honey", "Together"]
        assert page.find(id="total").get_text() == "$54.30"

    def test_passes_over_what_is_no_longer_sold(self, client, monkeypatch):
        post(client, "add", "101")
        post(client, "add", "105")
        monkeypatch.delitem(PRODUCTS, "101")

        page = soup_of(client.get(CART))

        assert [name.get_text() for name in page.select("#cart th")] == ["Honey", "Together"]

    def test_survives_other_pages_and_the_login_but_not_the_logout(self, client):
        post(client, "add")

        client.post("/sessions/set/", {"user_name": "Ada"})
        client.post("/sessions/django-login/", {"username": "ada", "password": "throw-away"})
        assert cart_of(client) == {"101": 1}

        client.post("/sessions/django-logout/")
        assert not Session.objects.exists()
