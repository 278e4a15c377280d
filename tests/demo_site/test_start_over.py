"""Start over: afterward neither browser nor server keeps anything of this browser."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.template import RequestContext, Template
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from cookies_demo.experiments.samesite import COOKIES as SAMESITE
from course.lessons import lesson_cookies, places
from sessions_demo.apparatus.engines import ENGINES
from sessions_demo.models import Product, Tally
from tests.helpers import exchanges_of, soup_of

pytestmark = pytest.mark.django_db

START_OVER = reverse("start_over")
FIRST_LESSON = reverse("cookies_demo:why_cookies")
GONE = "expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path="


def press(client, view_name, *actions, expect=302, **data):
    """POST to a lesson or an experiment, once for each of `actions`; return the last answer."""
    for action in actions or [None]:
        response = client.post(reverse(view_name), {"action": action, **data} if action else data)
        assert response.status_code == expect
    return response


def start_over(client, **data):
    """Press the button, and go where it leads as a browser does. Return the last answer's POST."""
    page = soup_of(client.get(START_OVER))
    url = page.select_one("main form")["action"]
    for _ in range(2):
        response = client.post(url, data)
        assert response.status_code == 307  # the same POST again, at another address
        url = response.url
    assert url == START_OVER
    return client.post(url, data)


def lines_of(response):
    return [morsel.OutputString() for morsel in response.cookies.values()]


def deletion_of(name, path):
    """Return the line that deletes a cookie. A browser holds it to the promise of its name."""
    line = f'{name}=""; {GONE}{path}'
    if name.startswith("__Http-"):
        line = line.replace("Max-Age", "HttpOnly; Max-Age")
    return line + ("; Secure" if name.startswith("__") else "")


def cache_keys():
    """Return the keys in the cache, but for those of the panel."""
    return [key for key in cache._cache if ":live_panel:" not in key]


class TestPage:
    def test_is_linked_from_every_page(self, client):
        for path in ["/", reverse("sessions_demo:set_session"), "/nowhere/", START_OVER]:
            assert soup_of(client.get(path)).select_one(f"header a[href^='{START_OVER}']")

    @pytest.mark.parametrize("view", ["sessions_demo:get_session", "cookies_demo:welcome"])
    def test_offers_to_come_back_to_the_lesson_that_it_was_called_from(self, client, view):
        lesson = soup_of(client.get(reverse(view)))
        link = lesson.select_one(f"header a[href^='{START_OVER}']")["href"]

        buttons = soup_of(client.get(link)).select("main form button")

        assert [button.get("value") for button in buttons] == [reverse(view), None]

    @pytest.mark.parametrize(
        "query", ["", "?next=/interview/", "?next=//evil.example/", "?next=%00"]
    )
    def test_offers_no_other_place(self, client, query):
        (button,) = soup_of(client.get(START_OVER + query)).select("main form button")

        assert not button.has_attr("value")

    @pytest.mark.parametrize("name", ["start_over", "forget_engines", "forget_expired"])
    def test_a_link_alone_deletes_nothing(self, client, name):
        press(client, "sessions_demo:why_sessions")
        press(client, "sessions_demo:session_engines", "store")
        rows = Session.objects.count()

        client.get(reverse(name))

        assert Session.objects.count() == rows

    def test_every_button_for_it_begins_with_the_narrow_paths(self, client, rf):
        page = soup_of(client.get(START_OVER))
        assert page.select_one("main form")["action"] == reverse("forget_engines")

        context = RequestContext(rf.get("/"), {"csrf_token": "x"})
        button = Template("{% load lesson %}{% be_a_stranger %}").render(context)
        assert f'action="{reverse("forget_engines")}#outcome"' in button

    def test_goes_on_only_by_a_post_that_keeps_its_body(self, client):
        assertRedirects(
            client.post(reverse("forget_engines")),
            reverse("forget_expired"),
            status_code=307,
            fetch_redirect_response=False,
        )
        assertRedirects(
            client.post(reverse("forget_expired")),
            START_OVER,
            status_code=307,
            fetch_redirect_response=False,
        )

    def test_leads_to_the_other_names_of_this_machine(self, client):
        page = soup_of(client.get(START_OVER, headers={"host": "localhost:8000"}))

        assert [link["href"] for link in page.select("#names a")] == [
            f"http://{host}:8000{START_OVER}"
            for host in (
                "127.0.0.1",
                "localhost",
                "app.localhost",
                "shop.app.localhost",
                "many.localhost",
            )
        ]

    def test_leads_to_no_other_name_where_there_is_none(self, client, settings):
        settings.ALLOWED_HOSTS = ["192.0.2.10"]
        response = client.get(START_OVER, headers={"host": "192.0.2.10"})

        assert response.status_code == 200
        assert soup_of(response).select("#names a") == []


class TestWhereItLeads:
    @pytest.mark.parametrize(
        ("path", "leads_to"),
        [
            ("/sessions/get/", "/sessions/get/"),
            ("/cookies/welcome/", "/cookies/welcome/"),
            ("", FIRST_LESSON),
            ("/interview/", FIRST_LESSON),
            ("/start-over/", FIRST_LESSON),
            ("//evil.example/sessions/get/", FIRST_LESSON),
            ("https://evil.example/", FIRST_LESSON),
            ("/sessions/get", FIRST_LESSON),
            ("/sessions/get/\x00", FIRST_LESSON),
        ],
    )
    def test_comes_back_to_a_lesson_and_nowhere_else(self, client, path, leads_to):
        response = start_over(client, next=path)

        assert response.status_code == 302
        assert response.url == leads_to


class TestCookies:
    def test_all_that_came_and_all_that_may_be_there_unseen(self, client):
        press(client, "sessions_demo:set_session", user_name="Ada")
        press(client, "cookies_demo:set_cookie", user_name="Ada")

        response = start_over(client)

        assertRedirects(response, FIRST_LESSON, fetch_redirect_response=False)
        came = [("csrftoken", "/"), ("sessionid", "/"), ("user_name", "/")]
        unseen = [(name, path) for name, path in lesson_cookies() if path != "/"]
        folders = {f"/{place.lesson.url.split('/')[1]}" for place in places().values()}
        assert folders >= {"/cookies", "/sessions"}
        folders.add("/interview")
        planted = [
            (name, path)
            for name in ("csrftoken", "sessionid")
            for folder in folders
            for path in (folder, f"{folder}/")
        ]
        expected = [*came, *unseen, *planted, ("mock_interview", "/interview/")]
        samesite = {"csrftoken /": "; SameSite=Lax", "sessionid /": "; SameSite=Lax"}
        assert sorted(lines_of(response)) == sorted(
            deletion_of(name, path) + samesite.get(f"{name} {path}", "") for name, path in expected
        )

    def test_a_token_that_was_planted_at_a_lesson(self, client):
        client.post(reverse("forget_engines"))

        response = client.post(reverse("forget_expired"))

        assert lines_of(response) == [
            f'csrftoken=""; {GONE}{place.lesson.url}' for place in places().values()
        ]

    @pytest.mark.parametrize(
        ("host", "is_deleted"),
        [
            ("app.localhost", True),
            ("shop.app.localhost:8000", True),
            ("localhost", False),
            ("otherapp.localhost", False),
            ("127.0.0.1", False),
        ],
    )
    def test_a_wide_one_wherever_a_browser_lets_it_be_deleted(
        self, client, settings, host, is_deleted
    ):
        settings.ALLOWED_HOSTS = [".localhost", "127.0.0.1"]

        response = client.post(START_OVER, headers={"host": host})

        wide = f'for_domain=""; Domain=app.localhost; {GONE}/'
        assert [line for line in lines_of(response) if line.startswith("for_domain=")] == (
            [wide] if is_deleted else []
        )

    def test_no_answer_has_more_headers_than_clients_read(self, client):
        """Python's own http.client gives up at a hundred."""
        for name in ["forget_engines", "forget_expired", "start_over"]:
            response = client.post(reverse(name))
            assert len(response.items()) + len(response.cookies) < 90


class TestServer:
    def test_history_is_forgotten(self, client):
        client.get(reverse("sessions_demo:set_session"))
        press(client, "sessions_demo:set_session", user_name="Ada")
        cookies = {"csrftoken": client.cookies["csrftoken"].value}

        start_over(client)

        returned = Client()
        returned.cookies.load(cookies)
        assert len(exchanges_of(returned.get(FIRST_LESSON))) == 1

    def test_nothing_stays_in_the_cache(self, client):
        client.get(reverse("sessions_demo:set_session"))
        press(client, "cookies_demo:tracking", answer="here")
        client.get(reverse("cookies_demo:tracking_image", args=["hats"]))
        press(client, "cookies_demo:forged_request", samesite="Lax")
        press(client, "cookies_demo:protected_transfer")
        press(client, "cookies_demo:password_cookie")
        press(client, "cookies_demo:samesite")
        run = client.cookies[SAMESITE[0]].value
        client.get(reverse("cookies_demo:arrival", args=[run, "image"]))
        press(client, "sessions_demo:lost_update", second_order="tea")
        press(client, "sessions_demo:order_in_one_step", who="A")
        press(client, "sessions_demo:session_engines", "store")
        client.get(reverse("sessions_demo:session_engines"))
        # visitor, account, password, run, timeline, cache session, copy of the cached_db session
        assert len(cache_keys()) == 7

        start_over(client)

        assert cache_keys() == []

    def test_rows_of_the_experiments_are_deleted(self, client):
        press(client, "sessions_demo:lost_update", second_order="tea")
        press(client, "sessions_demo:change_product", "sell")
        press(client, "sessions_demo:make_account")
        # Signing in kept what the session held.
        assert (Tally.objects.count(), Product.objects.count()) == (1, 1)
        assert Session.objects.count() == 2
        users = User.objects.count()

        start_over(client)

        assert (Tally.objects.count(), Product.objects.count()) == (0, 0)
        assert Session.objects.count() == 0
        assert User.objects.count() == users - 1

    def test_the_demo_accounts_stay(self, client):
        press(client, "sessions_demo:django_login", username="ada", password="throw-away")

        start_over(client)

        assert User.objects.filter(username="ada").exists()

    def test_sessions_of_the_five_engines_are_deleted(self, client):
        press(client, "sessions_demo:session_engines", "store")
        keys = {engine: client.cookies[f"{engine}_sessionid"].value for engine in ENGINES}
        assert FileStore().exists(keys["file"])

        start_over(client)

        assert not Session.objects.exists()
        assert not FileStore().exists(keys["file"])

    def test_rows_that_were_let_expire_are_deleted(self, client):
        press(client, "sessions_demo:clear_expired", "store")
        press(client, "sessions_demo:expire_soon")
        row = Session.objects.get()
        row.expire_date = row.expire_date.replace(year=2000)
        row.save()
        client.cookies.pop("sessionid")

        start_over(client)

        assert not Session.objects.exists()

    def test_row_that_lives_on_is_read_before_it_is_deleted(self, client):
        """It was let expire, and saved again: it still says what else there is to delete."""
        press(client, "sessions_demo:clear_expired", "store")
        press(client, "sessions_demo:expire_soon")
        press(client, "sessions_demo:change_product", "sell")

        start_over(client)

        assert not Product.objects.exists()
        assert not Session.objects.exists()

    def test_what_others_have_stays(self, client):
        other = Client()
        press(other, "sessions_demo:why_sessions")
        press(other, "sessions_demo:session_engines", "store")
        press(other, "cookies_demo:forged_request", samesite="Lax")
        rows, entries = set(Session.objects.values_list("pk", flat=True)), cache_keys()
        press(client, "sessions_demo:why_sessions")

        start_over(client)

        assert set(Session.objects.values_list("pk", flat=True)) == rows
        assert cache_keys() == entries

    @pytest.mark.parametrize("value", ["x", "x:1abcde:y", "0" * 10 + "-" + "a" * 12, "\xff", "*"])
    def test_made_up_cookies_delete_nothing_and_do_no_harm(self, client, value):
        cache.set("visitor:x", 1)
        cache.set("toy_account:x", 1)
        names = ["visitor", "toy_account", "password", "samesite_lax", "short_lived_keys"]
        for name in [*names, *(f"{engine}_sessionid" for engine in ENGINES)]:
            client.cookies[name] = value

        response = start_over(client)

        assert response.status_code == 302
        assert len(cache_keys()) == 2
        assert settings.SESSION_COOKIE_NAME not in response.cookies
