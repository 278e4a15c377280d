"""What a forged POST can do."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
HERE = {"host": "127.0.0.1:8000"}
ELSEWHERE = {"host": "localhost:8000"}
FORGED = "/cookies/forged-request/"
EXPERIMENTS = "/cookies/experiments"


class TestForgedRequest:
    @pytest.mark.parametrize(
        ("samesite", "attributes"),
        [
            ("None", "Path=/; SameSite=None; Secure"),
            ("absent", "Path=/"),
            ("Lax", "Path=/; SameSite=Lax"),
        ],
    )
    def test_opens_an_account_with_the_cookie_that_was_chosen(self, client, samesite, attributes):
        response = client.post(FORGED, {"samesite": samesite})

        assert response.status_code == 302
        assert response.url == FORGED
        assert cookie_line(response, "toy_account").partition("; ")[2] == attributes
        assert client.get(FORGED).context["transfers"] == []

    @pytest.mark.parametrize("data", [{}, {"samesite": "Strict; Domain=x"}])
    def test_unknown_choice_is_a_clear_error(self, client, data):
        response = client.post(FORGED, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert "toy_account" not in response.cookies

    def test_stranger_posts_to_this_site_and_shows_its_origin(self, client):
        response = client.get(f"{EXPERIMENTS}/prize/", headers=ELSEWHERE)

        actions = [form["action"] for form in soup_of(response).find_all("form")]
        base = f"http://127.0.0.1:8000{EXPERIMENTS}"
        assert actions == [f"{base}/unprotected/#outcome", f"{base}/protected/#outcome"]
        assert not soup_of(response).find("input")
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert directives_of(response)["form-action"] == (
            "'self' http://localhost:* http://127.0.0.1:*"
        )

    def test_forged_post_is_obeyed_by_the_unprotected_view(self, victim):
        response = forged_post(victim, "unprotected")

        assert response.status_code == 302
        assert response.url == FORGED
        page = victim.get(FORGED, headers=HERE)
        assert page.context["transfers"] == ["http://localhost:8000"]
        assert soup_of(page).select_one("#predict fieldset").has_attr("data-settled")

    def test_forged_post_without_the_cookie_finds_nobody(self):
        response = forged_post(Client(enforce_csrf_checks=True), "unprotected")

        assert response.status_code == 403
        page = soup_of(response).main
        assert "http://localhost:8000" in page.get_text()
        assert page.select_one("a.button")["href"] == FORGED

    def test_forged_post_is_refused_by_the_protected_view(self, victim):
        response = forged_post(victim, "protected")

        assert reason(response) == (
            "Origin checking failed - http://localhost:8000 does not match any trusted origins."
        )
        assert victim.get(FORGED).context["transfers"] == []

    def test_own_form_is_obeyed_by_the_protected_view(self, victim):
        page = soup_of(victim.get(FORGED, headers=HERE))
        form = page.find("form", action=f"{EXPERIMENTS}/protected/#outcome-token")
        token = form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
        headers = {**HERE, "origin": "http://127.0.0.1:8000"}

        response = victim.post(form["action"], {"csrfmiddlewaretoken": token}, headers=headers)

        assert response.status_code == 302
        page = victim.get(FORGED, headers=HERE)
        assert page.context["transfers"] == ["http://127.0.0.1:8000"]
        assert not soup_of(page).select_one("#predict fieldset").has_attr("data-settled")

    def test_two_more_reasons_to_be_refused(self, victim):
        token = soup_of(victim.get(FORGED)).find("input", attrs={"name": "csrfmiddlewaretoken"})
        form = soup_of(victim.get(f"{EXPERIMENTS}/no-token/")).main.form

        assert not form.find("input")
        assert reason(victim.post(form["action"])) == "CSRF token missing."

        data = {"csrfmiddlewaretoken": token["value"]}
        response = victim.post(f"{EXPERIMENTS}/no-token/", data)
        assert response.status_code == 302
        assert response.url == f"{EXPERIMENTS}/no-token/"
        assert response.cookies["csrftoken"]["max-age"] == 0
        del victim.cookies["csrftoken"]
        assert not victim.get(response.url).cookies
        assert reason(victim.post(form["action"])) == "CSRF cookie not set."

    def test_remembers_ten_transfers(self, victim):
        for _ in range(12):
            forged_post(victim, "unprotected")

        assert len(victim.get(FORGED).context["transfers"]) == 10

    def test_forgotten_or_made_up_account_is_nobodys(self, victim):
        cache.clear()
        assert forged_post(victim, "unprotected").status_code == 403
        assert victim.get(FORGED).context["transfers"] is None

        victim.cookies["toy_account"] = "made:up:value"
        assert forged_post(victim, "unprotected").status_code == 403


@pytest.fixture
def victim():
    """A browser with a toy account, for which CSRF is checked as it is in earnest."""
    client = Client(enforce_csrf_checks=True)
    token = soup_of(client.get(FORGED)).find("input", attrs={"name": "csrfmiddlewaretoken"})
    client.post(FORGED, {"samesite": "None", "csrfmiddlewaretoken": token["value"]})
    return client


def forged_post(client, name):
    headers = {**HERE, "origin": "http://localhost:8000"}
    return client.post(f"{EXPERIMENTS}/{name}/", headers=headers)


def reason(response):
    """Return Django's reason for refusing a form."""
    assert response.status_code == 403
    return soup_of(response).select_one("main article code").get_text()


def directives_of(response):
    """Return the Content-Security-Policy of a response as a dictionary."""
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}
