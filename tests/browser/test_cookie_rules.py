"""What the browser alone decides about a cookie: its end, its reach, its size, its name."""

import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import header_of, jar_of, press, sessionid


def came(page):
    """Return the names that the lesson's table says came with its request."""
    return page.locator("#came tr:has(.is) th").all_text_contents()


class TestExpiry:
    def test_cookie_is_seen_to_disappear(self, page, context):
        page.goto("/cookies/expiry/")
        press(page, "No lifetime")
        press(page, "Ten years")
        response = press(page, "Both")

        assert "both=1" in header_of(response)
        expect(page.locator("[data-lifetime-of=no_lifetime]")).to_contain_text("its session")
        expect(page.locator("[data-lifetime-of=ten_years]")).to_contain_text("400 days")

        expect(page.locator("[data-lifetime-of=both]")).to_have_text(re.compile("^no"))
        expect(page.locator('[data-now] [data-panel="cookie-header"]')).not_to_contain_text("both")
        assert "both" not in header_of(page.reload())
        expiries = {cookie["name"]: cookie["expires"] for cookie in context.cookies()}
        assert expiries["no_lifetime"] == -1


class TestScope:
    def test_path_decides(self, page):
        page.goto("/cookies/scope/")
        press(page, "Set three cookies")
        assert came(page) == ["for_site", "for_lesson"]

        for path, names in [
            ("shop/", ["for_site", "for_lesson", "for_shop"]),
            ("shop/cart/", ["for_site", "for_lesson", "for_shop"]),
            ("shopping/", ["for_site", "for_lesson"]),
        ]:
            page.get_by_role("link", name=f"/cookies/scope/{path}", exact=True).click()
            assert came(page) == names
            shown = page.locator('[data-now] [data-panel="cookie-header"]').text_content()
            assert ("for_shop" in shown) == ("for_shop" in names)

        header = header_of(page.goto("/cookies/get/"))
        assert "for_site" in header
        assert "for_lesson" not in header
        assert "for_shop" not in header

    def test_host_decides_and_the_port_does_not(self, page):
        page.goto("/cookies/scope/")
        press(page, "Set three cookies")

        page.get_by_role("link", name="at localhost", exact=True).click()
        expect(page).to_have_url(re.compile("//localhost:"))
        assert came(page) == []
        expect(page.locator("#host .result")).to_contain_text("cross-site")
        page.get_by_role("link", name="at 127.0.0.1", exact=True).click()
        expect(page).to_have_url(re.compile("//127.0.0.1:"))
        assert came(page) == ["for_site", "for_lesson"]

        with another_port() as (url, headers):
            page.goto(url)
        assert "for_site=1" in headers[0]

    def test_domain_widens(self, page, context):
        page.goto("/cookies/scope/")
        press(page, "Set two cookies")
        assert came(page) == ["for_host"]
        assert "for_domain" not in jar_of(context)

        page.get_by_role("link", name="Go to app.localhost").click()
        assert came(page) == []
        press(page, "Set two cookies")
        assert came(page) == ["for_host", "for_domain"]
        page.get_by_role("link", name="at shop.app.localhost").click()
        assert came(page) == ["for_domain"]

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_other_host_leads_back_to_where_the_reader_was(self, page, site, host):
        lesson = f"http://{host}:{site.port}/cookies/scope/"
        page.goto(lesson)

        page.get_by_role("link", name="Go to app.localhost").click()
        press(page, "Set two cookies")
        page.get_by_role("link", name="at shop.app.localhost").click()
        page.get_by_role("banner").get_by_role("link").click()

        expect(page).to_have_url(f"{lesson}#domain")


@contextmanager
def another_port():
    """Serve on another port of 127.0.0.1, and collect the `Cookie` headers that arrive."""
    headers = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            headers.append(self.headers["Cookie"])
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b'<link rel="icon" href="data:,">')  # or it would be asked for

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", headers
        server.shutdown()
        thread.join()


class TestTrust:
    def test_edited_cookie_is_believed_until_it_is_signed(self, page, context):
        page.goto("/cookies/tampering/")
        press(page, "Let the server set is_admin=no")
        page.get_by_role("button", name="Write the cookie").click()
        page.get_by_role("link", name="Load the page again").click()
        expect(page.locator("#try .result")).to_have_text("Welcome. You are an administrator.")
        page.get_by_role("link", name="the mended page").click()
        expect(page.locator("main .result")).to_contain_text("You are not an administrator.")
        press(page, "Let the server keep is_admin = False")
        assert sessionid(context)
        press(page, "Remove it from the session")
        assert not sessionid(context)

        page.goto("/cookies/signed/")
        press(page, "Sign a discount of 10")
        expect(page.locator("#try .result")).to_have_text("Accepted: a discount of 10.")
        page.get_by_role("button", name="Write the cookie").click()
        page.get_by_role("link", name="Load the page again").first.click()
        expect(page.locator("#try .result")).to_contain_text("BadSignature")

    def test_known_key_signs_for_anyone(self, page):
        page.goto("/cookies/signed/")
        press(page, "Forge 99")
        expect(page.locator("#try .result")).to_have_text("Accepted: a discount of 99.")
        press(page, "Forge 99 blindly")
        expect(page.locator("#try .result")).to_contain_text("BadSignature")


# Reading afterward waits until all of them are written.
WRITE_100 = """([name, attributes]) => {
    for (let i = 0; i < 100; i++) document.cookie = `${name}${i}=1${attributes}`;
    return document.cookie.length;
}"""


class TestLimits:
    def test_one_byte_too_many_is_dropped_in_silence(self, page, context):
        page.goto("/cookies/limits/")
        press(page, "4097")
        expect(page.locator("#try .figures td").nth(1)).to_have_text("no grown")
        assert "grown" not in jar_of(context)

        press(page, "4096")
        expect(page.locator("#try .figures td").nth(1)).to_have_text("4096 bytes")
        press(page, "5000")
        expect(page.locator("#try .figures td").first).to_have_text("5000 bytes")
        expect(page.locator("#try .figures td").nth(1)).to_contain_text("4096 bytes")
        assert "grown" not in header_of(page.goto("/cookies/get/"))

        page.goto("/cookies/limits/")
        press(page, "Set 3000 double quotes")
        expect(page.locator("#try .figures td").first).to_have_text("6007 bytes")
        expect(page.locator("#try .figures td").nth(1)).to_contain_text("4096 bytes")
        press(page, "Delete")
        assert not {"grown", "asked"} & set(jar_of(context))

    def test_one_cookie_too_many_throws_out_the_oldest(self, page, site):
        page.goto("/cookies/experiments/many/")
        page.get_by_role("link", name="Go to many.localhost").click()
        count = page.locator(".figures td")
        press(page, "Set 150")
        expect(count).to_have_text(["151", "yes"])
        press(page, "Set 180")
        expect(count).to_have_text(["150", "no"])
        press(page, "Delete them")
        expect(count).to_have_text(["1", "yes"])
        page.get_by_role("link", name="Back to the lesson at 127.0.0.1").click()
        expect(page).to_have_url(f"{site.url}/cookies/limits/#how-many")

    def test_cookies_are_counted_for_a_domain_and_those_without_secure_go_first(
        self, page, context, site
    ):
        first, second = (f"http://{name}.bar.localhost:{site.port}/" for name in "xy")
        page.goto(first)
        page.evaluate(WRITE_100, ["plain", ""])
        assert len(context.cookies(first)) == 100

        page.goto(second)
        page.evaluate(WRITE_100, ["secure", "; Secure"])

        assert len(context.cookies(second)) == 100
        assert len(context.cookies(first)) == 69


class TestPrefixes:
    def test_broken_promises_are_refused(self, page, context, site):
        page.goto(f"http://localhost:{site.port}/cookies/prefixes/")

        press(page, "Set all six")

        kept = {"ordinary", "__Secure-with", "__Host-with"}
        assert set(jar_of(context)) == {*kept, "csrftoken"}
        rows = page.locator("#code tr:has(.is) th").all_text_contents()
        assert set(rows) == kept

        press(page, "Set two __Http- cookies")
        assert "__Http-with" in jar_of(context)
        assert "__Http-without" not in jar_of(context)

        press(page, "Delete by hand")
        assert "__Host-with" in jar_of(context)
        press(page, "Delete")
        assert "__Host-with" not in jar_of(context)


class TestEncoding:
    def test_browser_returns_what_it_got(self, page):
        page.goto("/cookies/encoding/")
        response = press(page, "Set all six")

        assert r'semicolon="a\073 Path=/x"' in header_of(response)
        row = page.locator("#special tr", has_text="a; Path=/x").locator("td")
        expect(row).to_have_text([r'"a\073 Path=/x"', r'"a\073 Path=/x"', "a; Path=/x"])
        expect(page.locator("[data-document-cookie]")).to_contain_text(r'comma="a\054 b"')

        page.get_by_role("button", name="Write the cookie").click()
        page.get_by_role("link", name="Load the page again").first.click()
        expect(page.locator("[data-parsed]")).to_contain_text("JSONDecodeError")

    def test_script_writes_what_django_cannot_send(self, page):
        page.goto("/cookies/encoding/")
        page.get_by_role("button", name="Write by_script").click()
        page.get_by_role("link", name="Load the page again").last.click()

        shown = page.locator("#from-a-script code")
        expect(shown).to_have_text([r"5 \xe2\x82\xac", "5 €"])
