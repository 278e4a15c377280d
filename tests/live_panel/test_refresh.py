"""What the panel's own questions are answered: news, or an earlier exchange."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from live_panel import history
from tests.helpers import decoded, earlier_of, exchanges_of, fact, headline_of, row_of, soup_of
from tests.live_panel.conftest import TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.live_panel.urls")]


def ask(browser, what="refresh", path="/untouched/", tag=None, **headers):
    headers = {"Live-Panel": what, **headers}
    if tag:
        headers["If-None-Match"] = tag
    return browser.get(path, headers=headers)


class TestRefresh:
    def test_answers_with_every_part_and_then_with_nothing_new(self, browser):
        browser.get("/any/before/")
        browser.get("/read/")

        first = ask(browser)
        again = ask(browser, tag=first["ETag"])

        assert first.status_code == 200
        parts = [part["data-lp-part"] for part in soup_of(first).select("[data-lp-part]")]
        assert parts == ["headline", "now", "story", "jar", "earlier", "explained"]
        assert again.status_code == 304
        assert not again.content
        assert again["ETag"] == first["ETag"]

    def test_nothing_new_is_known_by_the_weak_tag_of_a_compressed_answer(self, browser, settings):
        settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]

        first = ask(browser, **{"Accept-Encoding": "gzip"})

        assert first["Content-Encoding"] == "gzip"
        assert first["ETag"].startswith("W/")
        assert ask(browser, tag=first["ETag"]).status_code == 304

    def test_page_knows_the_tag_of_what_it_shows(self, browser):
        page = browser.get("/read/")

        tag = soup_of(page).find(id="live-panel")["data-tag"]
        assert ask(browser, tag=tag).status_code == 304

    def test_tag_of_a_page_that_changed_the_cookies_is_old(self, browser):
        page = browser.get("/set-key/")

        tag = soup_of(page).find(id="live-panel")["data-tag"]
        assert ask(browser, tag=tag).status_code == 200

    @pytest.mark.parametrize("path", ["/read/", "/untouched/", "/set-cookie/", "/answer/404/"])
    def test_another_exchange_is_news(self, browser, path):
        tag = ask(browser)["ETag"]
        browser.get(path)

        assert ask(browser, tag=tag).status_code == 200

    def test_another_tag_is_no_news(self, browser):
        assert ask(browser, tag='"another"').status_code == 200
        assert ask(browser, tag="<b>").status_code == 200

    def test_length_is_said(self, browser):
        """Without it, a server closes the connection after each."""
        browser.get("/read/")

        for answer in (ask(browser), ask(browser, "exchange 1"), ask(browser, "exchange 99")):
            assert answer["Content-Length"] == str(len(answer.content)) != "0"

    def test_nothing_may_be_kept(self, browser):
        first = ask(browser)
        answers = [first, ask(browser, tag=first["ETag"]), ask(browser, "exchange 9")]

        for answer in answers:
            assert answer["Cache-Control"] == "no-store, private"

    def test_sees_a_row_that_changed_elsewhere(self, browser):
        browser.get("/set-key/")
        tag = ask(browser)["ETag"]
        store = SessionStore(row_of(browser).session_key)
        store["name"] = "Grace"
        store.save()

        answer = ask(browser, tag=tag)

        assert answer.status_code == 200
        now = soup_of(answer).select_one("[data-now]")
        assert decoded(now, "row") == {"name": "Grace"}
        assert len(now.select(".lp-item.lp-changed, .lp-item.lp-added")) == 1

    def test_sees_a_row_that_is_gone(self, browser):
        browser.get("/set-key/")
        browser.get("/untouched/")
        tag = ask(browser)["ETag"]
        Session.objects.all().delete()

        answer = ask(browser, tag=tag)

        now = soup_of(answer).select_one("[data-now]")
        assert now.select_one('[data-panel="row"]').has_attr("data-absent")
        assert "Nothing is stored" in fact(now, "mismatch")

    def test_sees_a_cookie_that_changed_in_the_browser(self, browser):
        browser.get("/untouched/")
        tag = ask(browser)["ETag"]
        browser.cookies["typed"] = "in"

        answer = ask(browser, tag=tag)

        now = soup_of(answer).select_one("[data-now]")
        assert fact(now, "cookie-header") == f"csrftoken={TOKEN}; typed=in"
        assert [pair.get_text() for pair in now.select(".lp-pair.lp-added")] == ["typed=in"]

    def test_runs_no_view_and_is_not_recorded(self, browser):
        browser.get("/read/")

        assert ask(browser, path="/boom/").status_code == 200
        assert ask(browser, path="/set-key/").status_code == 200
        assert ask(browser, path="/nowhere/").status_code == 200

        answer = ask(browser)
        assert [e["data-path"] for e in exchanges_of(answer)] == ["/read/"]
        assert earlier_of(answer) == []
        assert not Session.objects.exists()

    def test_does_not_touch_the_session(self, browser, watch_queries):
        browser.cookies["sessionid"] = "k" * 32

        with watch_queries() as queries:
            answer = ask(browser, path="/read/")

        assert [list(params) for _, params in queries] == [["k" * 32]]
        assert not answer.cookies
        assert "Vary" not in answer

    def test_query_of_the_page_is_kept_where_the_panel_shows_it(self, browser):
        """The panel asks at the address of the page, query and all."""
        browser.get("/set-under/?a=1&b=%3Ci%3E")

        answer = ask(browser, path="/set-under/?a=1&b=%3Ci%3E")

        assert "/set-under/?a=1&b=%3Ci%3E" in exchanges_of(answer)[0].get_text()

    def test_post_is_never_a_question(self, browser):
        answer = browser.post("/set-key/", headers={"Live-Panel": "refresh"})

        assert row_of(browser).get_decoded() == {"name": "Ada"}
        assert soup_of(answer).find("main")

    def test_without_a_history_leaves_the_exchange_of_the_page(self, stranger):
        answer = ask(stranger)

        assert answer.status_code == 200
        assert soup_of(answer).select_one("[data-now]")
        assert not exchanges_of(answer)
        assert not soup_of(answer).select('[data-panel="headline"]')

    def test_history_older_than_the_page_leaves_the_exchange_of_the_page(self, browser):
        browser.get("/read/")
        (exchange,) = history.load(history.browser_of(ask(browser).wsgi_request)).exchanges

        older = ask(browser, f"refresh {exchange.time + 1:.6f}")
        same = ask(browser, f"refresh {exchange.time - 1:.6f}")

        assert soup_of(older).select_one("[data-now]")
        assert not exchanges_of(older)
        assert len(exchanges_of(same)) == 1

    @pytest.mark.parametrize("what", ["refresh", "refresh x", "refresh 1e99", "", "<b>", "é"])
    def test_any_question_that_is_none_is_for_news(self, browser, what):
        browser.get("/read/")

        answer = ask(browser, what)

        assert answer.status_code == 200
        assert len(exchanges_of(answer)) == 1

    def test_that_fails_is_no_500(self, browser, monkeypatch):
        def fail(*args, **kwargs):
            raise ConnectionError

        monkeypatch.setattr("live_panel.history.load", fail)

        assert ask(browser).status_code == 503

    def test_store_that_fails_is_told(self, browser, monkeypatch):
        def fail(*args, **kwargs):
            raise ConnectionError

        browser.get("/set-key/")
        monkeypatch.setattr("live_panel.stores.read", fail)

        answer = ask(browser)

        assert answer.status_code == 200
        assert "ConnectionError" in soup_of(answer).select_one("[data-now]").get_text()
        assert not soup_of(answer).select('[data-now] [data-panel="mismatch"]')


class TestRemoved:
    def test_cookie(self, browser):
        browser.cookies["gone"] = "soon"
        browser.get("/untouched/")
        del browser.cookies["gone"]

        now = soup_of(ask(browser)).select_one("[data-now]")

        assert [gone.get_text() for gone in now.select(".lp-pair.lp-removed del")] == ["gone=soon"]
        assert fact(now, "cookie-header") == f"csrftoken={TOKEN}"

    def test_cookie_with_a_new_value_is_changed(self, browser):
        browser.cookies["note"] = "old"
        browser.get("/untouched/")
        browser.cookies["note"] = "new"

        now = soup_of(ask(browser)).select_one("[data-now]")

        assert not now.select(".lp-removed, .lp-added")
        assert [pair.get_text() for pair in now.select(".lp-pair.lp-changed")] == ["note=new"]

    def test_item(self, browser):
        browser.get("/set-under/?name=Ada&other=x")
        browser.get("/pop-key/")

        now = soup_of(ask(browser)).select_one("[data-now]")

        assert [gone.get_text() for gone in now.select(".lp-item.lp-removed del")] == [
            'name: "Ada"'
        ]
        assert decoded(now, "row") == {"other": "x"}

    def test_whole_row(self, browser):
        browser.get("/set-key/")
        browser.get("/flush/")

        now = soup_of(ask(browser)).select_one("[data-now]")

        assert len(now.select(".lp-pair.lp-removed")) == 1
        assert now.select_one(".lp-pair.lp-removed").get_text().startswith("sessionid=")


class TestExchange:
    def test_own(self, browser):
        browser.get("/set-key/?name=Ada")
        browser.get("/untouched/")

        answer = ask(browser, "exchange 1")

        assert answer.status_code == 200
        (exchange,) = exchanges_of(answer)
        assert exchange["data-path"] == "/set-key/"
        assert decoded(exchange, "row-after") == {"name": "Ada"}
        assert soup_of(answer).select_one(".lp-sentence")["data-kind"] == "row-created"

    def test_is_that_of_its_line(self, browser):
        for number in range(3):
            browser.get(f"/any/{number}/")
        (_, line) = earlier_of(browser.get("/untouched/"))[1:]

        answer = ask(browser, f"exchange {line['data-earlier']}")

        assert exchanges_of(answer)[0]["data-path"] == line["data-path"] == "/any/0/"

    def test_runs_no_view_and_is_not_recorded(self, browser):
        browser.get("/read/")

        assert ask(browser, "exchange 1", path="/boom/").status_code == 200
        assert len(exchanges_of(ask(browser))) == 1

    @pytest.mark.parametrize(
        "number",
        [
            "2",
            "0",
            "-1",
            "1.0",
            "1 ",
            " 1",
            "",
            "x",
            "١",
            "1;2",
            "<b>",
            "1e3",
            "9" * 10,
            "9" * 5000,
        ],
    )
    def test_that_is_none_of_this_browsers(self, browser, number):
        browser.get("/read/")

        answer = ask(browser, f"exchange {number}")

        assert answer.status_code == 404
        assert not exchanges_of(answer)

    def test_of_another_browser(self, browser, stranger):
        browser.get("/set-key/?name=secret")
        stranger.cookies["csrftoken"] = TOKEN

        for client in (stranger,):
            answer = ask(client, "exchange 1")
            assert answer.status_code == 404
            assert b"secret" not in answer.content

    def test_that_fell_out(self, browser):
        for number in range(22):
            browser.get(f"/any/{number}/")

        assert ask(browser, "exchange 2").status_code == 404
        assert ask(browser, "exchange 3").status_code == 200


class TestCorrections:
    """A verdict claims what line and request show. Later requests may say otherwise."""

    def corrections(self, response):
        found = soup_of(response).select("[data-correction]")
        return [each["data-correction"] for each in found]

    def is_confirmed(self, response):
        (verdict,) = exchanges_of(response)[0].select('[data-panel="verdict"]')
        return "did not come back" in verdict.get_text()

    def test_deletion_that_missed(self, browser):
        browser.get("/set-cookie/?key=note&path=/untouched/")
        page = browser.get("/delete-cookie/?key=note&path=/")
        assert self.corrections(page) == []

        answer = ask(browser)

        assert self.corrections(answer) == ["not-deleted"]
        assert headline_of(answer)[0] == "cookie-not-deleted"

    def test_deletion_that_did_not_miss(self, browser):
        browser.get("/set-cookie/?key=note")
        browser.get("/delete-cookie/?key=note")

        answer = ask(browser)

        assert self.corrections(answer) == []
        assert self.is_confirmed(answer)
        assert headline_of(answer)[0] == "cookie-deleted"

    def test_deletion_that_missed_beside_a_cookie_that_was_set(self, browser):
        browser.get("/set-cookie/?key=note&path=/untouched/")
        browser.get("/delete-and-set/")

        answer = ask(browser)

        assert "not-deleted" in self.corrections(answer)
        assert headline_of(answer)[0] == "cookie-not-deleted"

    def test_page_that_a_redirect_led_to_tells_at_once(self, browser):
        browser.get("/set-cookie/?key=note&path=/untouched/")
        browser.get("/delete-and-go/?to=/untouched/")

        page = browser.get("/untouched/")

        assert len(exchanges_of(page)) == 2
        assert self.corrections(page) == ["not-deleted"]
        assert headline_of(page)[0] == "cookie-not-deleted"

    def test_page_to_which_the_cookie_would_not_go_tells_nothing(self, browser):
        """A deletion for /a/, and then a request elsewhere: nobody can tell."""
        browser.get("/delete-cookie/?key=note&path=/any/")

        assert not self.is_confirmed(ask(browser))
        assert self.is_confirmed(ask(browser, path="/any/a/"))

    def test_cookie_that_did_not_come_back(self, browser):
        browser.get("/set-cookie/?key=note")
        del browser.cookies["note"]

        assert self.corrections(ask(browser)) == ["not-stored"]

    def test_set_again_meanwhile_proves_nothing(self, browser):
        browser.get("/set-cookie/?key=note")
        browser.get("/delete-cookie/?key=note")
        browser.get("/set-cookie/?key=note")

        answer = ask(browser, "exchange 2")

        assert "not-deleted" not in self.corrections(answer)
        assert soup_of(answer).select_one(".lp-sentence")["data-kind"] == "cookie-deleted"

    def test_set_again_by_a_request_that_could_not_tell(self, browser):
        """It went to a page without the cookie. What comes back afterward is the new one."""
        browser.get("/delete-cookie/?key=note&path=/any/")
        browser.get("/set-cookie/?key=note&path=/any/", headers={"cookie": f"csrftoken={TOKEN}"})
        browser.get("/any/a/")

        answer = ask(browser, "exchange 1")

        assert "note" in browser.cookies
        assert self.corrections(answer) == []

    def test_earlier_exchange_is_corrected_where_it_opens(self, browser):
        browser.get("/set-cookie/?key=note&path=/untouched/")
        browser.get("/delete-cookie/?key=note&path=/")
        browser.get("/untouched/")

        answer = ask(browser, "exchange 2")

        assert self.corrections(answer) == ["not-deleted"]
        assert soup_of(answer).select_one(".lp-sentence")["data-kind"] == "cookie-not-deleted"

    def test_refused_is_never_corrected(self, browser):
        browser.get(f"/set-cookie/?key=note&value={'x' * 4093}")

        answer = ask(browser)

        assert self.corrections(answer) == []
        assert headline_of(answer)[0] == "cookie-refused"


class TestSinceThen:
    def test_names_what_a_script_wrote(self, browser):
        browser.get("/untouched/")
        browser.cookies["typed"] = "in"

        note = soup_of(ask(browser)).select_one('[data-panel="since"]')

        assert note.code.get_text() == "typed"

    def test_is_silent_about_a_cookie_that_was_only_held_back(self, browser):
        """As Strict is from a page that another site led to, and not from the refresh."""
        browser.get("/set-cookie/?samesite=Strict")
        held_back = browser.cookies.pop("note")
        browser.get("/untouched/", headers={"Sec-Fetch-Site": "cross-site"})
        browser.cookies["note"] = held_back.value

        assert not soup_of(ask(browser)).select('[data-panel="since"]')
