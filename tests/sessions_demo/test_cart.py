"""The shopping cart."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from sessions_demo.apparatus.catalog import PRODUCTS
from tests.helpers import row_of, soup_of

pytestmark = pytest.mark.django_db
CART = "/sessions/cart/"
SETTLED = "#predict [data-settled]"


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

    def test_page_offers_every_product_in_one_click(self, client):
        form = soup_of(client.get(CART)).select_one("#try form")

        for button in form.select("button"):
            post(client, form.find("input", attrs={"name": "action"})["value"], button["value"])

        assert cart_of(client) == dict.fromkeys(PRODUCTS, 1)

    def test_question_is_settled_while_something_is_in_the_cart(self, client):
        assert not soup_of(client.get(CART)).select_one(SETTLED)

        post(client, "add")

        assert soup_of(client.get(CART)).select_one(SETTLED)

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

        form = soup_of(client.get(CART)).select("#cart form")[-1]
        response = client.post(form["action"])

        assert response.status_code == 302
        assert response.url == CART
        assert row_of(client).get_decoded() == {"user_name": "Ada", "login_count": 1}

    def test_refuses_a_tenth_and_says_so(self, client):
        post(client, "change", quantity=8)
        post(client, "add")

        response = client.post(CART, {"action": "add", "product": "101"})

        assert response.status_code == 400
        assert soup_of(response).select("#try .errorlist li")
        assert cart_of(client) == {"101": 9}

    def test_removes_whatever_stands_in_the_field_beside_the_button(self, client):
        post(client, "add")
        page = soup_of(client.get(CART))
        button = page.find("button", attrs={"aria-label": "Remove Teapot"})
        form = page.find("form", id=button["form"])
        assert not form.find("input", attrs={"name": "quantity"})
        product = form.find("input", attrs={"name": "product"})["value"]

        response = client.post(CART, {"product": product, button["name"]: button["value"]})

        assert response.status_code == 302
        assert cart_of(client) == {}

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"action": "add", "product": "999", "quantity": "1"},
            {"action": "add"},
            {"action": "change", "product": "101"},
            {"action": "change", "product": "101", "quantity": "0"},
            {"action": "change", "product": "101", "quantity": "-5"},
            {"action": "change", "product": "101", "quantity": "10"},
            {"action": "change", "product": "101", "quantity": "9" * 5000},
            {"action": "change", "product": "101", "quantity": "two"},
            {"action": "give", "product": "101", "quantity": "1"},
        ],
    )
    def test_refuses_what_no_button_sends_and_keeps_the_cart(self, client, data):
        post(client, "add")

        response = client.post(CART, data)

        assert response.status_code == 400
        assert soup_of(response).select("#try .errorlist li")
        assert cart_of(client) == {"101": 1}

    def test_every_button_of_the_traps_is_refused(self, client):
        forms = soup_of(client.get(CART)).select('#traps form[action="#outcome-hand-made"]')
        for form in forms:
            fields = {field["name"]: field["value"] for field in form.select("input")}
            for button in form.select("button"):
                response = client.post(CART, {**fields, button["name"]: button["value"]})
                assert response.status_code == 400
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


def sign_in(client, username):
    """Sign in by the page's own form, and return what it says who that is."""
    form = soup_of(client.get(CART)).select_one("#survives form")
    password = form.find("input", attrs={"name": "password"})["value"]
    assert form.find("button", attrs={"name": "username", "value": username})
    response = client.post(form["action"], {"username": username, "password": password})
    assert response.status_code == 302
    assert response.url == CART
    return soup_of(client.get(CART)).select_one("#survives code").string


class TestCartAndLogin:
    def test_survives_other_pages_and_the_login_but_not_the_logout(self, client):
        post(client, "add")
        client.post("/sessions/set/", {"user_name": "Ada"})
        key = row_of(client).session_key

        assert sign_in(client, "ada") == "ada"
        assert cart_of(client) == {"101": 1}
        assert row_of(client).session_key != key

        client.post("/sessions/django-logout/")
        assert not Session.objects.exists()

    def test_stays_when_the_same_user_signs_in_again_and_goes_with_another(self, client):
        sign_in(client, "ada")
        post(client, "add")

        sign_in(client, "ada")
        assert cart_of(client) == {"101": 1}

        assert sign_in(client, "grace") == "grace"
        assert cart_of(client) is None

    def test_offers_a_fresh_start_to_a_reader_whom_an_earlier_lesson_left_signed_in(self, client):
        again = f'#survives form[action^="{reverse("forget_engines")}"]'
        assert not soup_of(client.get(CART)).select_one(again)

        client.post("/sessions/experiments/make-account/")
        form = soup_of(client.get(CART)).select_one(again)

        assert form.find("input", attrs={"name": "next"})["value"] == CART

    @pytest.mark.parametrize(
        "data", [{}, {"username": "root", "password": "throw-away"}, {"username": "ada"}]
    )
    def test_signs_nobody_in_without_an_account(self, client, data):
        post(client, "add")

        response = client.post("/sessions/experiments/sign-in-with-cart/", data)

        assert response.status_code == 400
        assert soup_of(response).find("a", href=CART)
        assert row_of(client).get_decoded() == {"cart": {"101": 1}}

    @pytest.mark.parametrize("name", ["sign-in-with-cart", "empty-cart"])
    def test_a_link_does_nothing(self, client, name):
        assert client.get(f"/sessions/experiments/{name}/").status_code == 405
