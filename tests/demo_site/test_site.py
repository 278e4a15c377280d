"""What is not a lesson: home, error pages, headers, settings and the database."""

import re
import sqlite3
import subprocess
from shutil import which
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import (
    DatabaseError,
    IntegrityError,
    InternalError,
    OperationalError,
    connection,
    transaction,
)
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from course.database import is_database_trouble
from demo_site.gate import TOO_LARGE
from demo_site.loopback import is_loopback
from tests.demo_site.processes import in_a_new_process, manage
from tests.helpers import exchanges_of, soup_of

FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


class TestHome:
    def test_has_the_panel(self, client):
        assert len(exchanges_of(client.get("/"))) == 1


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

    def test_vanished_row_is_called_that(self, client, monkeypatch):
        def flushed_elsewhere(store, *args, **kwargs):
            store.delete()
            return save(store, *args, **kwargs)

        client.post(reverse("sessions_demo:why_sessions"))
        save = SessionStore.save
        monkeypatch.setattr(SessionStore, "save", flushed_elsewhere)

        response = client.post(reverse("sessions_demo:set_session"), {"user_name": "Ada"})

        assert response.status_code == 400
        assert soup_of(response).select_one(f"a[href='{reverse('sessions_demo:session_deleted')}']")

    def test_wrong_method_gets_a_page_and_is_told_the_right_ones(self, client):
        for path, method, allowed in [
            (reverse("sessions_demo:get_session"), "POST", "GET, HEAD"),
            (reverse("sessions_demo:flush_meanwhile"), "GET", "POST"),
            (reverse("home"), "DELETE", "GET, HEAD"),
        ]:
            response = client.generic(method, path)

            assert response.status_code == 405
            assert response["Allow"] == allowed
            assert soup_of(response).h1

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "FOO"])
    @pytest.mark.parametrize("debug", [False, True])
    def test_form_to_an_address_without_its_slash(self, client, settings, method, debug):
        """With DEBUG on, Django would raise; with DEBUG off, a redirect would lose the form."""
        settings.DEBUG = debug

        response = client.generic(method, "/cookies/set")

        assert response.status_code == 400
        assert soup_of(response).h1

    def test_other_addresses_without_a_slash_are_as_before(self, client):
        assertRedirects(client.get("/cookies/set"), reverse("cookies_demo:set_cookie"), 301)
        assert client.post("/nowhere").status_code == 404

    def test_each_400_has_its_own_reason(self, client, settings, rf):
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
        url = reverse("sessions_demo:set_session")

        answers = {
            "host": client.get("/", headers={"host": "evil.example"}),
            "fields": client.post(url, {str(number): "" for number in range(11)}),
            "part": client.post(url, b"x", content_type="multipart/form-data"),
            "slash": client.post("/sessions/set"),
        }

        assert {response.status_code for response in answers.values()} == {400}
        assert len({soup_of(response).h1.get_text() for response in answers.values()}) == 4

    def test_large_form_is_a_413_even_past_the_gate(self, client):
        form = {"user_name": "x" * 3_000_000}

        response = client.post(
            reverse("sessions_demo:set_session"), urlencode(form), FORM, follow=True
        )

        assert response.status_code == 413
        assert soup_of(response).h1.get_text() == TOO_LARGE.title

    def test_file_is_dropped_and_nothing_is_written_to_disk(self, client, settings, tmp_path):
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
        file = SimpleUploadedFile("a.txt", b"x" * 100_000)

        response = client.post(
            reverse("sessions_demo:set_session"), {"user_name": "Ada", "extra": file}
        )

        assert response.status_code == 302
        assert not response.wsgi_request.FILES
        assert list(tmp_path.iterdir()) == []

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
            GET_A_PAGE, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        ).stdout

        assert page.startswith("503 None")
        assert "python manage.py migrate" in page
        assert "Traceback" not in page

    @pytest.mark.parametrize("debug", ["on", "off"])
    def test_out_of_reach_is_never_called_a_missing_migration(self, tmp_path, debug):
        damaged = tmp_path / "damaged.sqlite3"
        damaged.write_bytes(b"not a database" * 1000)

        for path in [damaged, tmp_path / "no-such-folder" / "x.sqlite3"]:
            result = in_a_new_process(
                GET_A_PAGE, DATABASE_URL=f"sqlite:///{path}", DEBUG=debug, SECRET_KEY="x" * 50
            )

            assert result.stdout.startswith("503 5")  # and Retry-After
            assert "migrate" not in result.stdout
            assert "Traceback" in result.stderr
            assert "sqlite3." in result.stderr

    def test_emptied_under_the_running_server_asks_for_migrate_again(self, client, monkeypatch):
        url = reverse("sessions_demo:get_session")
        assert client.get(url).status_code == 200
        client.cookies["sessionid"] = "a" * 32
        with monkeypatch.context() as patch:
            patch.setattr(SessionStore, "load", fail_as("no such table: django_session"))
            assert client.get(url).status_code == 503

        monkeypatch.setattr("demo_site.middleware.is_migrated", lambda: False)

        response = client.get(url)
        assert response.status_code == 503
        assert "Retry-After" not in response

    def test_sqlite_waits_instead_of_failing(self):
        options = settings.DATABASES["default"]["OPTIONS"]

        assert options["timeout"] == 20
        assert options["transaction_mode"] == "IMMEDIATE"
        assert settings.DATABASES["default"]["CONN_MAX_AGE"] > 0
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (1,)

    def test_connection_that_broke_between_two_requests_is_replaced(self, tmp_path):
        """PostgreSQL may have restarted. Without CONN_HEALTH_CHECKS, nobody would ask.

        SQLite's connections do not break, so Django's question is answered for it.
        """
        seen = in_a_new_process(
            TWO_REQUESTS.format(
                between="old = connection.connection;connection.is_usable = lambda: False;"
            )
            + "print(connection.connection is old)",
            DATABASE_URL=f"sqlite:///{tmp_path / 'site.sqlite3'}",
        ).stdout

        assert seen == "200\n200\nFalse\n"

    def test_connection_that_breaks_is_a_503_with_the_debug_toolbar_too(self, tmp_path):
        """The toolbar's request panel reads the session once more, outside all of our guards."""
        result = in_a_new_process(
            TWO_REQUESTS.format(between="connection.connection.close();"),
            DATABASE_URL=f"sqlite:///{tmp_path / 'site.sqlite3'}",
        )

        assert result.stdout == "200\n503\n"
        assert "Cannot operate on a closed database" in result.stderr


class TestDatabaseTrouble:
    """A database that fails is never called a session that was deleted."""

    @pytest.fixture(autouse=True, params=[False, True], ids=["DEBUG off", "DEBUG on"])
    def _debug(self, request, settings):
        settings.DEBUG = request.param

    @pytest.fixture
    def row(self, client):
        client.post(reverse("sessions_demo:why_sessions"))
        return Session.objects.get()

    def assert_trouble(self, response, caplog, reason):
        assert response.status_code == 503
        assert response["Retry-After"] == "5"
        assert soup_of(response).h1
        assert not response.cookies
        assert "nosniff" in response["X-Content-Type-Options"]
        # The page sends to the log, so the reason must be there.
        assert reason in caplog.text

    @pytest.mark.parametrize(
        "error",
        [
            OperationalError("database is locked"),
            DatabaseError("database disk image is malformed"),
            InternalError("cannot execute UPDATE in a read-only transaction"),
        ],
    )
    def test_while_an_existing_session_is_saved(self, client, row, monkeypatch, caplog, error):
        monkeypatch.setattr(Session, "save", fail_as(error))

        response = client.post(reverse("sessions_demo:set_session"), {"user_name": "Ada"})

        self.assert_trouble(response, caplog, str(error))

    def test_while_a_new_session_is_saved(self, client, monkeypatch, caplog):
        monkeypatch.setattr(Session, "save", fail_as("database or disk is full"))

        response = client.post(reverse("sessions_demo:set_session"), {"user_name": "Ada"})

        self.assert_trouble(response, caplog, "database or disk is full")

    def test_while_a_view_reads(self, client, row, monkeypatch, caplog):
        monkeypatch.setattr(SessionStore, "load", fail_as("disk I/O error"))

        response = client.get(reverse("sessions_demo:get_session"))

        self.assert_trouble(response, caplog, "disk I/O error")

    def test_really_read_only(self, client, row, caplog):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
            try:
                response = client.post(reverse("sessions_demo:set_session"), {"user_name": "Ada"})
            finally:
                cursor.execute("PRAGMA query_only = OFF")

        self.assert_trouble(response, caplog, "attempt to write a readonly database")


class TestIsDatabaseTrouble:
    def test_row_that_is_gone_is_none(self, db):
        store = SessionStore()
        store.create()
        Session.objects.all().delete()

        with pytest.raises(UpdateError) as caught:
            store.save()

        assert not is_database_trouble(caught.value)

    def test_mistake_of_a_view_is_none(self, db):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            Session.objects.create(session_key="a" * 32, session_data=None, expire_date=None)

        assert not is_database_trouble(caught.value)

    def test_neither_is_any_other_mistake(self):
        assert not is_database_trouble(RuntimeError("boom"))
        assert not is_database_trouble(None)


class TestMake:
    @pytest.mark.skipif(not which("make"), reason="There is no make.")
    def test_run_clears_expired_sessions_of_a_migrated_database_at_start(self):
        """Nothing else here deletes them, and lessons make rows with every visitor."""
        command = ["make", "-n", "run", "VENV=nowhere"]
        told = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)

        steps = re.findall(r"manage\.py (\w+)", told.stdout)
        assert steps == ["migrate", "clearsessions", "runserver"]


class TestSettings:
    @pytest.mark.parametrize("key", ["", "…", "SECRET_KEY", "x" * 31])
    def test_refuses_a_guessable_key_without_debug_in_one_line(self, key):
        result = manage("check", DEBUG="off", SECRET_KEY=key)

        assert result.returncode != 0
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        assert "SECRET_KEY" in line
        assert "secrets.token_urlsafe" in line

    def test_any_server_refuses_it_too(self):
        result = in_a_new_process("", check=False, DEBUG="off", SECRET_KEY="…")

        assert result.returncode != 0
        assert "ImproperlyConfigured: With DEBUG off, SECRET_KEY" in result.stderr

    def test_starts_without_debug_when_there_is_a_key(self):
        assert in_a_new_process("print(1)", DEBUG="off", SECRET_KEY="x" * 32).stdout == "1\n"

    def test_without_debug_the_toolbar_is_not_even_imported(self):
        code = "import sys; print([name for name in sys.modules if 'debug_toolbar' in name])"

        assert in_a_new_process(code, DEBUG="off", SECRET_KEY="x" * 32).stdout == "[]\n"

    def test_another_name_leaves_the_names_of_this_machine(self):
        statuses = in_a_new_process(
            "from django.test import Client;"
            "print([Client().get('/start-over/', headers={'host': host}).status_code for host in"
            " ['192.0.2.10', 'localhost', '127.0.0.1:8000', 'app.localhost', 'evil.example']])",
            ALLOWED_HOSTS="192.0.2.10",
            DEBUG="off",
            SECRET_KEY="x" * 32,
            DATABASE_URL="sqlite://:memory:",
        ).stdout

        # 503: nothing is migrated, but the name was accepted.
        assert statuses == "[503, 503, 503, 503, 400]\n"

    def test_no_header_that_browsers_complain_about_over_plain_http(self, client):
        assert "Cross-Origin-Opener-Policy" not in client.get("/")

    @pytest.mark.parametrize("debug", ["on", "off"])
    def test_reason_of_a_500_is_on_the_servers_standard_error(self, debug):
        result = in_a_new_process(
            "from django.conf import settings;"
            "settings.ROOT_URLCONF = 'tests.urls';"
            "from unittest import mock;"
            "from django.test import Client;"
            "mock.patch('demo_site.middleware.is_migrated', return_value=True).start();"
            "mock.patch('django.contrib.sessions.backends.db.SessionStore.load').start();"
            "print(Client(raise_request_exception=False).get('/boom/').status_code)",
            DEBUG=debug,
            SECRET_KEY="x" * 32,
            DATABASE_URL="sqlite://:memory:",
        )

        assert result.stdout == "500\n"
        assert "RuntimeError: boom" in result.stderr

    def test_redis_gets_no_option_that_it_does_not_know(self):
        """With the driver's place taken, so that no Redis and no driver is needed."""
        options = in_a_new_process(
            "import sys; from unittest import mock; redis = mock.MagicMock();"
            "sys.modules['redis'] = redis;"
            "from django.core.cache import cache;"
            "cache._cache._get_connection_pool(write=True);"
            "_, options = redis.ConnectionPool.from_url.call_args;"
            "print(sorted(options))",
            CACHE_URL="rediscache://127.0.0.1:1/0",
        ).stdout

        assert "parser_class" in options
        assert "MAX_ENTRIES" not in options

    def test_local_memory_holds_more_than_djangos_default(self):
        assert cache._max_entries == 10_000

    def test_time_is_utc(self):
        assert settings.TIME_ZONE == "UTC"
        assert settings.USE_TZ

    def test_no_page_cache(self):
        assert not [path for path in settings.MIDDLEWARE if "cache" in path.lower()]


class TestOwnMachineOnly:
    """With DEBUG on, no address that others can reach is served."""

    @pytest.mark.parametrize("address", ["0.0.0.0:0", "0:0", "[::]:0", "192.0.2.10:0"])
    def test_runserver_does_not_start_there(self, address):
        result = manage("runserver", "--noreload", address)

        assert result.returncode != 0
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        assert "DEBUG" in line

    @pytest.mark.parametrize("address", ["", "203.0.113.7", "::ffff:203.0.113.7", "::", "0.0.0.0"])
    def test_any_other_server_refuses_who_is_not_on_it(self, client, settings, address):
        settings.DEBUG = True

        response = client.get("/", REMOTE_ADDR=address)

        assert response.status_code == 403
        assert soup_of(response).h1
        assert "default-src 'none'" in response["Content-Security-Policy"]

    @pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
    def test_this_machine_is_served(self, client, settings, address):
        settings.DEBUG = True

        assert client.get("/", REMOTE_ADDR=address).status_code == 200

    def test_without_debug_everybody_is(self, client):
        assert client.get("/", REMOTE_ADDR="203.0.113.7").status_code == 200

    def test_names(self):
        assert is_loopback("localhost")
        assert not is_loopback("no-such-name.invalid")
        assert not is_loopback("x" * 300)


TWO_REQUESTS = (
    "from django.core.management import call_command;"
    "from django.db import connection;"
    "from demo_site.wsgi import application;"
    "from django.test import RequestFactory;"
    "call_command('migrate', verbosity=0);"
    "cookie = 'sessionid=' + 'a' * 32;"
    "request = lambda: RequestFactory().get('/sessions/get/', headers=dict(cookie=cookie));"
    "answer = lambda: application(request().environ, lambda *_: None).status_code;"
    "print(answer());"
    "{between}"
    "print(answer());"
)

GET_A_PAGE = (
    "from django.test import Client; r = Client().get('/sessions/set/');"
    "print(r.status_code, r.get('Retry-After'), r.content.decode())"
)


def fail_as(error):
    """Return a function that fails as Django does when the driver of the database fails."""
    error = OperationalError(error) if isinstance(error, str) else error

    def fail(*args, **kwargs):
        raise error from sqlite3.Error(str(error))

    return fail
