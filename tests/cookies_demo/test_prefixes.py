"""Names that make a promise."""

import pytest
from django.urls import reverse

from course.lessons import lesson_cookies
from tests.helpers import cookie_line, soup_of

pytestmark = pytest.mark.django_db
URL = reverse("cookies_demo:name_prefixes")
DELETE = reverse("cookies_demo:delete_prefixed")


class TestNamePrefixes:
    def test_sets_six(self, client):
        response = client.post(URL)

        assert response.status_code == 302
        assert response.url == URL
        here = f"Path={URL}"
        assert [morsel.OutputString() for morsel in response.cookies.values()] == [
            f"ordinary=1; {here}",
            f"__Secure-without=1; {here}",
            f"__Secure-with=1; {here}; Secure",
            f"__Host-path=1; {here}; Secure",
            "__Host-domain=1; Domain=localhost; Path=/; Secure",
            "__Host-with=1; Path=/; Secure",
        ]

    def test_says_what_came(self, client):
        header = "ordinary=1; __Host-with=1"

        response = client.get(URL, headers={"cookie": header})

        rows = soup_of(response).select("#code tr")
        came = [row.th.get_text() for row in rows if row.select_one(".is")]
        assert came == ["ordinary", "__Host-with"]

    @pytest.mark.parametrize(
        ("header", "is_settled"),
        [("", False), ("ordinary=1; __Host-with=1", True), ("ordinary=1; __Host-path=1", False)],
    )
    def test_question_is_settled_by_what_came(self, client, header, is_settled):
        page = soup_of(client.get(URL, headers={"cookie": header}))

        assert page.select_one("#predict fieldset").has_attr("data-settled") == is_settled


class TestDeletePrefixed:
    def test_by_hand_lacks_the_secure_that_the_name_promises(self, client):
        response = client.post(DELETE, {"by_hand": "yes"})

        assert response.status_code == 302
        assert response.url == URL
        assert not response.cookies["__Host-with"]["secure"]
        assert response.cookies["__Host-with"]["max-age"] == 0

    def test_by_django_is_secure(self, client):
        response = client.post(DELETE)

        assert response.status_code == 302
        assert response.url == URL
        assert cookie_line(response, "__Host-with") == (
            '__Host-with=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; Secure'
        )


class TestHttpPrefix:
    def test_sets_one_that_scripts_cannot_reach_and_one_that_they_can(self, client):
        response = client.post(reverse("cookies_demo:http_prefix"))

        assert response.status_code == 302
        assert response.url == URL
        assert [morsel.OutputString() for morsel in response.cookies.values()] == [
            f"__Http-with=1; HttpOnly; Path={URL}; Secure",
            f"__Http-without=1; Path={URL}; Secure",
        ]

    def test_lesson_says_which_came(self, client):
        response = client.get(URL, headers={"cookie": "__Http-with=1"})

        rows = soup_of(response).select("#http-prefix ~ table tr")
        came = {row.th.get_text(): bool(row.select_one(".is")) for row in rows}
        assert came == {"__Http-with": True, "__Http-without": False}

    def test_start_over_knows_it(self):
        assert ("__Http-with", URL) in lesson_cookies()
