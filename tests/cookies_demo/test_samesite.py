"""Which cookies come with requests that another site starts."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from cookies_demo.experiments.samesite import COOKIES, matrix
from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
HERE = {"host": "127.0.0.1:8000"}
ELSEWHERE = {"host": "localhost:8000"}
SAMESITE = "/cookies/samesite/"
EXPERIMENTS = "/cookies/experiments"


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

    @pytest.mark.parametrize(
        ("cookie", "shown"),
        [
            ("", []),
            ("samesite_lax=1", ["samesite_lax", "samesite_strict"]),
            ("samesite_lax=1; samesite_strict=1", ["samesite_strict"]),
        ],
    )
    def test_says_whether_strict_came_with_the_page_itself(self, client, cookie, shown):
        line = soup_of(client.get(SAMESITE, headers={"cookie": cookie})).select_one("#this-request")

        assert [code.get_text() for code in line.select("code")] == shown
        assert bool(line.b) == (cookie == "samesite_lax=1")

    def test_wrong_method_leads_back_to_the_lesson(self, client):
        response = client.get(arrival(run_of(client), "post"))

        assert response.status_code == 404
        assert soup_of(response).select_one("main a.button")["href"] == SAMESITE

    def test_stranger_sends_five_kinds_of_requests_to_this_site(self, client):
        run = run_of(client)

        response = client.get(f"{EXPERIMENTS}/stranger/{run}/", headers=ELSEWHERE)

        page = soup_of(response)
        base = f"http://127.0.0.1:8000{EXPERIMENTS}/arrival/{run}"
        assert page.form["action"] == f"{base}/post/#post"
        links = [link["href"] for link in page.select("main a")]
        assert links == [f"{base}/link/#outcome", f"http://127.0.0.1:8000{SAMESITE}#try"]
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
            assert directives[name].removeprefix("'self' data: ").removeprefix("'self' ") == both
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
            assert response.url == SAMESITE

    def test_notes_what_came_beside_the_rule(self, client):
        run = run_of(client)
        del client.cookies["samesite_strict"]

        client.get(arrival(run, "link"))

        link, *others = matrix(run)
        assert link["kind"] == "link"
        assert [cell["came"] for cell in link["cells"]] == [False, True, True, True]
        assert [cell["rule"] for cell in link["cells"]] == [False, True, True, True]
        assert all(cell["came"] is None for row in others for cell in row["cells"])
        page = soup_of(client.get(SAMESITE))
        cells = page.select("#link td b")
        assert [cell.get_text() for cell in cells] == ["stayed", "came", "came", "came"]
        assert not page.select("#link small")
        assert page.select_one("#predict fieldset").has_attr("data-settled")

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

    def test_only_a_link_settles_the_question(self, client):
        run = run_of(client)
        client.post(arrival(run, "post"))

        question = soup_of(client.get(SAMESITE)).select_one("#predict fieldset")

        assert not question.has_attr("data-settled")

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


def run_of(client):
    """Set the four cookies in `client`, and return the run that they belong to."""
    return client.post(SAMESITE).cookies["samesite_lax"].value


def arrival(run, kind):
    return f"{EXPERIMENTS}/arrival/{run}/{kind}/"


def directives_of(response):
    """Return the Content-Security-Policy of a response as a dictionary."""
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


class TestInYourBrowser:
    """One table says where browsers differ, and the other lessons lead to it."""

    LINK = f"{SAMESITE}#in-your-browser"

    def test_names_three_browsers_for_each_point(self, client):
        page = soup_of(client.get(SAMESITE))

        rows = page.select("#in-your-browser ~ table tbody tr")
        assert len(rows) == 6
        for row in rows:
            assert [cell["data-label"] for cell in row.select("td")] == [
                "Chromium, Chrome",
                "Firefox",
                "Safari",
            ]

    @pytest.mark.parametrize(
        "name", ["cookie_limits", "name_prefixes", "tracking", "forged_request"]
    )
    def test_is_linked_where_it_matters(self, client, name):
        page = soup_of(client.get(reverse(f"cookies_demo:{name}")))

        assert page.select_one(f"main a[href='{self.LINK}']")


class TestWithoutASecondName:
    """What needs another site says so where there is none, and where it does run."""

    LESSONS = ["samesite", "tracking", "forged_request"]

    @pytest.mark.parametrize("name", LESSONS)
    def test_leads_to_a_host_that_has_one(self, client, name):
        path = reverse(f"cookies_demo:{name}")

        page = soup_of(client.get(path, headers={"host": "shop.app.localhost:8000"}))

        (notice,) = page.select("[data-one-name-only]")
        assert notice.find_next("a")["href"] == f"http://127.0.0.1:8000{path}"

    @pytest.mark.parametrize("name", LESSONS)
    def test_names_the_setting_where_no_link_can_lead(self, client, name):
        page = soup_of(client.get(reverse(f"cookies_demo:{name}")))

        (notice,) = page.select("[data-one-name-only]")
        assert "ALLOWED_HOSTS" in notice.get_text()

    @pytest.mark.parametrize("name", LESSONS)
    def test_is_not_said_where_there_is_one(self, client, name):
        page = soup_of(client.get(reverse(f"cookies_demo:{name}"), headers=HERE))

        assert not page.select("[data-one-name-only]")

    @pytest.mark.parametrize(
        ("path", "lesson"),
        [
            (f"{EXPERIMENTS}/news/", "tracking"),
            (f"{EXPERIMENTS}/prize/", "forged_request"),
            (f"{EXPERIMENTS}/stranger/1234567890-abcdefABCDEF/", "samesite"),
        ],
    )
    def test_page_that_plays_another_site_leads_back(self, client, path, lesson):
        response = client.get(path)

        assert response.status_code == 200
        links = [link["href"] for link in soup_of(response).select("main a")]
        assert links == [reverse(f"cookies_demo:{lesson}")]
