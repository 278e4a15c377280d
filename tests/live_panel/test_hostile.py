"""Whatever a browser, a row or a view holds: shown as text, and never a 500."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from live_panel import pieces
from live_panel.markup import facts
from tests.helpers import decoded, earlier_of, fact
from tests.live_panel.conftest import TOKEN, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.live_panel.urls")]

VALUES = [
    '"><script>alert(1)</script>',
    "</textarea></pre></code><!--",
    "&lt;b&gt;",
    "&amp;&#60;",
    "{{ 7*7 }}{% debug %}",
    "' onmouseover='alert(1)",
    r"\074script\076",
    "</script><img src=x onerror=alert(1)>",
    "`<b>`",
    "<!-- live_panel: is ExchangeRecorder in MIDDLEWARE? -->",
]
TAGS = {
    "a", "b", "code", "dd", "del", "details", "div", "dl", "dt", "h2", "h3", "i", "li", "ol", "p",
    "section", "small", "span", "summary", "table", "tbody", "td", "th", "thead", "time", "tr",
    "ul",
}  # fmt: skip
ATTRIBUTES = re.compile(
    "aria-labelledby|class|data-[a-z-]+|href|id|role|tabindex|hidden|open|scope"
)
ID = re.compile("live-panel|lp-[a-z0-9-]+")
HREF = re.compile(r"/live-panel/[0-9]+/|#lp-end")

relaxed = settings(
    deadline=None,
    max_examples=35,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Text as WSGI hands it over: each character is one byte.
header_bytes = st.text(st.characters(min_codepoint=0, max_codepoint=255), max_size=200)
any_text = st.text(max_size=120) | st.sampled_from(VALUES)
# Django refuses a line break in a header, and a test client cannot send half a surrogate pair.
line_text = st.text(
    st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1, max_size=200
)


def soup_of(response):
    """Return the page of `response`, every space in it included."""
    return BeautifulSoup(response.content, "html.parser", preserve_whitespace_tags=["code"])


def exchanges_of(response):
    return soup_of(response).select("[data-exchange]")


def panel_of(response):
    """Return the panel in `response`, a page or the answer to a refresh."""
    soup = soup_of(response)
    return soup.find(id="live-panel") or soup


def assert_own_markup_only(response):
    """Fail if the panel in `response` has anything but elements that the panel itself makes."""
    panel = panel_of(response)
    for element in panel.find_all():
        assert element.name in TAGS, element
        for name, value in element.attrs.items():
            assert ATTRIBUTES.fullmatch(name), element
            if name == "id":
                assert ID.fullmatch(value), element
            if name == "href":
                assert HREF.fullmatch(value), element
    assert not panel.find_all(string=lambda text: type(text).__name__ == "Comment")


def printable(text):
    """Return header text as the panel shows it, worked out without the panel."""
    return "".join(c if " " <= c <= "~" else f"\\x{ord(c):02x}" for c in text)


class TestSample:
    """Each text at each place, as a page and as a refresh show it."""

    @pytest.mark.parametrize("value", VALUES)
    def test_cookie(self, browser, value):
        header = f"<i>a</i>={value}; sessionid={value}; csrftoken={TOKEN}"

        page = browser.get("/untouched/", headers={"cookie": header})
        answer = browser.get("/untouched/", headers={"cookie": header, "Live-Panel": "refresh"})

        assert page.status_code == answer.status_code == 200
        assert fact(exchanges_of(page)[0], "cookie-header") == header
        for response in (page, answer):
            assert fact(soup_of(response).select_one("[data-now]"), "cookie-header") == header
            assert_own_markup_only(response)

    @pytest.mark.parametrize("value", VALUES)
    def test_cookie_after_those_that_are_marked_up(self, browser, value):
        header = "; ".join([*(f"c{number}=1" for number in range(150)), f"last={value}"])

        page = browser.get("/untouched/", headers={"cookie": header})

        assert fact(exchanges_of(page)[0], "cookie-header") == header
        assert_own_markup_only(page)

    @pytest.mark.parametrize("value", VALUES)
    def test_name_in_the_jar(self, browser, value):
        name = value.replace(";", "").replace("=", "")

        page = browser.get("/untouched/", headers={"cookie": f"csrftoken={TOKEN}; {name}=1"})

        names = [row["data-name"] for row in soup_of(page).select("[data-cookie]")]
        assert names == ["csrftoken", name]
        assert_own_markup_only(page)

    @pytest.mark.parametrize("value", VALUES)
    def test_path_in_the_jar(self, browser, value):
        value = value.replace(";", "")
        page = browser.get("/lines/", {"line": f"{value}; Path=/{value}; Domain={value}; {value}"})

        assert page.status_code == 200
        assert_own_markup_only(page)
        page = browser.get("/lines/", {"line": f"a=b; Path=/{value}"})
        assert f"/{value}" in [row["data-path"] for row in soup_of(page).select("[data-cookie]")]
        assert_own_markup_only(page)

    @pytest.mark.parametrize("value", [*VALUES, "\u202egpj.exe", "nul\0", "a\nb", "🍪", "\ud800"])
    def test_session_value_and_key(self, browser, value):
        store = SessionStore()
        store[f"<key>{value}"] = value
        store.save()
        browser.cookies["sessionid"] = store.session_key

        page = browser.get("/untouched/")

        assert page.status_code == 200
        assert decoded(exchanges_of(page)[0], "row-after") == {f"<key>{value}": value}
        assert_own_markup_only(page)

    @pytest.mark.parametrize("value", VALUES)
    def test_every_change_of_an_item(self, browser, value):
        """In the headline, in the rows, and where it is struck through."""
        browser.get("/set-under/", {value: "old", "name": value})
        pages = [
            browser.get("/set-under/", {value: value}),
            browser.get("/pop-key/"),
            browser.get("/untouched/", headers={"Live-Panel": "refresh"}),
            browser.get("/untouched/", headers={"Live-Panel": "exchange 2"}),
            browser.get("/flush/"),
        ]

        for page in pages:
            assert page.status_code == 200
            assert_own_markup_only(page)

    @pytest.mark.parametrize("data", ["<b>no parts</b>", "<b>:<i>:</textarea>", "", ":::", "."])
    def test_garbled_row(self, browser, data):
        browser.get("/set-key/")
        Session.objects.update(session_data=data)

        page = browser.get("/untouched/")

        assert fact(exchanges_of(page)[0], "row-after", "session-data") == data
        assert_own_markup_only(page)

    def test_claim_of_an_unsigned_payload(self, browser):
        browser.get("/set-key/", {"name": "<script>alert(1)</script>"})
        data = Session.objects.get().session_data
        Session.objects.update(session_data=data[:-1] + "!")

        page = browser.get("/untouched/")

        assert "<script>alert(1)</script>" in exchanges_of(page)[0].get_text()
        assert_own_markup_only(page)

    def test_session_key(self, browser):
        browser.get("/set-key/")
        Session.objects.update(session_key="<i>&lt;")
        browser.cookies["sessionid"] = "<i>12345"
        Session.objects.update(session_key="<i>12345")

        page = browser.get("/read/")

        assert fact(exchanges_of(page)[0], "row-after", "session-key") == "<i>12345"
        assert_own_markup_only(page)

    def test_bytes_are_shown_as_bytes(self, stranger):
        page = stranger.get("/untouched/", headers={"cookie": "a=\xff\x01\x7fé"})

        assert fact(exchanges_of(page)[0], "cookie-header") == r"a=\xff\x01\x7f\xe9"

    @pytest.mark.parametrize("value", VALUES)
    def test_path_query_and_earlier_line(self, browser, value):
        page = browser.get(f"/any/{value.replace('?', '%3F').replace('#', '%23')}/?{value}=<i>")
        later = browser.get("/untouched/")

        assert page.status_code == 200
        assert exchanges_of(page)[0]["data-path"] == f"/any/{value}/"
        assert earlier_of(later)[0]["data-path"] == f"/any/{value}/"
        for response in (page, later):
            assert_own_markup_only(response)

    @pytest.mark.parametrize("value", VALUES)
    def test_location(self, browser, value):
        browser.get("/go-as-it-is/", {"to": f"/{value}"})

        answer = browser.get("/untouched/", headers={"Live-Panel": "refresh"})

        assert f"to /{value}" in exchanges_of(answer)[0].get_text()
        assert_own_markup_only(answer)

    @pytest.mark.parametrize("header", ["Origin", "Referer"])
    def test_csrf_reason(self, stub_site, header):
        browser = Browser(enforce_csrf_checks=True, headers={"host": "testserver"})
        browser.cookies["csrftoken"] = TOKEN
        value = "https://<script>alert(1)</script>"

        refused = browser.post("/form/", headers={header: value}, secure=True)
        answer = browser.get("/untouched/", headers={"Live-Panel": "refresh"})

        assert refused.status_code == 403
        (exchange,) = exchanges_of(answer)
        assert exchange["data-status"] == "403"
        assert "<script>" in soup_of(answer).select_one('[data-panel="headline"]').get_text()
        assert_own_markup_only(answer)

    def test_method(self, browser):
        browser.generic('"><B>', "/untouched/")

        answer = browser.get("/untouched/", headers={"Live-Panel": "refresh"})

        assert exchanges_of(answer)[0]["data-method"] == '"><B>'
        assert_own_markup_only(answer)

    @pytest.mark.parametrize("header", ["Sec-Fetch-Dest", "Sec-Fetch-Site", "Sec-Fetch-Mode"])
    def test_what_a_browser_says_of_its_request(self, browser, header):
        page = browser.get("/untouched/", headers={header: "<b>" * 20})

        assert page.status_code == 200
        assert_own_markup_only(page)

    @pytest.mark.parametrize("host", ["<b>.localhost", "testserver:<i>", "[::1", ""])
    def test_host(self, browser, host):
        """Django refuses it. The panel records that, and answers for itself."""
        assert browser.get("/set-cookie/", headers={"host": host}).status_code == 400

        page = browser.get("/untouched/")
        answer = browser.get("/untouched/", headers={"host": host, "Live-Panel": "refresh"})

        assert earlier_of(page)[0]["data-path"] == "/set-cookie/"
        for response in (page, answer):
            assert response.status_code == 200
            assert_own_markup_only(response)

    @pytest.mark.parametrize("value", VALUES)
    def test_cookie_of_another_engine(self, browser, stub_site, value):
        stub_site.LIVE_PANEL_SESSION_COOKIES = {
            "cache_sessionid": "django.contrib.sessions.backends.cache",
            "signed": "django.contrib.sessions.backends.signed_cookies",
        }
        browser.get("/store-elsewhere/", {"name": value})
        header = f"cache_sessionid={browser.cookies['cache_sessionid'].value}; signed={value}"

        page = browser.get("/untouched/", headers={"cookie": header})

        others = soup_of(page).select('[data-now] [data-panel="other-session"]')
        assert decoded(others[0]) == {"name": value}
        assert_own_markup_only(page)


class TestAutoescape:
    def test_of_the_host_does_not_matter(self, browser, stub_site):
        (engine,) = stub_site.TEMPLATES
        stub_site.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "autoescape": False}}]

        browser.get("/set-under/?a=<script>alert(1)</script>")
        pages = [
            browser.get("/untouched/?q=<script>alert(1)</script>"),
            browser.get("/any/<b>/"),
            browser.get("/untouched/", headers={"Live-Panel": "refresh"}),
            browser.get("/untouched/", headers={"Live-Panel": "exchange 1"}),
        ]

        for page in pages:
            assert page.status_code == 200
            assert_own_markup_only(page)
        own = browser.get("/live-panel/3/")
        assert not soup_of(own).select("main b:not([class])")
        assert b"<b>/" not in own.content
        assert b"<script>alert" not in own.content


class TestAnyText:
    """Hypothesis looks for a text that does what none of the above does."""

    @pytest.fixture
    def plain(self, stub_site):
        """A client of the same site without the panel."""
        stub_site.LIVE_PANEL = False
        client = Client(raise_request_exception=False)
        client.get("/bare/")
        stub_site.LIVE_PANEL = True
        return client

    @given(header=header_bytes | st.lists(header_bytes, max_size=8).map("; ".join))
    @relaxed
    def test_cookie_header(self, browser, plain, header):
        with_panel = browser.get("/read/", headers={"cookie": header})
        without = plain.get("/read/", headers={"cookie": header})

        assert with_panel.status_code == without.status_code
        (*_, exchange) = exchanges_of(with_panel)
        assert fact(exchange, "cookie-header") == (printable(header) or None)
        assert_own_markup_only(with_panel)
        refreshed = browser.get("/read/", headers={"cookie": header, "Live-Panel": "refresh"})
        assert refreshed.status_code == 200
        assert_own_markup_only(refreshed)

    @given(name=header_bytes, value=header_bytes)
    @relaxed
    def test_session_cookie(self, browser, plain, name, value):
        header = f"sessionid={value}; {name}={value}; csrftoken={TOKEN}"

        for path in ("/untouched/", "/set-key/"):
            with_panel = browser.get(path, headers={"cookie": header})
            without = plain.get(path, headers={"cookie": header})

            assert with_panel.status_code == without.status_code
            assert_own_markup_only(with_panel)

    @given(line=line_text)
    @relaxed
    def test_set_cookie_line(self, browser, plain, line):
        with_panel = browser.get("/lines/", {"line": line})
        without = plain.get("/lines/", {"line": line})

        assert with_panel.status_code == without.status_code == 200
        assert with_panel["Set-Cookie"] == without["Set-Cookie"]
        (*_, exchange) = exchanges_of(with_panel)
        shown = [element.get_text() for element in exchange.select('[data-panel="set-cookie"]')]
        assert shown[0] == printable(without["Set-Cookie"])
        assert shown[-1] == "by_call=2; Path=/"
        assert_own_markup_only(with_panel)

    @given(
        parts=st.lists(
            st.sampled_from(["a", "=", ";", " ", "\t", '"', "Path", "Domain", "Max-Age", "Expires"])
            | st.sampled_from([*"019-+.,:/<>&'`", "Secure", "__Host-", "localhost", "None"]),
            min_size=1,
            max_size=30,
        ).map("".join)
    )
    @relaxed
    def test_set_cookie_line_of_familiar_parts(self, browser, parts):
        page = browser.get("/lines/", {"line": parts})

        assert page.status_code == 200
        (*_, exchange) = exchanges_of(page)
        lines = [each.get_text() for each in exchange.select('[data-panel="set-cookie"]')]
        assert printable(page["Set-Cookie"]) in lines
        assert_own_markup_only(page)

    @given(session=st.dictionaries(st.text(min_size=1, max_size=80), any_text, max_size=6))
    @relaxed
    def test_session_data(self, browser, plain, session):
        session = {key: value for key, value in session.items() if not key.startswith("_")}
        store = SessionStore()
        store.update(session)
        store.save()
        header = f"csrftoken={TOKEN}; sessionid={store.session_key}"

        with_panel = browser.get("/read/", headers={"cookie": header})
        without = plain.get("/read/", headers={"cookie": header})

        assert with_panel.status_code == without.status_code == 200
        (*_, exchange) = exchanges_of(with_panel)
        assert decoded(exchange, "row-after") == session
        assert_own_markup_only(with_panel)

    @given(data=st.text(max_size=200).filter(lambda text: "\0" not in text))
    @relaxed
    def test_stored_text(self, browser, plain, data):
        data = data.encode("utf-8", "replace").decode()
        if "sessionid" not in browser.cookies:
            browser.get("/set-key/")
        Session.objects.update(session_data=data)
        key = browser.cookies["sessionid"].value

        with_panel = browser.get("/untouched/")
        without = plain.get("/untouched/", headers={"cookie": f"sessionid={key}"})

        assert with_panel.status_code == without.status_code == 200
        assert_own_markup_only(with_panel)

    @given(path=line_text, query=line_text)
    @relaxed
    def test_path_and_query(self, browser, plain, path, query):
        for client in (browser, plain):
            client.get("/any/" + path.replace("?", "%3F").replace("#", "%23"), {"q": query})
        page = browser.get("/untouched/")

        assert page.status_code == 200
        assert_own_markup_only(page)

    @given(location=line_text)
    @relaxed
    def test_location(self, browser, location):
        browser.get("/go-as-it-is/", {"to": location})

        page = browser.get("/untouched/")
        answer = browser.get("/untouched/", headers={"Live-Panel": "exchange 1"})

        assert page.status_code == 200
        assert_own_markup_only(page)
        assert_own_markup_only(answer)

    @given(text=st.text())
    @relaxed
    def test_cut_and_joined_is_the_input(self, text):
        for cut in (pieces.cut_cookie_header, pieces.cut_set_cookie):
            assert "".join(piece.text for group in cut(text) for piece in group) == text
        assert "".join(piece.text for piece in pieces.cut_session_data(text)) == text

    @given(text=st.text())
    @relaxed
    def test_shading_a_secret_changes_no_text(self, text):
        # Outside of <pre>, BeautifulSoup makes one space of white space that stands alone.
        shown = BeautifulSoup(f"<pre>{facts.shaded(text)}</pre>", "html.parser").get_text()

        assert shown == facts.visible(text)


class TestInvisible:
    @pytest.mark.parametrize("character", ["\u202e", "\u200b", "\xad", "\ufeff", "\x85", "\u2066"])
    def test_is_made_visible(self, browser, character):
        store = SessionStore()
        store[f"a{character}b"] = f"c{character}d"
        store.save()
        browser.cookies["sessionid"] = store.session_key

        page = browser.get("/untouched/")

        assert character not in panel_of(page).get_text()
        assert decoded(exchanges_of(page)[0], "row-after") == {f"a{character}b": f"c{character}d"}

    @pytest.mark.parametrize("character", ["\u202e", "\u200b"])
    def test_in_headline_path_and_line(self, browser, character):
        browser.get("/set-under/", {f"a{character}": "old"})
        browser.get("/set-under/", {f"a{character}": f"b{character}"})
        page = browser.get(f"/any/{character}/")
        page = browser.get("/untouched/")
        answer = browser.get("/untouched/", headers={"Live-Panel": "exchange 2"})

        assert character not in answer.text
        assert character not in panel_of(page).get_text()
