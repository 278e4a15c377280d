"""A cookie and a session, side by side."""

import pytest

from tests.helpers import cookie_line, row_of, soup_of

pytestmark = pytest.mark.django_db


class TestCookieOrSession:
    URL = "/cookies/cookie-or-session/"

    def test_keeps_the_color_twice(self, client):
        response = client.post(self.URL, {"color": "green"})

        assert response.status_code == 302
        assert response.url == self.URL
        assert cookie_line(response, "color") == "color=green; Path=/"
        assert row_of(client).get_decoded() == {"color": "green"}
        assert self.shown(client) == ["green", "green"]

    def test_edited_cookie_changes_one_of_them(self, client):
        client.post(self.URL, {"color": "green"})
        assert not self.is_settled(client)
        client.cookies["color"] = "gold"

        assert self.shown(client) == ["gold", "green"]
        assert self.is_settled(client)

    @pytest.mark.parametrize("data", [{}, {"color": "gold"}, {"color": "red; Path=/x"}])
    def test_refuses_other_colors(self, client, data):
        response = client.post(self.URL, data)

        assert response.status_code == 400
        assert soup_of(response).select_one("#try .error")
        assert not {"color", "sessionid"} & set(response.cookies)

    def test_every_cell_links_to_its_proof(self, client):
        cells = soup_of(client.get(self.URL)).select(".compared tbody td")

        assert len(cells) == 20
        for cell in cells:
            assert cell.select("a[href*='#']"), cell.get_text()

    def test_every_link_leads_to_a_place_that_exists(self, client):
        pages = {}
        for link in soup_of(client.get(self.URL)).select(".compared a, #safer a"):
            path, _, place = link["href"].partition("#")
            if path not in pages:
                pages[path] = soup_of(client.get(path))
            assert pages[path].find(id=place), link

    def is_settled(self, client):
        question = soup_of(client.get(self.URL)).select_one("#predict fieldset")
        return question.has_attr("data-settled")

    def shown(self, client):
        return [cell.get_text() for cell in soup_of(client.get(self.URL)).select("#kept-twice td")]
