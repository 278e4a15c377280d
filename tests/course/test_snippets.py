"""The views of the notes, run as they stand and mended: what they answer, write and leave."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import resolve, reverse

from course.lessons import lesson_cookies
from course.notes import View, views
from course.run_pages import ACCOUNT, LONGEST
from course.running import MOST
from course.snippets import COOKIES, SESSION_KEYS
from tests.helpers import cookie_line, row_of, soup_of

pytestmark = pytest.mark.django_db

VIEWS = list(views())
TWINS = ["noted", "mended"]
SCRIPT = "<script>alert(1)</script>"

each_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.part} {view.name}")


def run(client, part, name, twin, method, **data):
    """Press a button on the page of a view, and return the response."""
    response = client.post(View(part, name).url, {"run": f"{twin} {method}", **data})
    assert response.status_code == 200
    return response


def answer_in(response, twin):
    """Return what the page shows of an answer, as a dictionary without what is absent."""
    answer = soup_of(response).select_one(f"#{twin} .answer")
    if not answer.has_attr("data-status"):
        return None
    shown = {"status": int(answer["data-status"])}
    for fact in ["error", "location", "body"]:
        if element := answer.select_one(f"[data-{fact}]"):
            shown[fact] = element.get_text()
    lines = [line.get_text() for line in answer.select("[data-set-cookie]")]
    return shown | ({"set_cookies": lines} if lines else {})


def ask(client, part, name, twin, method, **data):
    """Press a button, and return what the page shows of the answer."""
    return answer_in(run(client, part, name, twin, method, **data), twin)


def session_of(client):
    """Return the data in the row that the client's cookie opens, or None without a row."""
    row = row_of(client)
    return row.get_decoded() if row else None


class TestSessionViews:
    def test_set_session_writes_on_get_as_noted(self, client):
        answer = ask(client, "sessions", "set_session", "noted", "GET")

        assert answer == {"status": 200, "body": "Session set"}
        assert session_of(client) == {"user_name": "Emmanuel", "login_count": 1}

    def test_set_session_takes_only_a_post_mended(self, client):
        assert ask(client, "sessions", "set_session", "mended", "GET")["status"] == 405
        assert not Session.objects.exists()

        assert ask(client, "sessions", "set_session", "mended", "POST")["status"] == 200
        assert session_of(client) == {"user_name": "Emmanuel", "login_count": 1}

    def test_get_session_prints_a_script_as_noted_and_escapes_it_mended(self, client):
        client.post(reverse("notes:write", args=["sessions", "get_session"]), {"value": SCRIPT})

        noted = ask(client, "sessions", "get_session", "noted", "GET")
        mended = ask(client, "sessions", "get_session", "mended", "GET")

        assert noted == {"status": 200, "body": f"Name: {SCRIPT}, Count: None"}
        assert mended == {
            "status": 200,
            "body": "Name: &lt;script&gt;alert(1)&lt;/script&gt;, Count: 0",
        }

    def test_get_session_of_a_stranger(self, client):
        noted = ask(client, "sessions", "get_session", "noted", "GET")
        mended = ask(client, "sessions", "get_session", "mended", "GET")

        assert (noted["body"], mended["body"]) == (
            "Name: None, Count: None",
            "Name: nobody, Count: 0",
        )
        assert not Session.objects.exists()

    def test_update_session_without_a_counter_is_a_key_error_as_noted(self, client):
        answer = ask(client, "sessions", "update_session", "noted", "POST")

        assert answer == {"status": 500, "error": "KeyError: 'login_count'"}
        assert not Session.objects.exists()

    def test_update_session_begins_at_zero_mended(self, client):
        assert ask(client, "sessions", "update_session", "mended", "POST")["status"] == 200
        assert session_of(client) == {"login_count": 1}

        assert ask(client, "sessions", "update_session", "noted", "POST")["status"] == 200
        assert session_of(client) == {"login_count": 2}

    @pytest.mark.parametrize(
        ("twin", "method", "status"),
        [("noted", "GET", 200), ("mended", "POST", 200), ("mended", "GET", 405)],
    )
    def test_delete_session(self, client, twin, method, status):
        run(client, "sessions", "set_session", "noted", "POST")

        response = run(client, "sessions", "delete_session", twin, method)

        assert answer_in(response, twin)["status"] == status
        assert Session.objects.exists() == (status == 405)
        if status == 200:
            assert response.cookies["sessionid"]["max-age"] == 0

    def test_login_as_noted_meets_a_server_error_on_the_way_of_a_stranger(self, client):
        answer = ask(client, "sessions", "dashboard", "noted", "GET")
        assert answer["status"] == 302
        assert answer["location"] == reverse("notes:run", args=["sessions", "login_view"])

        answer = ask(client, "sessions", "login_view", "noted", "GET")
        assert answer["status"] == 500
        assert re.fullmatch(
            r"ValueError: .*login_view.* It returned None instead\.", answer["error"]
        )
        assert not Session.objects.exists()

    def test_login_as_noted_asks_for_no_password_and_keeps_the_key(self, client):
        run(client, "sessions", "set_session", "noted", "POST")
        key = row_of(client).session_key

        answer = ask(client, "sessions", "login_view", "noted", "POST", password="wrong")

        assert answer["location"] == reverse("notes:run", args=["sessions", "dashboard"])
        assert row_of(client).session_key == key
        assert session_of(client)["user_id"] == 5
        answer = ask(client, "sessions", "dashboard", "noted", "GET")
        assert answer == {"status": 200, "body": "Welcome to dashboard"}

    def test_login_mended_asks_for_the_password_and_changes_the_key(self, client):
        run(client, "sessions", "set_session", "noted", "POST")
        key = row_of(client).session_key
        answer = ask(client, "sessions", "dashboard", "mended", "GET")
        assert answer["status"] == 302
        assert urlsplit(answer["location"]).path == View("sessions", "login_view").url
        assert ask(client, "sessions", "login_view", "mended", "GET")["status"] == 200
        wrong = ACCOUNT | {"password": "wrong"}
        assert ask(client, "sessions", "login_view", "mended", "POST", **wrong)["status"] == 403
        assert row_of(client).session_key == key

        answer = ask(client, "sessions", "login_view", "mended", "POST", **ACCOUNT)

        assert answer["location"] == View("sessions", "dashboard").url
        assert row_of(client).session_key != key
        user = User.objects.get(username=ACCOUNT["username"])
        assert session_of(client)["_auth_user_id"] == str(user.pk)
        answer = ask(client, "sessions", "dashboard", "mended", "GET")
        assert answer == {"status": 200, "body": "Welcome to dashboard"}


class TestCookieViews:
    def test_set_cookie_sets_it_on_get_as_noted(self, client):
        response = run(client, "cookies", "set_cookie", "noted", "GET")

        line = cookie_line(response, "user_name")
        assert re.fullmatch("user_name=Emmanuel; expires=[^;]+; Max-Age=3600; Path=/", line)
        assert answer_in(response, "noted") == {
            "status": 200,
            "body": "Cookie set",
            "set_cookies": [line],
        }

    def test_set_cookie_takes_only_a_post_mended(self, client):
        response = run(client, "cookies", "set_cookie", "mended", "GET")
        assert answer_in(response, "mended")["status"] == 405
        assert "user_name" not in response.cookies

        response = run(client, "cookies", "set_cookie", "mended", "POST")
        assert response.cookies["user_name"].value == "Emmanuel"

    def test_get_cookie_prints_a_script_as_noted_and_escapes_it_mended(self, client):
        client.post(reverse("notes:write", args=["cookies", "get_cookie"]), {"value": SCRIPT})

        noted = ask(client, "cookies", "get_cookie", "noted", "GET")
        mended = ask(client, "cookies", "get_cookie", "mended", "GET")

        assert noted == {"status": 200, "body": f"User name: {SCRIPT}"}
        assert mended == {
            "status": 200,
            "body": "User name: &lt;script&gt;alert(1)&lt;/script&gt;",
        }

    def test_get_cookie_of_a_stranger(self, client):
        noted = ask(client, "cookies", "get_cookie", "noted", "GET")
        mended = ask(client, "cookies", "get_cookie", "mended", "GET")

        assert (noted["body"], mended["body"]) == ("User name: None", "User name: nobody")

    @pytest.mark.parametrize(
        ("twin", "method", "status"),
        [("noted", "GET", 200), ("mended", "POST", 200), ("mended", "GET", 405)],
    )
    def test_delete_cookie(self, client, twin, method, status):
        response = run(client, "cookies", "delete_cookie", twin, method)

        assert answer_in(response, twin)["status"] == status
        if status == 200:
            line = cookie_line(response, "user_name")
            assert re.fullmatch('user_name=""; expires=[^;]+1970[^;]+; Max-Age=0; Path=/', line)
        else:
            assert "user_name" not in response.cookies

    def test_secure_cookie_has_one_token_for_everybody_as_noted(self, client):
        for _ in range(2):
            response = run(client, "cookies", "secure_cookie", "noted", "GET")

            line = "session_token=abc123; HttpOnly; Path=/; SameSite=Lax; Secure"
            assert cookie_line(response, "session_token") == line

    def test_secure_cookie_has_another_token_each_time_mended(self, client):
        lines = [
            cookie_line(run(client, "cookies", "secure_cookie", "mended", "POST"), "session_token")
            for _ in range(2)
        ]

        for line in lines:
            flags = "; HttpOnly; Path=/; SameSite=Lax; Secure"
            assert re.fullmatch(f"session_token=[A-Za-z0-9_-]{{43}}{flags}", line)
        assert lines[0] != lines[1]

    def test_remember_me_lets_a_stranger_in_as_noted(self, client):
        """Nothing is typed: the stranger follows the redirects."""
        asked = [View("cookies", "dashboard").url]
        for _ in range(2):
            response = client.post(asked[-1], {"run": "noted GET"})
            assert response.status_code == 200
            follow = soup_of(response).select_one("#noted .answer form")
            assert follow.button["value"] == "noted GET"
            asked.append(urlsplit(follow["action"]).path)
        response = client.post(asked[-1], {"run": "noted GET"})

        assert asked == [View("cookies", name).url for name in ["dashboard", "login_view"]] + [
            View("cookies", "dashboard").url
        ]
        assert client.cookies["remember_me"].value == "yes"
        assert client.cookies["remember_me"]["max-age"] == 604800
        assert answer_in(response, "noted") == {"status": 200, "body": "Welcome back"}

    def test_remember_me_stops_a_stranger_mended(self, client):
        answer = ask(client, "cookies", "dashboard", "mended", "GET")
        assert (answer["status"], answer["location"]) == (302, View("cookies", "login_view").url)
        response = run(client, "cookies", "login_view", "mended", "GET")
        assert answer_in(response, "mended")["status"] == 200
        assert "remembered_user" not in response.cookies

        response = run(
            client, "cookies", "login_view", "mended", "POST", username="ada", password="wrong"
        )
        assert answer_in(response, "mended")["status"] == 403
        assert "remembered_user" not in response.cookies
        client.cookies["remembered_user"] = "1:1abcde:made-up"
        client.cookies["remember_me"] = "yes"
        assert ask(client, "cookies", "dashboard", "mended", "GET")["status"] == 302

    def test_remember_me_remembers_who_knew_the_password_mended(self, client):
        response = run(client, "cookies", "login_view", "mended", "POST", **ACCOUNT)

        assert answer_in(response, "mended")["location"] == View("cookies", "dashboard").url
        line = cookie_line(response, "remembered_user")
        user = User.objects.get(username=ACCOUNT["username"])
        attributes = "expires=[^;]+; HttpOnly; Max-Age=604800; Path=/; SameSite=Lax"
        assert re.fullmatch(f"remembered_user={user.pk}:[^;]+; {attributes}", line)
        answer = ask(client, "cookies", "dashboard", "mended", "GET")
        assert answer == {"status": 200, "body": "Welcome back"}


class TestPage:
    @each_view
    def test_prints_both_sources_and_runs_nothing(self, client, view):
        client.cookies["user_name"] = "Ada"

        response = client.get(view.url)

        assert response.status_code == 200
        page = soup_of(response)
        for twin, source in [("noted", view.noted), ("mended", view.mended)]:
            printed = page.select_one(f"#{twin} [data-source-file]")
            assert f"def {view.name}(request):" in printed.get_text()
            module = source.__wrapped__.__module__ if twin == "mended" else source.__module__
            assert printed["data-source-file"] == f"{module.replace('.', '/')}.py"
            assert answer_in(response, twin) is None
        assert page.find(id="live-panel")
        assert set(response.cookies) == {"csrftoken"}
        assert not Session.objects.exists()

    @pytest.mark.parametrize(
        ("path", "first"),
        [
            ("cookies/delete_cookie", "cookies/set_cookie"),
            ("sessions/delete_session", "sessions/set_session"),
        ],
    )
    def test_leads_to_what_must_run_first(self, client, path, first):
        response = client.get(f"/notes/run/{path}/")

        assert response.status_code == 200
        links = [link["href"] for link in soup_of(response).select(".told a")]
        assert links == [f"/notes/run/{first}/"]

    @each_view
    @pytest.mark.parametrize("button", TWINS)
    def test_get_with_the_buttons_value_in_the_address_changes_nothing(self, client, view, button):
        response = client.get(view.url, {"run": f"{button} GET"})

        assert response.status_code == 200
        assert answer_in(response, button) is None
        assert set(response.cookies) == {"csrftoken"}
        assert not Session.objects.exists()

    @each_view
    @pytest.mark.parametrize("address", ["notes:run", "notes:write", "notes:forget"])
    def test_a_form_of_another_site_is_refused(self, view, address):
        client = Client(enforce_csrf_checks=True)

        response = client.post(reverse(address, args=[view.part, view.name]), {"run": "noted GET"})

        assert response.status_code == 403
        assert not set(response.cookies) & {name for name, _ in COOKIES}
        assert not Session.objects.exists()

    @each_view
    def test_every_form_is_a_post_with_a_token(self, client, view):
        for twin in TWINS:
            response = run(client, view.part, view.name, twin, "GET")

            forms = soup_of(response).select("main form")
            assert len(forms) >= 3
            for form in forms:
                assert form["method"] == "post"
                assert form.find("input", attrs={"name": "csrfmiddlewaretoken"})

    def test_the_request_is_a_post_again_after_a_run_with_get(self, client):
        response = run(client, "sessions", "login_view", "noted", "GET")

        assert response.wsgi_request.method == "POST"

    def test_answers_stand_beside_each_other(self, client):
        response = run(client, "sessions", "update_session", "noted", "POST")
        page = soup_of(response)
        sent = {field["name"]: field["value"] for field in page.select("#mended [name=noted]")}

        response = run(client, "sessions", "update_session", "mended", "POST", **sent)

        assert answer_in(response, "noted") == {"status": 500, "error": "KeyError: 'login_count'"}
        assert answer_in(response, "mended") == {"status": 200, "body": "Session updated"}

    def test_an_answer_that_the_site_did_not_give_is_not_shown(self, client):
        response = run(client, "sessions", "update_session", "noted", "POST")
        signed = soup_of(response).select_one("#mended [name=noted]")["value"]

        for other in [f"{signed}x", "made-up", ""]:
            response = run(client, "sessions", "update_session", "mended", "POST", noted=other)
            assert answer_in(response, "noted") is None
        # Good for one view and one twin only
        response = run(client, "sessions", "set_session", "mended", "POST", noted=signed)
        assert answer_in(response, "noted") is None
        response = run(client, "sessions", "update_session", "noted", "POST", mended=signed)
        assert answer_in(response, "mended") is None

    @pytest.mark.parametrize(
        "path",
        [
            "sessions/boom",
            "cookies/set_session",
            "nowhere/set_cookie",
            "sessions/HttpResponse",
            "sessions/login",
            "sessions/redirect",
        ],
    )
    def test_unknown_names(self, client, path):
        for url in [f"/notes/run/{path}/", f"/notes/run/{path}/write/"]:
            assert client.post(url, {"run": "noted GET", "value": "x"}).status_code == 404
        assert client.get(f"/notes/run/{path}/").status_code == 404

    @pytest.mark.parametrize(
        "button", ["", "noted", "noted PUT", "GET", "mended\nGET", "noted  GET", "__class__ GET"]
    )
    def test_unknown_buttons(self, client, button):
        response = client.post(View("sessions", "set_session").url, {"run": button})

        assert response.status_code == 400
        assert soup_of(response).select_one("[role=alert]")
        assert not Session.objects.exists()

    @each_view
    def test_other_methods(self, client, view):
        assert client.put(view.url).status_code == 405
        for address in ["notes:write", "notes:forget"]:
            assert client.get(reverse(address, args=[view.part, view.name])).status_code == 405

    @pytest.mark.parametrize("value", ["x" * (LONGEST + 1), "Zoë", "a\0b", "a\nb"])
    def test_overlong_or_odd_credentials(self, client, value):
        url = View("sessions", "login_view").url
        for field in ACCOUNT:
            response = client.post(url, {**ACCOUNT, field: value, "run": "mended POST"})

            assert response.status_code == 400
            assert soup_of(response).select_one("[role=alert]")
        assert not Session.objects.exists()

    @pytest.mark.parametrize("cookie", ["x" * 5000, SCRIPT, "\xff\xfe", '"a;b', "<b>"])
    def test_hostile_cookies_are_text_and_are_cut(self, client, cookie):
        for twin in TWINS:
            response = client.post(
                View("cookies", "get_cookie").url,
                {"run": f"{twin} GET"},
                headers={"cookie": f"user_name={cookie}"},
            )

            assert response.status_code == 200
            page = soup_of(response)
            assert all(script.get("src") for script in page.find_all("script"))
            assert len(answer_in(response, twin)["body"]) <= MOST + 1


class TestWrite:
    @pytest.mark.parametrize("view", [view for view in VIEWS if views()[view][2].reads], ids=str)
    @pytest.mark.parametrize("value", ["", "x" * (LONGEST + 1), "Zoë", "a\0b"])
    def test_refuses_what_it_should_not_write(self, client, view, value):
        response = client.post(
            reverse("notes:write", args=[view.part, view.name]), {"value": value}
        )

        assert response.status_code == 400
        assert soup_of(response).select_one("[role=alert]")
        assert set(response.cookies) <= {"csrftoken"}
        assert not Session.objects.exists()

    def test_writes_the_cookie(self, client):
        view = View("cookies", "get_cookie")

        response = client.post(
            reverse("notes:write", args=[view.part, view.name]), {"value": "a;b"}
        )

        assert response.status_code == 302
        assert response.url == f"{view.url}#twins"
        assert cookie_line(response, "user_name") == r'user_name="a\073b"; Path=/'
        assert not Session.objects.exists()

    def test_writes_into_the_session(self, client):
        view = View("sessions", "get_session")

        response = client.post(
            reverse("notes:write", args=[view.part, view.name]), {"value": "x" * LONGEST}
        )

        assert response.status_code == 302
        assert response.url == f"{view.url}#twins"
        assert session_of(client) == {"user_name": "x" * LONGEST}

    def test_only_where_a_view_reads_something(self, client):
        url = reverse("notes:write", args=["cookies", "set_cookie"])

        assert client.post(url, {"value": "x"}).status_code == 404


class TestForget:
    def leave_everything(self, client):
        """Run every view in every way, sign in last, and return what each view wrote."""
        for view in VIEWS:
            for twin in TWINS:
                for method in ["GET", "POST"]:
                    run(client, view.part, view.name, twin, method, **ACCOUNT)
        for name in ["set_session", "login_view"]:
            for twin in TWINS:
                run(client, "sessions", name, twin, "POST", **ACCOUNT)

    def test_leaves_no_cookie_and_no_row(self, client):
        self.leave_everything(client)
        assert set(session_of(client)) == set(SESSION_KEYS)

        response = client.post(reverse("notes:forget", args=["cookies", "dashboard"]))

        assert response.status_code == 302
        assert response.url == f"{View('cookies', 'dashboard').url}#twins"
        assert not Session.objects.exists()
        left = {name for name, morsel in client.cookies.items() if morsel["max-age"] != 0}
        assert left == {"csrftoken"}

    def test_keeps_what_the_lessons_left(self, client):
        client.post("/sessions/why/")
        client.post("/cookies/update/")
        before = session_of(client)
        assert before
        run(client, "sessions", "set_session", "noted", "POST")

        client.post(reverse("notes:forget", args=["sessions", "set_session"]))

        assert session_of(client) == before
        assert client.cookies["visits"]["max-age"] != 0

    def test_a_stranger_gets_no_row(self, client):
        response = client.post(reverse("notes:forget", args=["cookies", "set_cookie"]))

        assert response.status_code == 302
        assert not Session.objects.exists()
        assert set(response.cookies) <= {"csrftoken"}

    def test_start_over_knows_the_cookies(self):
        assert set(COOKIES) <= set(lesson_cookies())

    @each_view
    def test_the_page_names_what_the_views_write(self, client, view):
        said = set(re.findall("`([^`]+)`", views()[view][2].writes))
        for twin in TWINS:
            for method in ["GET", "POST"]:
                before = set(session_of(client) or {})
                response = run(client, view.part, view.name, twin, method, **ACCOUNT)

                written = set(session_of(client) or {}) - before
                assert written <= said
                assert written <= set(SESSION_KEYS)
                for name, morsel in response.cookies.items():
                    if name not in ("csrftoken", "sessionid"):
                        assert name in said
                        assert (name, morsel["path"]) in COOKIES


def test_the_names_in_the_notes_lead_to_the_pages_that_run_them():
    for part in ["sessions", "cookies"]:
        for name, view in [("login", "login_view"), ("dashboard", "dashboard")]:
            path = reverse(name, urlconf=f"course.snippets.{part}_urls")
            match = resolve(path)
            assert (match.view_name, match.kwargs) == ("notes:run", {"part": part, "name": view})
