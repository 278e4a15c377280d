"""What the panel says beyond the bare facts, under every engine, and with too much of anything."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from live_panel import pieces, stores
from tests.helpers import decoded, exchanges_of, fact, row_of, soup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client):
    """A client that has seen a form, so that the panel can tell it from others."""
    client.get("/sessions/set/")
    return client


class TestVerdicts:
    def verdicts(self, page, number):
        found = exchanges_of(page)[number].select('[data-panel="verdict"]')
        return [verdict["data-outcome"] for verdict in found]

    @pytest.mark.parametrize(
        ("data", "outcome"),
        [
            ({"samesite": "Lax"}, "stored"),
            ({"samesite": "None"}, "refused"),
            ({"samesite": "None", "secure": "on"}, "refused"),
        ],
    )
    def test_each_line_says_what_the_browser_does(self, browser, data, outcome):
        page = browser.post("/cookies/flags/", data, follow=True)

        assert self.verdicts(page, 1) == [outcome]

    def test_replaced_and_deleted_need_a_cookie_that_was_sent(self, browser):
        outcomes = []
        for _ in range(2):
            page = browser.post("/cookies/set/", {"user_name": "Ada"}, follow=True)
            outcomes += self.verdicts(page, 1)
        page = browser.post("/cookies/delete/", follow=True)
        outcomes += self.verdicts(page, 1)

        assert outcomes == ["stored", "replaced", "deleted"]


class TestMismatch:
    def mismatch(self, client, key):
        """Send a header of our own: newer Pythons refuse to build one with a control character."""
        token = client.cookies["csrftoken"].value
        header = f'csrftoken={token}; sessionid="{key}"'
        page = client.get("/cookies/why/", headers={"cookie": header})
        return fact(exchanges_of(page)[0], "mismatch"), fact(
            soup_of(page).select_one("[data-now]"), "mismatch"
        )

    def test_key_so_short_that_django_deletes_it_at_once(self, browser):
        browser.cookies["sessionid"] = "short"

        page = browser.get("/cookies/why/")

        assert page.cookies["sessionid"]["max-age"] == 0
        assert "not a session key" in fact(exchanges_of(page)[0], "mismatch")

    @pytest.mark.parametrize("key", ["x" * 41, r"a b\001cdefgh"])
    def test_text_that_cannot_be_a_key(self, browser, key):
        for sentence in self.mismatch(browser, key):
            assert "not a session key" in sentence

    def test_unknown_key(self, browser):
        for sentence in self.mismatch(browser, "a" * 32):
            assert "Nothing is stored" in sentence

    def test_expired_row(self, browser):
        browser.post("/sessions/why/")
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

        for sentence in self.mismatch(browser, row_of(browser).session_key):
            assert "past" in sentence

    def test_broken_signature(self, browser):
        browser.post("/sessions/why/")
        row = row_of(browser)
        Session.objects.update(session_data=row.session_data[:-1] + "!")

        for sentence in self.mismatch(browser, row.session_key):
            assert "signature" in sentence

    def test_refresh_says_it_too(self, browser):
        browser.cookies["sessionid"] = "a" * 32

        answer = browser.get("/cookies/why/", headers={"Live-Panel": "refresh"})

        assert fact(soup_of(answer).select_one("[data-now]"), "mismatch")

    def test_good_key_has_none(self, browser):
        page = browser.post("/sessions/why/", follow=True)

        assert not soup_of(page).select('[data-panel="mismatch"]')


class TestWhy:
    def test_names_what_the_middleware_decided(self, browser):
        sentences = []
        for method, path, data in [
            ("get", "/cookies/why/", {}),
            ("get", "/sessions/get/", {}),
            ("post", "/sessions/why/", {}),
            ("post", "/sessions/clear/", {"how": "cookie"}),
        ]:
            getattr(browser, method)(path, data)
            sentences.append(fact(exchanges_of(browser.get("/sessions/set/"))[1], "why"))

        assert len(set(sentences)) == 4
        assert [sentence.endswith("has no Vary: Cookie.") for sentence in sentences] == [
            True,
            False,
            False,
            True,
        ]

    def test_save_every_request(self, browser, settings):
        browser.post("/sessions/why/")
        settings.SESSION_SAVE_EVERY_REQUEST = True

        page = browser.get("/cookies/why/")

        assert "SESSION_SAVE_EVERY_REQUEST" in fact(exchanges_of(page)[0], "why")

    def test_vanished_row(self, browser):
        browser.cookies["sessionid"] = "a" * 32

        assert browser.post("/sessions/clear/", {"how": "clear"}).status_code == 400

        assert "gone" in fact(exchanges_of(browser.get("/sessions/set/"))[1], "why")


class TestPieces:
    TEXTS = ["", "a=1", "a=1; b=2;c=3 ;  d", ";;; ;=; ==;", ' a = "x;y" ', "=x;y=", "\t;\t", "é=ü"]

    @pytest.mark.parametrize("text", TEXTS)
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

    def test_each_button_points_to_a_sentence(self, browser):
        page = soup_of(browser.post("/sessions/set/", {"user_name": "Ada"}, follow=True))

        buttons = page.select("#live-panel button[popovertarget]")
        assert buttons
        for button in buttons:
            assert button["aria-describedby"] == button["popovertarget"]
            assert page.find(id=button["popovertarget"]).has_attr("popover")


class TestSessionData:
    def test_signing_time(self):
        data = SessionStore().encode({"a": 1})

        assert abs(stores.signed_at(data).timestamp() - timezone.now().timestamp()) < 2

    @pytest.mark.parametrize("data", ["", "a", "a:b", "a::c", "a:!:c", "a:" + "z" * 90 + ":c"])
    def test_garbled_signing_time(self, data):
        assert stores.signed_at(data) is None

    @pytest.mark.parametrize("session", [{"a": "b"}, {"a": "b" * 500}])
    def test_claim_of_an_unsigned_payload(self, session):
        data = SessionStore().encode(session)[:-1] + "!"

        found = stores.decode(SessionStore(), data)

        assert found["problem"]
        assert found["unverified"].startswith('{"a":"b')

    def test_bomb_is_not_unpacked(self):
        import zlib

        bomb = "." + signing.b64_encode(zlib.compress(b"0" * 50_000_000)).decode()

        assert len(stores.peek(f"{bomb}:1:x")) == stores.MAX_PEEK


class TestEngines:
    """The store really used, read as it is."""

    def visit(self, settings, engine, **more):
        settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
        for name, value in more.items():
            setattr(settings, name, value)
        client = Client()
        client.get("/sessions/set/")
        page = client.post("/sessions/set/", {"user_name": "Ada"}, follow=True)
        return client.cookies["sessionid"].value, soup_of(page).select_one("[data-now]")

    def test_cache(self, settings):
        key, now = self.visit(settings, "cache")

        assert fact(now, "row", "place") == f"django.contrib.sessions.cache{key}"
        assert cache.get(fact(now, "row", "place"))["user_name"] == "Ada"
        assert fact(now, "row", "session-key") == key
        assert fact(now, "row", "session-data") is None
        assert decoded(now, "row") == {"user_name": "Ada", "login_count": 1}

    def test_cached_db(self, settings):
        key, now = self.visit(settings, "cached_db")

        assert fact(now, "row", "place") == "django_session"
        assert fact(now, "row", "session-data") == Session.objects.get(pk=key).session_data
        assert f"django.contrib.sessions.cached_db{key}" in now.get_text()

    def test_file(self, settings, tmp_path, monkeypatch):
        from django.contrib.sessions.backends.file import SessionStore as FileStore

        monkeypatch.delattr(FileStore, "_storage_path", raising=False)
        key, now = self.visit(settings, "file", SESSION_FILE_PATH=str(tmp_path))

        assert fact(now, "row", "place") == f"sessionid{key}"
        assert fact(now, "row", "session-data") == (tmp_path / f"sessionid{key}").read_text()
        assert decoded(now, "row") == {"user_name": "Ada", "login_count": 1}
        monkeypatch.delattr(FileStore, "_storage_path", raising=False)

    @pytest.mark.parametrize("key", ["../../../../etc/passwd", "..\\..\\secrets1", "A" * 32])
    def test_file_outside_the_folder_is_never_read(self, settings, tmp_path, monkeypatch, key):
        from django.contrib.sessions.backends.file import SessionStore as FileStore

        monkeypatch.setattr(FileStore, "_storage_path", str(tmp_path), raising=False)
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.file"

        assert stores.read([key]) == {}

    def test_signed_cookies(self, settings):
        value, now = self.visit(settings, "signed_cookies")

        assert fact(now, "row", "place") == "sessionid"
        assert fact(now, "row", "session-data") == value
        assert decoded(now, "row") == {"user_name": "Ada", "login_count": 1}

    def test_signed_cookie_that_was_forged(self, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
        client = Client()
        client.cookies["sessionid"] = "eyJhIjoxfQ:1abcde:forged"

        page = client.get("/cookies/why/")

        exchange = exchanges_of(page)[0]
        assert fact(exchange, "row-before", "session-decoded") is None
        assert "signature" in fact(exchange, "mismatch")


class TestTooMuch:
    def test_long_values_are_shortened_with_their_size(self, client):
        header = f"big={'x' * 8000}; small=1"

        page = client.get("/cookies/why/", headers={"cookie": header})

        shown = fact(exchanges_of(page)[0], "cookie-header")
        assert len(shown) < 2200
        assert "8,004 characters" in shown
        assert shown.endswith("; small=1")

    def test_three_hundred_cookies_are_all_there(self, client):
        header = "; ".join(f"c{number}={number}" for number in range(300))

        page = client.get("/cookies/why/", headers={"cookie": header})

        assert fact(exchanges_of(page)[0], "cookie-header") == header
        assert len(soup_of(page).select("[data-now] .lp-pair")) == 300

    def test_sixty_kilobytes_of_header_stay_bounded(self, client):
        header = "; ".join(f"c{number}={'x' * 1500}" for number in range(40))

        page = client.get("/cookies/why/", headers={"cookie": header})

        assert len(fact(exchanges_of(page)[0], "cookie-header")) < 41_000

    def test_big_session(self, browser):
        store = SessionStore()
        store["big"] = "é" * 100_000
        store.save()
        browser.cookies["sessionid"] = store.session_key

        page = browser.get("/cookies/why/")

        exchange = exchanges_of(page)[0]
        assert "characters in all" in fact(exchange, "row-after", "session-decoded")
        assert len(page.content) < 60_000


class TestOffSwitch:
    def test_removes_the_panel_from_the_request_path(self, settings):
        settings.LIVE_PANEL = False

        client = Client()
        page = client.get("/sessions/set/")

        assert page.status_code == 200
        assert not soup_of(page).find(id="live-panel")
        assert "Cache-Control" not in page
        assert not [key for key in cache._cache if "live_panel" in key]
