"""The recorder: it shows what happened as it is, and touches nothing."""

import re
import zlib
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from live_panel import history, pieces, stores
from live_panel.placeholder import PLACEHOLDER
from tests.helpers import decoded, earlier_of, exchanges_of, fact, row_of, soup_of
from tests.live_panel.conftest import TOKEN, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.live_panel.urls")]

DELETED = 'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'


def is_absent(exchange, name):
    return exchange.select_one(f'[data-panel="{name}"]').has_attr("data-absent")


def lines_of(exchange):
    return [line.get_text() for line in exchange.select('[data-panel="set-cookie"]')]


def recorded(browser):
    """Return the paths of the exchanges that `browser` can see, newest first."""
    page = browser.get("/untouched/", headers={"Live-Panel": "refresh"})
    return [e["data-path"] for e in [*exchanges_of(page), *earlier_of(page)]]


class TestExchange:
    def test_first_visit_has_nothing_to_show_and_says_so(self, stranger):
        (exchange,) = exchanges_of(stranger.get("/untouched/"))

        assert exchange["data-method"] == "GET"
        assert exchange["data-path"] == "/untouched/"
        assert exchange["data-status"] == "200"
        assert fact(exchange, "cookie-header") is None
        assert is_absent(exchange, "row-before")
        assert is_absent(exchange, "row-after")
        assert lines_of(exchange) == []
        assert fact(exchange, "why")

    def test_new_row_and_its_line(self, browser, row):
        (exchange,) = exchanges_of(browser.get("/set-key/?name=Ada"))

        assert fact(exchange, "cookie-header") == f"csrftoken={TOKEN}"
        assert is_absent(exchange, "row-before")
        assert fact(exchange, "row-after", "session-key") == row().session_key
        assert fact(exchange, "row-after", "session-data") == row().session_data
        assert fact(exchange, "row-after", "expire-date") == row().expire_date.isoformat(sep=" ")
        assert fact(exchange, "row-after", "place") == "django_session"
        assert decoded(exchange, "row-after") == {"name": "Ada"}
        (line,) = lines_of(exchange)
        assert re.fullmatch(
            rf"sessionid={row().session_key}; expires=\w{{3}}, \d\d \w{{3}} \d{{4}} [\d:]{{8}} GMT;"
            " HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax",
            line,
        )

    def test_row_that_was_there_before(self, browser, row):
        browser.get("/set-key/")
        before = row()

        (exchange,) = exchanges_of(browser.get("/count/"))

        header = f"csrftoken={TOKEN}; sessionid={before.session_key}"
        assert fact(exchange, "cookie-header") == header
        assert fact(exchange, "row-before", "session-data") == before.session_data
        assert fact(exchange, "row-after", "session-data") == row().session_data
        assert before.session_data != row().session_data
        assert decoded(exchange, "row-before") == {"name": "Ada"}
        assert decoded(exchange, "row-after") == {"name": "Ada", "count": 1}

    def test_marks_added_changed_and_removed(self, browser):
        def marks():
            (exchange,) = exchanges_of(page)
            return {
                (panel, kind): [item.get_text().split(":")[0].strip() for item in found]
                for panel in ("row-before", "row-after")
                for kind in ("added", "changed", "removed")
                if (found := exchange.select(f'[data-panel="{panel}"] .lp-item.lp-{kind}'))
            }

        page = browser.get("/set-under/?name=a&other=b")
        assert marks() == {("row-after", "added"): ['"name"', '"other"']}
        page = browser.get("/set-under/?name=z")
        assert marks() == {
            ("row-before", "changed"): ['"name"'],
            ("row-after", "changed"): ['"name"'],
        }
        page = browser.get("/pop-key/")
        assert marks() == {("row-before", "removed"): ['"name"']}

    def test_flush_leaves_no_row(self, browser, row):
        browser.get("/set-key/")

        (exchange,) = exchanges_of(browser.get("/flush/"))

        assert decoded(exchange, "row-before") == {"name": "Ada"}
        assert is_absent(exchange, "row-after")
        assert lines_of(exchange) == [DELETED]
        assert row() is None

    def test_row_that_lost_its_cookie_is_shown_once_more(self, browser, row):
        browser.get("/set-key/")

        (exchange,) = exchanges_of(browser.get("/drop-session-cookie/"))
        (following,) = exchanges_of(browser.get("/untouched/"))

        assert decoded(exchange, "row-after") == {"name": "Ada"}
        assert "No cookie opens this any more" in exchange.get_text()
        assert is_absent(following, "row-before")
        assert is_absent(following, "row-after")
        assert row() is not None

    def test_new_key_for_the_same_data(self, browser):
        browser.get("/set-key/")
        old = row_of(browser).session_key

        (exchange,) = exchanges_of(browser.get("/cycle-key/"))

        new = row_of(browser).session_key
        assert new != old
        assert fact(exchange, "row-before", "session-key") == old
        assert fact(exchange, "row-after", "session-key") == new
        assert decoded(exchange, "row-before") == decoded(exchange, "row-after") == {"name": "Ada"}

    def test_expired_row_is_shown_as_lying_there(self, browser):
        browser.get("/set-key/")
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

        (exchange,) = exchanges_of(browser.get("/read/"))

        assert decoded(exchange, "row-after") == {"name": "Ada"}
        assert "Django ignores this row" in exchange.get_text()
        assert lines_of(exchange) == [DELETED]

    def test_row_with_a_broken_signature_is_shown_and_not_decoded(self, browser):
        browser.get("/set-key/")
        data = row_of(browser).session_data[:-1] + "!"
        Session.objects.update(session_data=data)

        (exchange,) = exchanges_of(browser.get("/untouched/"))

        assert fact(exchange, "row-after", "session-data") == data
        assert fact(exchange, "row-after", "session-decoded") is None
        assert '{"name":"Ada"}' in exchange.select_one('[data-panel="row-after"]').get_text()

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/nowhere/", 404),
            ("/untouched", 301),
            ("/boom/", 500),
            ("/answer/403/", 403),
            ("/image/", 200),
            ("/data/", 200),
            ("/stream/", 200),
        ],
    )
    def test_every_kind_of_answer_is_recorded(self, browser, panel_after, path, status):
        (exchange,) = exchanges_of(panel_after(path))

        assert (exchange["data-path"], exchange["data-status"]) == (path, str(status))

    def test_set_cookie_given_as_a_header_is_shown_too(self, browser):
        (exchange,) = exchanges_of(browser.get("/lines/?line=by_hand=1; Path=/x"))

        assert lines_of(exchange) == ["by_hand=1; Path=/x", "by_call=2; Path=/"]

    @pytest.mark.parametrize(
        ("query", "outcome"),
        [
            ("samesite=Lax", "stored"),
            ("samesite=None", "refused"),
            ("samesite=None&secure=on", "refused"),
            ("path=/&max_age=60", "stored"),
        ],
    )
    def test_each_line_has_its_verdict(self, browser, query, outcome):
        (exchange,) = exchanges_of(browser.get(f"/set-cookie/?{query}"))

        (verdict,) = exchange.select('[data-panel="verdict"]')
        assert verdict["data-outcome"] == outcome

    def test_line_that_the_rules_fail_on_is_shown_without_a_verdict(self, browser, monkeypatch):
        def fail(*args):
            raise RuntimeError

        monkeypatch.setattr("live_panel.browser_rules.judge", fail)

        page = browser.get("/set-cookie/")

        assert page.status_code == 200
        (exchange,) = exchanges_of(page)
        assert exchange.select_one('[data-panel="verdict"]')["data-outcome"] == "unknown"
        assert lines_of(exchange) == ["note=x; Path=/"]

    def test_names_the_view(self, browser):
        (exchange,) = exchanges_of(browser.get("/read/"))

        assert "tests.live_panel.urls.read" in exchange.get_text()


class TestNow:
    def test_shows_what_the_browser_sends_and_what_it_opens(self, browser, row):
        page = browser.get("/set-key-and-go/?to=/untouched/", follow=True)

        now = soup_of(page).select_one("[data-now]")
        header = f"csrftoken={TOKEN}; sessionid={row().session_key}"
        assert fact(now, "cookie-header") == header
        assert fact(now, "row", "session-key") == row().session_key
        assert decoded(now, "row") == {"name": "Ada"}

    def test_marks_what_the_last_click_changed(self, browser):
        page = browser.get("/set-key-and-go/?to=/untouched/", follow=True)

        now = soup_of(page).select_one("[data-now]")
        assert [item.get_text() for item in now.select(".lp-item.lp-added")] == [
            '  "name": "Ada"\n'
        ]
        assert [pair.get_text()[:9] for pair in now.select(".lp-pair.lp-added")] == ["sessionid"]

    def test_marks_nothing_after_a_click_that_changed_nothing(self, browser):
        browser.get("/set-key/")
        now = soup_of(browser.get("/read/")).select_one("[data-now]")

        assert not now.select(".lp-added, .lp-changed, .lp-removed")

    def test_nothing_is_kept_of_a_dropped_cookie(self, browser):
        browser.get("/set-key/")

        now = soup_of(browser.get("/drop-session-cookie/")).select_one("[data-now]")

        assert now.select_one('[data-panel="row"]').has_attr("data-absent")


class TestWatchingWithoutTouching:
    def test_adds_no_vary_cookie_or_row(self, stranger, settings):
        page = stranger.get("/untouched/")
        settings.LIVE_PANEL = False
        bare = Browser().get("/untouched/")

        assert soup_of(page).find(id="live-panel")
        assert not soup_of(bare).find(id="live-panel")
        assert not page.cookies
        assert not Session.objects.exists()
        assert "Vary" not in page
        assert "Vary" not in bare

    def test_does_not_delete_a_stale_session_cookie(self, browser):
        browser.cookies["sessionid"] = "a" * 32

        assert not browser.get("/untouched/").cookies

    def test_length_is_that_of_the_page_with_the_panel(self, browser):
        page = browser.get("/described/")

        assert soup_of(page).find(id="live-panel")
        assert page["Content-Length"] == str(len(page.content))

    def test_headers_that_described_the_page_without_the_panel_are_gone(self, browser):
        page = browser.get("/described/")

        assert "ETag" not in page
        assert "Expires" not in page
        assert page["Cache-Control"] == "no-store, private"

    def test_headers_of_a_page_without_the_panel_are_left_alone(self, browser):
        page = browser.get("/described-without-panel/")

        assert page["ETag"] == '"of-the-view"'
        assert page["Expires"] == "0"
        assert page["Cache-Control"] == "max-age=600"

    def test_caches_are_forbidden_only_where_the_panel_is(self, browser):
        assert browser.get("/untouched/")["Cache-Control"] == "no-store, private"
        assert "Cache-Control" not in browser.get("/bare/")

    def test_speaks_the_charset_of_the_page(self, browser):
        page = browser.get("/latin/", headers={"cookie": f"csrftoken={TOKEN}; a=é"})

        text = page.content.decode("latin-1")
        assert text.startswith("<p>é</p>")
        assert "↑" not in text
        assert PLACEHOLDER not in text

    @pytest.mark.parametrize("path", ["/static/site.css", "/favicon.ico", "/media/cat.png"])
    def test_does_not_record_what_browsers_fetch_by_themselves(self, browser, path):
        browser.get("/read/")

        answer = browser.get(path)

        assert PLACEHOLDER in answer.text  # The stub view printed it, and nobody replaced it.
        assert recorded(browser) == ["/read/"]

    @pytest.mark.parametrize("url", ["", "/"])
    def test_media_url_that_names_no_folder_excludes_nothing(self, browser, settings, url):
        settings.MEDIA_URL = url

        browser.get("/read/")

        assert recorded(browser) == ["/read/"]

    def test_ignored_prefixes_are_neither_recorded_nor_shown(self, browser, settings):
        settings.LIVE_PANEL_IGNORE = ["/quiet/"]

        answer = browser.get("/quiet/please/")

        assert PLACEHOLDER in answer.text
        assert "Cache-Control" not in answer
        assert recorded(browser) == []
        # Not even the questions of a page there are answered: the view is.
        asked = browser.get("/quiet/please/", headers={"Live-Panel": "refresh"})
        assert asked.content == answer.content

    def test_own_pages_are_not_recorded(self, browser):
        browser.get("/read/")

        assert browser.get("/live-panel/1/").status_code == 200
        assert browser.get("/live-panel/99/").status_code == 404
        assert recorded(browser) == ["/read/"]

    def test_two_queries_with_a_row(self, browser, watch_queries):
        browser.get("/set-key/")
        with watch_queries() as queries:
            browser.get("/untouched/")

        key = row_of(browser).session_key
        assert len(queries) == 2
        for sql, params in queries:
            assert re.search(r'WHERE .*\."session_key" IN \(%s\)$', sql)
            assert list(params) == [key]

    def test_one_query_for_both_keys_where_the_key_changes(self, browser, row, watch_queries):
        browser.get("/set-key/")
        old = row().session_key
        with watch_queries() as queries:
            browser.get("/cycle-key/")

        sql, params = queries[-1]
        assert sql.endswith('"session_key" IN (%s, %s)')
        assert set(params) == {old, row().session_key}

    @pytest.mark.parametrize("cookie", [None, "", "short", "a" * 41, "a b\x01cdefgh"])
    def test_no_query_without_a_possible_key(self, browser, watch_queries, cookie):
        header = "" if cookie is None else f"; sessionid={cookie}"
        with watch_queries() as queries:
            browser.get("/untouched/", headers={"cookie": f"csrftoken={TOKEN}{header}"})

        assert queries == []

    def test_a_project_counts_its_own_queries(self, browser, django_assert_num_queries):
        browser.get("/set-key/")
        with django_assert_num_queries(0):
            browser.get("/untouched/")
        with django_assert_num_queries(1):
            browser.get("/read/")


class TestWhereItCannotShow:
    @pytest.mark.parametrize("path", ["/stream/", "/plain/", "/compressed/"])
    def test_leaves_other_answers_alone(self, browser, caplog, path):
        answer = browser.get(path)

        assert answer.status_code == 200
        assert b"".join(answer) == PLACEHOLDER.encode()
        assert "Cache-Control" not in answer
        assert recorded(browser) == [path]
        assert [record for record in caplog.records if record.name.startswith("live_panel")] == []

    def test_leaves_data_alone(self, browser):
        assert browser.get("/data/").json() == {"placeholder": PLACEHOLDER}

    @pytest.mark.parametrize("error", [OperationalError("no file"), RuntimeError("no such app")])
    def test_store_that_does_not_answer(self, browser, monkeypatch, error):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("live_panel.stores.read", fail)

        page = browser.get("/untouched/")

        assert page.status_code == 200
        now = soup_of(page).select_one("[data-now]")
        for place in (now, exchanges_of(page)[0]):
            notes = [note.get_text() for note in place.select(".lp-note")]
            assert any(type(error).__name__ in note for note in notes)
        assert not soup_of(page).select('[data-panel="mismatch"]')

    def test_store_that_stops_answering_while_the_view_runs(self, browser, monkeypatch):
        read, calls = stores.read, []

        def fail_the_second_time(*args, **kwargs):
            calls.append(args)
            if len(calls) > 1:
                raise OperationalError
            return read(*args, **kwargs)

        monkeypatch.setattr("live_panel.stores.read", fail_the_second_time)

        page = browser.get("/set-key/")

        assert row_of(browser).get_decoded() == {"name": "Ada"}
        notes = [note.get_text() for note in exchanges_of(page)[0].select(".lp-note")]
        assert any("OperationalError" in note for note in notes)
        assert not soup_of(page).select('[data-panel="mismatch"]')

    @pytest.mark.parametrize(
        "broken",
        ["live_panel.exchange.begin", "live_panel.exchange.finish", "live_panel.panel.render"],
    )
    def test_panel_that_fails_says_so_and_the_page_goes_on(self, browser, monkeypatch, broken):
        def fail(*args, **kwargs):
            raise ZeroDivisionError

        monkeypatch.setattr(broken, fail)

        page = browser.get("/set-key/")

        assert page.status_code == 200
        assert "The live panel failed" in page.text
        assert PLACEHOLDER not in page.text
        assert row_of(browser).get_decoded() == {"name": "Ada"}

    @pytest.mark.parametrize("broken", ["add", "load"])
    def test_history_that_fails_leaves_the_exchange_in_hand(self, browser, monkeypatch, broken):
        def fail(*args, **kwargs):
            raise ConnectionError

        monkeypatch.setattr(f"live_panel.history.{broken}", fail)

        page = browser.get("/set-key/")

        assert page.status_code == 200
        assert "ConnectionError" in soup_of(page).find(id="live-panel").get_text()
        (exchange,) = exchanges_of(page)
        assert decoded(exchange, "row-after") == {"name": "Ada"}

    def test_history_that_was_lost(self, browser):
        browser.get("/read/")
        history.memory.clear()

        page = browser.get("/untouched/")

        assert page.status_code == 200
        assert len(exchanges_of(page)) == 1
        assert not earlier_of(page)


class TestEngines:
    """The store really used, read as it is."""

    def visit(self, settings, browser, engine):
        settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
        page = browser.get("/set-key-and-go/?to=/read/", follow=True)
        return browser.cookies["sessionid"].value, soup_of(page).select_one("[data-now]")

    def test_cache(self, settings, browser):
        key, now = self.visit(settings, browser, "cache")

        assert fact(now, "row", "place") == f"django.contrib.sessions.cache{key}"
        assert cache.get(fact(now, "row", "place")) == {"name": "Ada"}
        assert fact(now, "row", "session-key") == key
        assert fact(now, "row", "session-data") is None
        assert fact(now, "row", "expire-date") is None
        assert decoded(now, "row") == {"name": "Ada"}

    def test_cached_db(self, settings, browser):
        key, now = self.visit(settings, browser, "cached_db")

        assert fact(now, "row", "place") == "django_session"
        assert fact(now, "row", "session-data") == Session.objects.get(pk=key).session_data
        assert f"django.contrib.sessions.cached_db{key}" in now.get_text()

    def test_cached_db_without_its_copy(self, settings, browser):
        key, now = self.visit(settings, browser, "cached_db")
        cache.clear()

        now = soup_of(browser.get("/untouched/")).select_one("[data-now]")

        assert decoded(now, "row") == {"name": "Ada"}
        assert f"django.contrib.sessions.cached_db{key}" not in now.get_text()

    def test_file(self, settings, browser):
        key, now = self.visit(settings, browser, "file")

        with open(FileStore()._key_to_file(key)) as file:
            data = file.read()
        assert fact(now, "row", "place") == f"sessionid{key}"
        assert fact(now, "row", "session-data") == data
        assert decoded(now, "row") == {"name": "Ada"}

    @pytest.mark.parametrize("key", ["../../../../etc/passwd", "..\\..\\secrets1", "A" * 32])
    def test_file_outside_the_folder_is_never_read(self, settings, monkeypatch, key):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.file"
        opened = []
        monkeypatch.setattr("builtins.open", lambda *args, **kwargs: opened.append(args))

        assert stores.read([key]) == {}
        assert opened == []

    def test_file_is_read_only_so_far(self, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.file"
        with open(FileStore()._key_to_file("b" * 32), "w") as file:
            file.write("x" * (stores.MAX_FILE + 1000))

        assert stores.read(["b" * 32])["b" * 32].size == stores.MAX_FILE

    def test_signed_cookies(self, settings, browser):
        value, now = self.visit(settings, browser, "signed_cookies")

        assert fact(now, "row", "place") == "sessionid"
        assert fact(now, "row", "session-data") == value
        assert decoded(now, "row") == {"name": "Ada"}
        assert "The server keeps" not in [heading.get_text() for heading in now.select("h3")]

    def test_signed_cookie_that_was_forged(self, settings, browser):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
        browser.cookies["sessionid"] = "eyJhIjoxfQ:1abcde:forged"

        (exchange,) = exchanges_of(browser.get("/untouched/"))

        assert fact(exchange, "row-before", "session-decoded") is None
        assert '{"a":1}' in exchange.get_text()
        assert "signature" in fact(exchange, "mismatch")

    def test_decode_of_the_engine_itself(self, browser, use_engine):
        """A project may encode its data otherwise. Its own store knows how to read them."""

        class SessionStore(DatabaseStore):
            def encode(self, session_dict):
                return repr(sorted(session_dict.items()))

            def decode(self, session_data):
                return {"read by": "the engine", **dict(eval(session_data))}

        use_engine(SessionStore)
        browser.get("/set-key/")

        (exchange,) = exchanges_of(browser.get("/read/"))

        assert fact(exchange, "row-after", "session-data") == "[('name', 'Ada')]"
        assert decoded(exchange, "row-after") == {"read by": "the engine", "name": "Ada"}

    def test_claims_no_signature_for_an_engine_that_has_none(self, browser, use_engine):
        class SessionStore(DatabaseStore):
            def encode(self, session_dict):
                return repr(sorted(session_dict.items()))

            def decode(self, session_data):
                return dict(eval(session_data))

        use_engine(SessionStore)
        page = browser.get("/set-key-and-go/?to=/read/", follow=True)

        now = soup_of(page).select_one("[data-now]")
        assert "characters" in now.get_text()
        assert "the signature" not in now.get_text()

    def test_engine_that_nobody_knows_says_so(self, browser, use_engine):
        kept = {}

        class SessionStore(SessionBase):
            def load(self):
                return dict(kept.get(self.session_key, {}))

            def save(self, must_create=False):
                if self.session_key is None:
                    self._session_key = self._get_new_session_key()
                kept[self.session_key] = dict(self._get_session())

            def exists(self, session_key):
                return session_key in kept

            def delete(self, session_key=None):
                kept.pop(session_key or self.session_key, None)

        use_engine(SessionStore)
        browser.get("/set-key/")

        page = browser.get("/untouched/")

        assert list(kept.values()) == [{"name": "Ada"}]
        text = soup_of(page).select_one("[data-now]").get_text()
        assert "an_engine_of_a_project is an engine that the panel cannot read" in text
        assert not soup_of(page).select('[data-panel="mismatch"]')


class TestHistory:
    def test_keeps_the_last_twenty(self, browser):
        for number in range(25):
            browser.get(f"/any/{number}/")

        assert recorded(browser) == [f"/any/{number}/" for number in range(24, 4, -1)]

    def test_browser_that_nothing_identifies_sees_only_the_exchange_in_hand(self, stranger):
        stranger.get("/read/")
        page = stranger.get("/untouched/")

        assert len(exchanges_of(page)) == 1
        assert not earlier_of(page)

    @pytest.mark.parametrize("path", ["/rotate-csrf/", "/set-key/", "/log-in/"])
    def test_moves_along_when_a_cookie_changes(self, browser, path):
        browser.get("/any/before/")
        old = browser.cookies["csrftoken"].value, browser.cookies.get("sessionid")
        browser.get(path)

        assert (browser.cookies["csrftoken"].value, browser.cookies.get("sessionid")) != old
        assert recorded(browser) == [path, "/any/before/"]
        for name, value in browser.cookies.items():
            assert value.value, name
        browser.cookies.clear()
        browser.cookies["csrftoken"] = TOKEN
        assert recorded(browser) == []


class TestOffSwitch:
    def test_removes_the_panel_from_the_request_path(self, settings, browser):
        settings.LIVE_PANEL = False

        page = browser.get("/untouched/")

        assert page.status_code == 200
        assert not soup_of(page).find(id="live-panel")
        assert PLACEHOLDER not in page.text
        assert "Cache-Control" not in page
        assert not history.memory.shelves

    @pytest.mark.parametrize("debug", [True, False])
    def test_follows_debug_where_it_is_not_set(self, settings, browser, debug):
        settings.LIVE_PANEL = None
        settings.DEBUG = debug

        page = browser.get("/untouched/")

        assert bool(soup_of(page).find(id="live-panel")) is debug


class TestPieces:
    @pytest.mark.parametrize(
        "text", ["", "a=1", "a=1; b=2;c=3 ;  d", ";;; ;=; ==;", ' a = "x;y" ', "=x;y=", "é=ü"]
    )
    def test_cut_and_joined_is_the_input(self, text):
        for cut in (pieces.cut_cookie_header, pieces.cut_set_cookie):
            assert "".join(piece.text for group in cut(text) for piece in group) == text
        assert "".join(piece.text for piece in pieces.cut_session_data(text)) == text

    def test_every_attribute_has_one_explanation(self):
        line = "sessionid=k; expires=x; Max-Age=1; Path=/; Domain=d; Secure; HttpOnly; SameSite=; X"

        abouts = [piece.about for group in pieces.cut_set_cookie(line) for piece in group]

        assert list(filter(None, abouts)) == [
            "session-name",
            "session-value",
            "expires",
            "max-age",
            "path",
            "domain",
            "secure",
            "httponly",
            "samesite",
            "attribute",
        ]

    def test_session_data_parts(self):
        data = signing.dumps({"a": "b" * 500}, compress=True)

        abouts = [piece.about for piece in pieces.cut_session_data(data) if piece.about]

        assert abouts == ["dot", "payload", "timestamp", "signature"]

    def test_each_piece_on_a_page_has_its_sentence_once(self, browser):
        page = soup_of(browser.get("/set-key-and-go/?to=/set-cookie/", follow=True))

        abouts = {piece["data-about"] for piece in page.select("[data-about]")}
        assert {"session-value", "csrf-value", "payload", "samesite"} <= abouts
        for about in abouts:
            (sentence,) = page.select(f"#lp-about-{about}")
            assert pieces.EXPLANATIONS[about] in sentence.get_text()


class TestSessionData:
    def test_signing_time(self):
        data = DatabaseStore().encode({"a": 1})

        assert abs(stores.signed_at(data).timestamp() - timezone.now().timestamp()) < 2

    @pytest.mark.parametrize("data", ["", "a", "a:b", "a::c", "a:!:c", "a:" + "z" * 90 + ":c"])
    def test_garbled_signing_time(self, data):
        assert stores.signed_at(data) is None

    @pytest.mark.parametrize("session", [{"a": "b"}, {"a": "b" * 500}])
    def test_claim_of_an_unsigned_payload(self, session):
        data = DatabaseStore().encode(session)[:-1] + "!"

        found = stores.decode(DatabaseStore(), data)

        assert found["problem"]
        assert found["unverified"].startswith('{"a":"b')

    def test_bomb_is_not_unpacked(self):
        bomb = "." + signing.b64_encode(zlib.compress(b"0" * 50_000_000)).decode()

        assert len(stores.peek(f"{bomb}:1:x")) == stores.MAX_PEEK
