"""Requests from another site: what the matrix notes, and what a forged POST can do."""

import time

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from cookies_demo.other_site import COOKIES, matrix, other_origin
from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db

HERE = {"host": "127.0.0.1:8000"}
ELSEWHERE = {"host": "localhost:8000"}
SAMESITE = "/cookies/samesite/"
FORGED = "/cookies/forged-request/"
EXPERIMENTS = "/cookies/experiments"


class TestOtherOrigin:
    @pytest.mark.parametrize(
        ("host", "origin"),
        [
            ("localhost:8000", "http://127.0.0.1:8000"),
            ("127.0.0.1:8000", "http://localhost:8000"),
            ("LocalHost", "http://127.0.0.1"),
            ("app.localhost:8000", ""),
            ("[::1]:8000", ""),
        ],
    )
    def test_is_the_other_name_on_the_same_port(self, host, origin):
        request = RequestFactory().get("/", headers={"host": host})

        assert other_origin(request) == origin

    def test_is_none_if_the_site_does_not_answer_to_it(self, settings):
        settings.ALLOWED_HOSTS = ["127.0.0.1"]

        assert other_origin(RequestFactory().get("/", headers=HERE)) == ""

    def test_is_none_elsewhere_even_if_every_host_is_allowed(self, settings):
        settings.ALLOWED_HOSTS = ["*"]

        assert other_origin(RequestFactory().get("/", headers={"host": "10.1.2.3:8000"})) == ""

    def test_is_https_where_the_site_is(self):
        request = RequestFactory().get("/", headers=HERE, secure=True)

        assert other_origin(request) == "https://localhost:8000"

    @pytest.mark.parametrize("path", [SAMESITE, FORGED, "/cookies/tracking/"])
    def test_lessons_link_to_it_and_say_when_there_is_none(self, client, path):
        if path == SAMESITE:
            client.post(path)

        with_twin = soup_of(client.get(path, headers=HERE)).select_one("#try")
        without = soup_of(client.get(path)).select_one("#try")

        links = "a[href^='http://localhost:8000/cookies/experiments/']"
        assert len(with_twin.select(links)) == 1
        assert not without.select("a[href^='http']")
        assert "no second name" in without.get_text()


class TestSameSite:
    def test_sets_four_cookies_that_differ_in_samesite(self, client):
        response = client.post(SAMESITE)

        assert response.status_code == 302
        assert response.url == SAMESITE
        run = response.cookies["samesite_lax"].value
        assert [cookie_line(response, name) for name in COOKIES] == [
            f"samesite_strict={run}; Path=/; SameSite=Strict",
            f"samesite_lax={run}; Path=/; SameSite=Lax",
            f"samesite_none={run}; Path=/; SameSite=None; Secure",
            f"samesite_absent={run}; Path=/",
        ]

    def test_stranger_sends_five_kinds_of_requests_to_this_site(self, client):
        run = run_of(client)

        response = client.get(f"{EXPERIMENTS}/stranger/{run}/", headers=ELSEWHERE)

        page = soup_of(response)
        base = f"http://127.0.0.1:8000{EXPERIMENTS}/arrival/{run}"
        assert page.form["action"] == f"{base}/post/"
        assert page.select_one("main a")["href"] == f"{base}/link/"
        assert page.iframe["src"] == f"{base}/frame/"
        assert page.img["src"] == f"{base}/image/"
        assert page.select_one("[data-fetch]")["data-fetch"] == f"{base}/fetch/"
        assert not page.find("input", attrs={"name": "csrfmiddlewaretoken"})

    def test_stranger_is_let_out_to_the_two_names_only(self, client):
        response = client.get(f"{EXPERIMENTS}/stranger/{run_of(client)}/", headers=ELSEWHERE)

        directives = directives_of(response)
        both = "http://localhost:* http://127.0.0.1:*"
        assert directives["frame-src"] == both
        for name in ["img-src", "connect-src", "form-action"]:
            assert directives[name] == f"'self' {both}"
        assert directives["script-src"] == "'self'"
        assert directives["frame-ancestors"] == "'none'"

    def test_frame_may_be_shown_by_the_two_names_only(self, client):
        response = client.get(arrival(run_of(client), "frame"))

        assert response.status_code == 200
        assert not response.has_header("X-Frame-Options")
        expected = "http://localhost:* http://127.0.0.1:*"
        assert directives_of(response)["frame-ancestors"] == expected
        assert not [name for name in response.headers if name.startswith("Access-Control")]

    @pytest.mark.parametrize(
        ("kind", "status", "content_type"),
        [("image", 200, "image/gif"), ("fetch", 204, "text/html"), ("frame", 200, "text/html")],
    )
    def test_answers_as_the_kind_needs(self, client, kind, status, content_type):
        response = client.get(arrival(run_of(client), kind))

        assert response.status_code == status
        assert response["Content-Type"].split(";")[0] == content_type

    def test_link_and_form_lead_back_without_a_token(self):
        client = Client(enforce_csrf_checks=True)
        run = f"{time.time():.0f}-abcdefABCDEF"

        for response in [client.get(arrival(run, "link")), client.post(arrival(run, "post"))]:
            assert response.status_code == 302
            assert response.url == f"{SAMESITE}#try"

    def test_notes_what_came_beside_the_rule(self, client):
        run = run_of(client)
        del client.cookies["samesite_strict"]

        client.get(arrival(run, "link"))

        link, *others = matrix(run)
        assert link["kind"] == "link"
        assert [cell["came"] for cell in link["cells"]] == [False, True, True, True]
        assert [cell["rule"] for cell in link["cells"]] == [False, True, True, True]
        assert all(cell["came"] is None for row in others for cell in row["cells"])
        cells = soup_of(client.get(SAMESITE)).select("#link td b")
        assert [cell.get_text() for cell in cells] == ["stayed", "came", "came", "came"]

    def test_marks_what_differs_from_the_rule(self, client):
        run = run_of(client)
        del client.cookies["samesite_strict"], client.cookies["samesite_none"]

        client.get(arrival(run, "link"))

        cells = soup_of(client.get(SAMESITE)).select("#link td")
        marked = [cell.get("class") == ["differs"] for cell in cells]
        assert marked == [False, False, True, False]

    @pytest.mark.parametrize(("age", "rule"), [(115, True), (125, False)])
    def test_rule_for_a_form_changes_after_two_minutes(self, age, rule):
        run = f"{time.time() - age:.0f}-abcdefABCDEF"
        Client().post(arrival(run, "post"))

        row = matrix(run)[1]

        assert row["kind"] == "post"
        assert row["age"] == pytest.approx(age, abs=3)
        assert [cell["rule"] for cell in row["cells"]] == [False, False, True, rule]

    def test_cookie_of_another_run_does_not_count(self, client):
        run_of(client)
        other = f"{time.time():.0f}-otherOTHERot"

        client.get(arrival(other, "link"))

        assert [cell["came"] for cell in matrix(other)[0]["cells"]] == [False] * 4

    @pytest.mark.parametrize("value", ["", "x", "a b\x7f", "1" * 300, "1234567890-../../../.."])
    def test_survives_any_value_in_the_cookie(self, client, value):
        response = client.get(SAMESITE, headers={"cookie": f"samesite_lax={value}"})

        assert response.status_code == 200
        assert {cell.get_text() for cell in soup_of(response).select("#matrix td b")} == {"–"}

    @pytest.mark.parametrize(("kind", "method"), [("post", "get"), ("link", "post")])
    def test_wrong_method_is_no_arrival(self, client, kind, method):
        run = run_of(client)

        assert getattr(client, method)(arrival(run, kind)).status_code == 404
        assert all(cell["came"] is None for row in matrix(run) for cell in row["cells"])


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
        assert actions == [f"{base}/unprotected/", f"{base}/protected/"]
        assert not soup_of(response).find("input")
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert directives_of(response)["form-action"] == (
            "'self' http://localhost:* http://127.0.0.1:*"
        )

    def test_forged_post_is_obeyed_by_the_unprotected_view(self, victim):
        response = forged_post(victim, "unprotected")

        assert response.status_code == 302
        assert response.url == FORGED
        assert victim.get(FORGED).context["transfers"] == ["http://localhost:8000"]

    def test_forged_post_without_the_cookie_finds_nobody(self):
        response = forged_post(Client(enforce_csrf_checks=True), "unprotected")

        assert response.status_code == 403
        assert "http://localhost:8000" in soup_of(response).main.get_text()

    def test_forged_post_is_refused_by_the_protected_view(self, victim):
        response = forged_post(victim, "protected")

        assert reason(response) == (
            "Origin checking failed - http://localhost:8000 does not match any trusted origins."
        )
        assert victim.get(FORGED).context["transfers"] == []

    def test_own_form_is_obeyed_by_the_protected_view(self, victim):
        page = soup_of(victim.get(FORGED, headers=HERE))
        form = page.find("form", action=f"{EXPERIMENTS}/protected/")
        token = form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
        headers = {**HERE, "origin": "http://127.0.0.1:8000"}

        response = victim.post(form["action"], {"csrfmiddlewaretoken": token}, headers=headers)

        assert response.status_code == 302
        assert victim.get(FORGED).context["transfers"] == ["http://127.0.0.1:8000"]

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


def run_of(client):
    """Set the four cookies in `client`, and return the run that they belong to."""
    return client.post(SAMESITE).cookies["samesite_lax"].value


def arrival(run, kind):
    return f"{EXPERIMENTS}/arrival/{run}/{kind}/"


def forged_post(client, name):
    headers = {**HERE, "origin": "http://localhost:8000"}
    return client.post(f"{EXPERIMENTS}/{name}/", headers=headers)


def reason(response):
    """Return Django's reason for refusing a form."""
    assert response.status_code == 403
    return soup_of(response).q.get_text()


def directives_of(response):
    """Return the Content-Security-Policy of a response as a dictionary."""
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}
