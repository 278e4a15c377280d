"""Theme, text size and language: what sets them, and what every page makes of them."""

import pytest
from django.contrib.sessions.models import Session

from course.preferences import TEXT_SIZES, THEMES
from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db

URL = "/cookies/preferences/"


def chosen_on(response):
    html = soup_of(response).html
    return html["data-theme"], html["data-text-size"]


def sentence(response):
    element = soup_of(response).select_one("[data-language]")
    return element["data-language"], element.get_text()


class TestSetting:
    def test_keeps_both_for_a_year(self, client):
        response = client.post(URL, {"theme": "dark", "text_size": "large"})

        assert response.status_code == 302
        assert response.url == URL
        for name, value in [("theme", "dark"), ("text_size", "large")]:
            expires = response.cookies[name]["expires"]
            assert cookie_line(response, name) == (
                f"{name}={value}; expires={expires}; Max-Age=31536000; Path=/; SameSite=Lax"
            )

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"theme": "dark"},
            {"theme": "pink", "text_size": "large"},
            {"theme": "dark", "text_size": "large; Path=/x"},
        ],
    )
    def test_accepts_only_what_the_site_has(self, client, data):
        response = client.post(URL, data)

        assert response.status_code == 400
        assert soup_of(response).select("#theme .errorlist li")
        assert not {"theme", "text_size"} & set(response.cookies)

    def test_choice_settles_the_question_and_shows_what_the_server_wrote(self, client):
        before = soup_of(client.get(URL))
        client.post(URL, {"theme": "light", "text_size": "normal"})

        after = soup_of(client.get(URL))

        assert not before.select("#server-reads, [data-settled]")
        assert 'data-theme="light"' in after.select_one("#server-reads code").get_text()
        assert after.select_one("#predict fieldset").has_attr("data-settled")

    def test_form_shows_what_is_chosen(self, client):
        client.cookies.load({"theme": "dark", "text_size": "larger"})

        checked = soup_of(client.get(URL)).select("#theme input[checked]")

        assert [field["value"] for field in checked] == ["dark", "larger"]


class TestEveryPage:
    @pytest.mark.parametrize("path", ["/", "/cookies/why/", "/nowhere/", "/notes/", URL])
    def test_is_written_for_the_choice(self, client, path):
        client.cookies.load({"theme": "dark", "text_size": "larger"})

        assert chosen_on(client.get(path)) == ("dark", "larger")

    @pytest.mark.parametrize("theme", THEMES)
    @pytest.mark.parametrize("text_size", TEXT_SIZES)
    def test_knows_every_choice(self, client, theme, text_size):
        client.cookies.load({"theme": theme, "text_size": text_size})

        assert chosen_on(client.get(URL)) == (theme, text_size)

    @pytest.mark.parametrize("value", ["", "pink", '"><script>', "DARK"])
    def test_ignores_what_it_does_not_know(self, client, value):
        response = client.get("/", headers={"cookie": f"theme={value}; text_size={value}"})

        assert chosen_on(response) == ("system", "normal")

    def test_does_not_touch_the_session(self, client):
        client.cookies["theme"] = "dark"

        response = client.get("/")

        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
        assert not Session.objects.exists()


class TestLanguage:
    def test_is_set_by_djangos_own_view(self, client):
        response = client.post("/i18n/setlang/", {"language": "de", "next": f"{URL}#language"})

        assert response.status_code == 302
        assert response.url == f"{URL}#language"
        assert cookie_line(response, "django_language") == "django_language=de; Path=/"
        language, text = sentence(client.get(URL))
        assert language == "de"
        assert "Dieses Feld ist zwingend erforderlich." in text

    def test_comes_from_accept_language_without_a_cookie(self, client):
        assert sentence(client.get(URL, headers={"accept-language": "fr"}))[0] == "fr"

    @pytest.mark.parametrize("value", ["tlh", "<x>", "x" * 600, "../de"])
    def test_unknown_language_is_ignored(self, client, value):
        client.cookies["django_language"] = value

        assert sentence(client.get(URL, headers={"accept-language": "fr"}))[0] == "fr"

    def test_stays_on_its_page(self, client):
        client.cookies["django_language"] = "de"
        client.get(URL)

        response = client.post("/cookies/set/", {})

        assert soup_of(response).select_one(".errorlist li").get_text() == "This field is required."

    def test_a_link_alone_changes_nothing(self, client):
        response = client.get("/i18n/setlang/?language=de")

        assert "django_language" not in response.cookies
