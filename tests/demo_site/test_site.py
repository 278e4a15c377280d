"""What is not a lesson: home, start over, error pages, headers, settings and the database."""

import pytest
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from course.lessons import lesson_cookies
from demo_site.errors import bad_request
from tests.demo_site.processes import in_a_new_process
from tests.helpers import exchanges_of, soup_of

pytestmark = pytest.mark.django_db


class TestHome:
    def test_sets_no_cookie_and_has_no_form(self, client):
        response = client.get("/")

        assert response.status_code == 200
        assert not response.cookies
        assert not soup_of(response).find("form")

    def test_has_the_panel(self, client):
        assert len(exchanges_of(client.get("/"))) == 1


class TestStartOver:
    @pytest.mark.parametrize(
        ("path", "leads_to"),
        [
            ("/sessions/get/", "/sessions/get/"),
            ("/cookies/welcome/", "/cookies/welcome/"),
            ("", "/cookies/why/"),
            ("/interview/", "/cookies/why/"),
            ("/start-over/", "/cookies/why/"),
            ("//evil.example/sessions/get/", "/cookies/why/"),
            ("https://evil.example/", "/cookies/why/"),
            ("/sessions/get", "/cookies/why/"),
            ("/sessions/get/\x00", "/cookies/why/"),
        ],
    )
    def test_comes_back_to_a_lesson_and_nowhere_else(self, client, path, leads_to):
        response = client.post("/start-over/", {"next": path})

        assert response.status_code == 302
        assert response.url == leads_to

    def test_is_linked_from_every_page(self, client):
        for path in ["/", "/sessions/set/", "/nowhere/", "/start-over/"]:
            assert soup_of(client.get(path)).select_one("header a[href='/start-over/']")

    def test_a_link_alone_deletes_nothing(self, client):
        client.post("/sessions/why/")

        client.get("/start-over/")

        assert Session.objects.count() == 1

    def test_deletes_cookies_row_and_history_and_leads_to_the_first_visit(self, client):
        client.get("/sessions/set/")
        client.post("/sessions/set/", {"user_name": "Ada"})
        client.post("/cookies/set/", {"user_name": "Ada"})
        client.get("/nowhere/")
        old_token = client.cookies["csrftoken"].value

        response = client.post("/start-over/")

        assert response.status_code == 302
        assert response.url == "/cookies/why/"
        deleted = {
            (morsel.key, morsel["path"])
            for morsel in response.cookies.values()
            if morsel["max-age"] == 0 and morsel["expires"].startswith("Thu, 01 Jan 1970")
        }
        unseen = {(name, path) for name, path in lesson_cookies() if path != "/"}
        sent = {("csrftoken", "/"), ("sessionid", "/"), ("user_name", "/")}
        assert deleted == sent | unseen
        assert len(response.cookies) == len(deleted)
        assert not Session.objects.exists()
        returned = Client()
        returned.cookies["csrftoken"] = old_token
        assert len(exchanges_of(returned.get("/cookies/why/"))) == 1

    def test_leaves_the_rows_of_others(self, client):
        other = Client()
        other.post("/sessions/why/")
        client.post("/sessions/why/")

        client.post("/start-over/")

        assert Session.objects.get().session_key == other.cookies["sessionid"].value


class TestErrorPages:
    def test_unknown_page(self, client):
        response = client.get("/nowhere/")

        assert response.status_code == 404
        assert soup_of(response).h1

    def test_form_without_a_token_is_refused_and_nothing_stored(self):
        client = Client(enforce_csrf_checks=True)

        response = client.post("/sessions/set/", {"user_name": "Ada"})

        assert response.status_code == 403
        assert soup_of(response).h1
        assert not Session.objects.exists()

    def test_unknown_host(self, client):
        response = client.get("/", headers={"host": "evil.example"})

        assert response.status_code == 400
        assert soup_of(response).h1

    def test_server_error(self, client, settings):
        settings.ROOT_URLCONF = "tests.urls"
        client.raise_request_exception = False

        response = client.get("/boom/")

        assert response.status_code == 500
        assert soup_of(response).h1
        assert b"RuntimeError" not in response.content

    def test_database_trouble_is_never_called_a_lost_session(self, rf):
        error = SessionInterrupted("gone")
        error.__context__ = OperationalError("database is locked")

        response = bad_request(rf.get("/"), error)

        assert response.status_code == 503
        assert response["Retry-After"]

    def test_vanished_row_is_called_that(self, rf):
        assert bad_request(rf.get("/"), SessionInterrupted("gone")).status_code == 400

    def test_locked_database(self, client, monkeypatch):
        def fail(*args, **kwargs):
            raise OperationalError("database is locked")

        client.raise_request_exception = False
        monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
        client.cookies["sessionid"] = "a" * 32

        assert client.get("/sessions/get/").status_code == 503

    @pytest.mark.parametrize("path", ["/", "/nowhere/", "/boom/", "/static/css/site.css"])
    def test_every_answer_has_the_security_headers(self, client, settings, path):
        settings.ROOT_URLCONF = "tests.urls"
        client.raise_request_exception = False

        response = client.get(path)

        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        response.close()


class TestForms:
    def test_are_read_as_utf_8_whatever_they_claim(self, client):
        """UTF-7 could otherwise smuggle in a lone surrogate, which no page can contain."""
        body = b'--x\r\nContent-Disposition: form-data; name="user_name"\r\n\r\n+2AA-\r\n--x--\r\n'

        response = client.generic(
            "POST", "/sessions/set/", body, "multipart/form-data; boundary=x; charset=utf-7"
        )

        assert response.status_code == 302
        assert Session.objects.get().get_decoded()["user_name"] == "+2AA-"
        assert client.get("/sessions/get/").status_code == 200


class TestDatabase:
    def test_never_migrated_says_so_with_the_command(self, tmp_path):
        page = in_a_new_process(
            "from django.test import Client;"
            "r = Client().get('/sessions/set/'); print(r.status_code, r.content.decode())",
            DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        ).stdout

        assert page.startswith("503 ")
        assert "python manage.py migrate" in page
        assert "Traceback" not in page

    def test_sqlite_waits_instead_of_failing(self):
        options = settings.DATABASES["default"]["OPTIONS"]

        assert options["timeout"] == 20
        assert options["transaction_mode"] == "IMMEDIATE"
        assert settings.DATABASES["default"]["CONN_MAX_AGE"] > 0
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (1,)


class TestSettings:
    def test_refuses_to_start_without_debug_and_key_in_one_line(self):
        result = in_a_new_process("", check=False, DEBUG="off", SECRET_KEY="")

        assert result.returncode != 0
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        assert "SECRET_KEY" in line

    def test_starts_without_debug_when_there_is_a_key(self):
        assert in_a_new_process("print(1)", DEBUG="off", SECRET_KEY="x" * 50).stdout == "1\n"

    def test_time_is_utc(self):
        assert settings.TIME_ZONE == "UTC"
        assert settings.USE_TZ

    def test_no_page_cache(self):
        assert not [path for path in settings.MIDDLEWARE if "cache" in path.lower()]
