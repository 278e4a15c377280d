"""A throw-away password in a cookie: made by the server, and checked there."""

import pytest
from django.test import Client

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db

URL = "/cookies/password/"


def checks(client):
    """Return whether the careless check and the real one let `client` in."""
    page = soup_of(client.get(URL))
    cells = [page.select_one(f'[data-check="{name}"]') for name in ("present", "known")]
    return [cell.get_text() == "yes: let in" for cell in cells]


@pytest.mark.parametrize(("data", "flag"), [({}, ""), ({"httponly": "on"}, "HttpOnly; ")])
def test_password_is_made_up_by_the_server(client, data, flag):
    response = client.post(URL, data)

    assert response.status_code == 302
    assert response.url == URL
    password = response.cookies["password"].value
    assert cookie_line(response, "password") == f"password={password}; {flag}Path=/"
    assert len(password) == 12
    fields = soup_of(client.get(URL)).select("#try form input:not([type=hidden])")
    assert [field["name"] for field in fields] == ["httponly"]


def test_what_the_visitor_types_is_not_used(client):
    response = client.post(URL, {"password": "hunter2"})

    assert response.cookies["password"].value != "hunter2"


def test_password_stands_on_the_page_for_all_eyes(client):
    password = client.post(URL).cookies["password"].value

    page = soup_of(client.get(URL))

    assert f"password={password}" in page.select_one("#eyes + .result").get_text()


def test_right_password_passes_both_checks(client):
    client.post(URL)

    assert checks(client) == [True, True]


@pytest.mark.parametrize("value", ["made-up", "", "ä", '"\\351\\000"', "x" * 3000])
def test_made_up_password_passes_the_careless_check_only(client, value):
    client.cookies["password"] = value

    assert checks(client) == [True, False]


def test_stranger_passes_none(client):
    Client().post(URL)

    assert checks(client) == [False, False]
