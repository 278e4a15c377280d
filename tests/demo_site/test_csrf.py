"""What a reader is told when Django's CSRF check refuses a form, and the way back."""

import inspect

import pytest
from django.middleware.csrf import _mask_cipher_secret
from django.test import Client
from django.urls import ResolverMatch, get_resolver, reverse

from course.lessons import places
from demo_site.csrf import lesson_behind
from tests.helpers import soup_of

pytestmark = pytest.mark.django_db

HOST = "127.0.0.1:8000"
SECRET = "a" * 32
OTHER_TOKEN = _mask_cipher_secret("b" * 32)
EXPERIMENT = reverse("cookies_demo:protected_transfer")


def refused(data=None, cookie=SECRET, path=EXPERIMENT, secure=False, **headers):
    """Send a form that Django refuses, and return the response."""
    client = Client(enforce_csrf_checks=True)
    if cookie:
        client.cookies["csrftoken"] = cookie
    response = client.post(path, data, headers={"host": HOST, **headers}, secure=secure)
    assert response.status_code == 403
    return response


def words_of(response):
    """Return Django's reason, and what the page says after it."""
    article = soup_of(response).select_one("main article")
    lead, *paragraphs, _ways_back = article.find_all("p")
    return lead.code.get_text(), " ".join(paragraph.get_text() for paragraph in paragraphs)


class TestReasons:
    """Each says what Django looked at, and advises nothing that cannot work."""

    @pytest.mark.parametrize("origin", ["http://localhost:8000", "null", "https://x`y<b>"])
    def test_other_origin(self, origin):
        reason, words = words_of(refused(origin=origin))

        assert reason.startswith("Origin checking failed - ")
        assert "Origin" in words
        assert "CSRF_TRUSTED_ORIGINS" in words
        assert "send it from there" not in words

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"referer": "x"},
            {"referer": f"http://{HOST}/"},
            {"referer": "https://evil.example/"},
        ],
    )
    def test_referer_over_https(self, headers):
        reason, words = words_of(refused(secure=True, **headers))

        assert reason.startswith("Referer checking failed - ")
        assert "Referer" in words
        assert "send it from there" not in words

    def test_no_cookie(self):
        reason, words = words_of(refused({"csrfmiddlewaretoken": OTHER_TOKEN}, cookie=None))

        assert reason == "CSRF cookie not set."
        assert "without a csrftoken cookie" in words
        assert "send the form from there" in words

    @pytest.mark.parametrize("cookie", ["short", "!" * 32])
    def test_edited_cookie_is_replaced(self, cookie):
        response = refused(cookie=cookie)

        reason, words = words_of(response)
        assert reason.startswith("CSRF cookie has ")
        assert "edited or cut" in words
        assert "This answer sets a new one" in words
        assert len(response.cookies["csrftoken"].value) == 32

    def test_no_token(self):
        reason, words = words_of(refused())

        assert reason == "CSRF token missing."
        assert "{% csrf_token %}" in words
        assert "send it from there" not in words

    @pytest.mark.parametrize(
        ("token", "ending"),
        [
            (OTHER_TOKEN, "incorrect."),
            ("short", "has incorrect length."),
            ("!" * 64, "has invalid characters."),
        ],
        ids=["of another cookie", "short", "odd characters"],
    )
    def test_token_that_does_not_fit(self, token, ending):
        for response in [
            refused({"csrfmiddlewaretoken": token}),
            refused(**{"x-csrftoken": token}),
        ]:
            reason, words = words_of(response)

            assert reason.startswith("CSRF token from ")
            assert reason.endswith(ending)
            assert "older than the cookie" in words
            assert "send it from there" in words

    def test_every_reason_has_its_own_words(self):
        pages = [
            refused(origin="http://localhost:8000"),
            refused(secure=True),
            refused(cookie=None),
            refused(cookie="short"),
            refused(),
            refused({"csrfmiddlewaretoken": OTHER_TOKEN}),
        ]

        assert len({words_of(page)[1] for page in pages}) == 6


class TestWayBack:
    @pytest.mark.parametrize(
        ("refused_at", "lesson"),
        [
            ("cookies_demo:protected_transfer", "cookies_demo:forged_request"),
            ("cookies_demo:smuggled_attribute", "cookies_demo:cookie_encoding"),
            ("cookies_demo:forged_request", "cookies_demo:forged_request"),
            ("sessions_demo:set_session", "sessions_demo:set_session"),
        ],
    )
    def test_leads_to_the_lesson(self, refused_at, lesson):
        response = refused(path=reverse(refused_at))

        button = soup_of(response).select_one("main article a.button")
        assert button["href"] == reverse(lesson)

    @pytest.mark.parametrize("path", [reverse("start_over"), reverse("set_language")])
    def test_of_no_lesson_leads_home(self, path):
        article = soup_of(refused(path=path)).select_one("main article")

        assert [link["href"] for link in article.select("a")] == [reverse("home")]

    def test_every_experiment_belongs_to_a_lesson(self):
        experiments = [
            ResolverMatch(pattern.callback, (), {}, pattern.name, namespaces=[app.namespace])
            for app in get_resolver().url_patterns
            if getattr(app, "namespace", None) in ("cookies_demo", "sessions_demo")
            for pattern in app.url_patterns
            if ".experiments." in inspect.unwrap(pattern.callback).__module__
        ]

        assert len(experiments) > 20
        for match in experiments:
            assert lesson_behind(match) in places(), match.view_name
