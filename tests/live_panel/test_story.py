"""A story: the last click, its redirects, the page they led to, and what that page asked for."""

import pytest

from tests.helpers import decoded, earlier_of, exchanges_of, fact, headline_of, soup_of
from tests.live_panel.conftest import TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.live_panel.urls")]


def story_of(response):
    """Return method, path and status of each exchange of the last story, in order on the page."""
    told = soup_of(response).select("[data-exchange]")
    return [(e["data-method"], e["data-path"], e["data-status"]) for e in told]


def earlier_paths(response):
    return [line["data-path"] for line in earlier_of(response)]


def click(browser, url):
    """Open `url` and go where each answer leads, with the query as it came, like a browser."""
    response = browser.get(url)
    while response.has_header("Location"):
        response = browser.get(response["Location"])
    return response


def refresh(browser):
    return browser.get("/untouched/", headers={"Live-Panel": "refresh"})


class TestRedirects:
    def test_post_redirect_and_page_in_order_of_time(self, browser, row):
        browser.get("/any/before/")
        page = browser.post("/set-key-and-go/?to=/read/", follow=True)

        assert story_of(page) == [
            ("POST", "/set-key-and-go/", "302"),
            ("GET", "/read/", "200"),
        ]
        assert earlier_paths(page) == ["/any/before/"]
        get, post = exchanges_of(page)
        key = row().session_key
        assert fact(post, "cookie-header") == f"csrftoken={TOKEN}"
        assert fact(get, "cookie-header") == f"csrftoken={TOKEN}; sessionid={key}"
        assert decoded(post, "row-after") == decoded(get, "row-before") == {"name": "Ada"}

    def test_steps_are_numbered_only_where_there_are_several(self, browser):
        one = browser.get("/read/")
        two = browser.get("/go/?to=/read/", follow=True)

        assert soup_of(one).select(".lp-step") == []
        assert [step.get_text() for step in soup_of(two).select(".lp-step")] == ["1", "2"]

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_every_kind_of_redirect(self, browser, status):
        browser.get(f"/go/{status}/?to=/read/")

        assert len(story_of(browser.get("/read/"))) == 2

    @pytest.mark.parametrize(
        "to",
        [
            "http://testserver/read/",
            "//testserver/read/",
            "/read/#part",
            "http://testserver/read/#part",
            "../read/",
            "/untouched/../read/",
            "/%72ead/",
        ],
    )
    def test_location_in_every_form(self, browser, to):
        browser.get("/go-as-it-is/", {"to": to})

        assert story_of(browser.get("/read/")) == [
            ("GET", "/go-as-it-is/", "302"),
            ("GET", "/read/", "200"),
        ]

    def test_query_of_the_target_is_kept(self, browser):
        page = browser.get("/go/", {"to": "/set-under/?a=1&b=x#part"}, follow=True)

        assert [path for _, path, _ in story_of(page)] == ["/go/", "/set-under/"]
        assert decoded(exchanges_of(page)[0], "row-after") == {"a": "1", "b": "x"}

    def test_path_with_escapes(self, browser):
        page = browser.get("/go/", {"to": "/any/é a/"}, follow=True)

        assert story_of(page) == [("GET", "/go/", "302"), ("GET", "/any/é a/", "200")]

    def test_chain(self, browser):
        browser.get("/any/before/")
        page = click(browser, "/go/?to=/go/%3Fto=/go/%253Fto=/read/")

        assert story_of(page) == [("GET", "/go/", "302")] * 3 + [("GET", "/read/", "200")]
        assert earlier_paths(page) == ["/any/before/"]

    def test_chain_to_itself(self, browser):
        """A page that turns its visitor away once, to set a cookie."""
        browser.get("/any/before/")
        page = click(browser, "/go/?to=/go/%3Fto=/read/")

        assert [path for _, path, _ in story_of(page)] == ["/go/", "/go/", "/read/"]

    @pytest.mark.parametrize(
        "to",
        [
            "/untouched/",
            "/read/?a=1",
            "/read/deeper/",
            "/read",
            "http://elsewhere.example/read/",
            "https://testserver/read/",
            "http://testserver:8000/read/",
            "http://[/read/",
            "",
        ],
    )
    def test_redirect_to_elsewhere_is_no_part(self, browser, to):
        browser.get("/go-as-it-is/", {"to": to})
        page = browser.get("/read/")

        assert story_of(page) == [("GET", "/read/", "200")]
        assert earlier_paths(page) == ["/go-as-it-is/"]

    def test_query_that_the_browser_escapes_on_its_way(self, browser):
        """Browsers send a ' of a query as %27, and Django leaves it as it is in Location."""
        browser.get("/go/", {"to": "/read/?name=O'Hara"})

        assert len(story_of(browser.get("/read/?name=O%27Hara"))) == 2

    def test_page_without_the_query_of_the_target_is_no_part(self, browser):
        browser.get("/go/", {"to": "/read/?a=1"})

        assert len(story_of(browser.get("/read/?a=2"))) == 1
        browser.get("/go/", {"to": "/read/"})
        assert len(story_of(browser.get("/read/?a=1"))) == 1

    def test_location_of_an_answer_that_is_no_redirect_is_no_part(self, browser):
        browser.get("/go/201/?to=/read/")

        assert story_of(browser.get("/read/")) == [("GET", "/read/", "200")]

    def test_a_page_seen_twice_is_told_once(self, browser):
        """The redirect led to the first of the two, so the second is a story of its own."""
        browser.get("/go/", {"to": "/read/"}, follow=True)
        page = browser.get("/read/")

        assert story_of(page) == [("GET", "/read/", "200")]
        assert earlier_paths(page) == ["/read/", "/go/"]


class TestWhatAPageAsksFor:
    def ask(self, browser, path, destination):
        return browser.get(path, headers={"Sec-Fetch-Dest": destination})

    @pytest.mark.parametrize("destination", ["image", "iframe", "empty", "script", "style"])
    def test_belongs_to_its_page(self, browser, destination):
        self.ask(browser, "/read/", "document")
        self.ask(browser, "/image/", destination)

        answer = refresh(browser)

        assert story_of(answer) == [("GET", "/read/", "200"), ("GET", "/image/", "200")]
        assert earlier_paths(answer) == []

    def test_comes_after_the_redirects_of_its_page(self, browser):
        browser.post("/set-key-and-go/?to=/read/", follow=True)
        self.ask(browser, "/any/one/", "image")
        self.ask(browser, "/any/two/", "empty")

        assert [path for _, path, _ in story_of(refresh(browser))] == [
            "/set-key-and-go/",
            "/read/",
            "/any/one/",
            "/any/two/",
        ]

    def test_frame_with_a_panel_shows_the_story_of_the_page(self, browser):
        self.ask(browser, "/read/", "document")

        frame = self.ask(browser, "/frame/", "iframe")

        assert [path for _, path, _ in story_of(frame)] == ["/read/", "/frame/"]

    def test_what_it_did_is_told(self, browser):
        self.ask(browser, "/untouched/", "document")
        self.ask(browser, "/frame/", "iframe")

        assert headline_of(refresh(browser))[0] == "row-created"

    def test_what_only_read_does_not_outshine_the_click(self, browser):
        browser.post("/set-key-and-go/?to=/untouched/", follow=True)
        self.ask(browser, "/read/", "empty")

        kind, text = headline_of(refresh(browser))
        assert kind == "row-created"
        assert '"Ada"' in text

    def test_next_page_begins_a_new_story(self, browser):
        self.ask(browser, "/read/", "document")
        self.ask(browser, "/image/", "image")
        page = self.ask(browser, "/untouched/", "document")

        assert story_of(page) == [("GET", "/untouched/", "200")]
        assert earlier_paths(page) == ["/image/", "/read/"]

    def test_interleaved_does_not_break_a_chain(self, browser):
        """An image of the page before comes in between the redirect and its target."""
        self.ask(browser, "/any/before/", "document")
        browser.post("/set-key-and-go/?to=/read/", headers={"Sec-Fetch-Dest": "document"})
        self.ask(browser, "/image/", "image")
        page = self.ask(browser, "/read/", "document")

        assert story_of(page) == [("POST", "/set-key-and-go/", "302"), ("GET", "/read/", "200")]
        assert earlier_paths(page) == ["/image/", "/any/before/"]

    def test_redirect_of_an_image_is_no_page(self, browser):
        self.ask(browser, "/untouched/", "document")
        self.ask(browser, "/go/?to=/image/", "image")
        self.ask(browser, "/image/", "image")

        assert [path for _, path, _ in story_of(refresh(browser))] == [
            "/untouched/",
            "/go/",
            "/image/",
        ]

    def test_too_many_are_cut_and_the_click_stays(self, browser):
        self.ask(browser, "/read/", "document")
        for number in range(12):
            self.ask(browser, f"/any/{number}/", "image")

        answer = refresh(browser)

        told = [path for _, path, _ in story_of(answer)]
        assert told == ["/read/", *(f"/any/{number}/" for number in range(8))]
        assert earlier_paths(answer) == [f"/any/{number}/" for number in range(11, 7, -1)]

    def test_without_any_page(self, browser):
        """The page came from elsewhere, or fell out of the history."""
        self.ask(browser, "/any/one/", "image")
        self.ask(browser, "/any/two/", "image")

        assert story_of(refresh(browser))[0][1].startswith("/any/")


class TestEarlier:
    def test_one_line_each_with_what_it_did(self, browser):
        browser.get("/set-key/")
        browser.get("/count/")
        page = browser.get("/untouched/")

        lines = earlier_of(page)
        assert [(e["data-method"], e["data-path"], e["data-status"]) for e in lines] == [
            ("GET", "/count/", "200"),
            ("GET", "/set-key/", "200"),
        ]
        assert [line.select_one("i").get_text() for line in lines] == ["row changed", "row created"]
        assert [line.select_one("a")["href"] for line in lines] == [
            "/live-panel/2/",
            "/live-panel/1/",
        ]

    def test_no_links_in_a_project_without_the_urls(self, browser, monkeypatch):
        from django.urls import NoReverseMatch

        def fail(*args, **kwargs):
            raise NoReverseMatch

        monkeypatch.setattr("live_panel.markup.lists.reverse", fail)
        browser.get("/read/")

        (line,) = earlier_of(browser.get("/untouched/"))

        assert not line.select_one("a").has_attr("href")

    def test_page_of_its_own(self, browser):
        browser.get("/set-key/")
        browser.get("/untouched/")

        page = browser.get("/live-panel/1/")

        (exchange,) = exchanges_of(page)
        assert decoded(exchange, "row-after") == {"name": "Ada"}
        assert "no-store" in page["Cache-Control"]
        assert browser.get("/live-panel/9/").status_code == 404
        assert browser.post("/live-panel/1/").status_code == 405
