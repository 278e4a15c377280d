"""Other names of this machine."""

import pytest
from django.test import RequestFactory

from course.addresses import other_site
from tests.helpers import soup_of

pytestmark = pytest.mark.django_db
HERE = {"host": "127.0.0.1:8000"}
SAMESITE = "/cookies/samesite/"
FORGED = "/cookies/forged-request/"


class TestOtherSite:
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

        assert other_site(request) == origin

    def test_is_none_if_the_site_does_not_answer_to_it(self, settings):
        settings.ALLOWED_HOSTS = ["127.0.0.1"]

        assert other_site(RequestFactory().get("/", headers=HERE)) == ""

    def test_is_none_elsewhere_even_if_every_host_is_allowed(self, settings):
        settings.ALLOWED_HOSTS = ["*"]

        assert other_site(RequestFactory().get("/", headers={"host": "10.1.2.3:8000"})) == ""

    def test_is_https_where_the_site_is(self):
        request = RequestFactory().get("/", headers=HERE, secure=True)

        assert other_site(request) == "https://localhost:8000"

    @pytest.mark.parametrize(
        ("path", "data"),
        [
            (SAMESITE, {}),
            (FORGED, {"samesite": "None"}),
            ("/cookies/tracking/", {"answer": "here"}),
        ],
    )
    def test_lessons_link_to_it_and_say_when_there_is_none(self, client, path, data):
        client.post(path, data)

        with_twin = soup_of(client.get(path, headers=HERE)).main
        without = soup_of(client.get(path)).main

        assert with_twin.select("a[href^='http://localhost:8000/cookies/experiments/']")
        assert not without.select("a[href^='http']")
        assert "no second name" in without.get_text()


class TestWaysBack:
    @pytest.mark.parametrize("host", ["many.localhost:8000", "shop.app.localhost:8000"])
    def test_each_page_at_a_subdomain_leads_back_to_where_readers_begin(self, client, host):
        page = soup_of(client.get("/cookies/set/", headers={"host": host}))

        assert [link["href"] for link in page.select(".ways-back a")] == [
            "http://127.0.0.1:8000/cookies/set/",
            "http://localhost:8000/cookies/set/",
        ]

    @pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "testserver"])
    def test_no_page_leads_back_from_there(self, client, host):
        page = soup_of(client.get("/cookies/set/", headers={"host": host}))

        assert not page.select(".ways-back")

    def test_unknown_host_is_a_clear_answer(self, client):
        assert client.get("/cookies/set/", headers={"host": "evil.example"}).status_code == 400
