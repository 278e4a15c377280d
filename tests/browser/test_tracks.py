"""Click through both tracks in a fresh browser, and compare the panel with what it really sent."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import (
    assert_panel_is_true,
    header_of,
    jar_of,
    now_row,
    press,
    sessionid,
    shown,
)


class TestFirstVisit:
    def test_fresh_browser_sends_and_gets_nothing(self, page, context):
        response = page.goto("/cookies/why/")

        assert header_of(response) is None
        assert_panel_is_true(page, response)
        assert shown(page, "cookie-header") is None
        assert context.cookies() == []

    def test_home_and_reading_pages_set_nothing(self, page, context):
        for path in ["/", "/cookies/why/", "/sessions/get/", "/cookies/get/"]:
            assert_panel_is_true(page, page.goto(path))

        assert context.cookies() == []


class TestCookiesTrack:
    def test_set_read_update_and_delete(self, page, context):
        page.goto("/cookies/set/")
        page.get_by_label("Your name").fill("Zoë; Path=/x")
        response = press(page, "Set the cookie")

        assert jar_of(context)["user_name"] == "Zo%C3%AB%3B%20Path%3D%2Fx"
        assert "user_name=Zo%C3%AB%3B%20Path%3D%2Fx" in header_of(response)
        assert "Max-Age" not in header_of(response)
        assert_panel_is_true(page, response)

        assert_panel_is_true(page, page.goto("/cookies/get/"))
        expect(page.locator("#this-request bdi")).to_have_text("Zoë; Path=/x")

        page.goto("/cookies/update/")
        press(page, "Count a visit")
        assert_panel_is_true(page, press(page, "Count a visit"))
        assert jar_of(context)["visits"] == "2"

        page.goto("/cookies/delete/")
        response = press(page, "Delete the cookie")
        assert "user_name" not in jar_of(context)
        assert "user_name" not in header_of(response)
        assert_panel_is_true(page, response)

    @pytest.mark.parametrize(
        ("path", "writers"),
        [
            ("/cookies/get/", 2),
            ("/cookies/update/", 1),
            ("/cookies/tampering/", 1),
            ("/cookies/experiments/rights/", 1),
            ("/cookies/signed/", 1),
        ],
    )
    def test_writing_a_cookie_is_not_done_in_silence(self, page, path, writers):
        page.goto(path)
        written = page.locator("[data-cookie-writer]")
        expect(written).to_have_count(writers)

        for writer in written.all():
            expect(writer.locator("output")).to_be_empty()
            writer.get_by_role("button").click()
            expect(writer.locator("output")).to_contain_text("Written.")

    def test_hand_edited_value_is_what_the_server_sees(self, page, context):
        page.goto("/cookies/get/")
        page.get_by_label("Write user_name yourself").fill("<b>admin</b>; Secure")
        page.get_by_role("button", name="Write the cookie").click()
        page.get_by_role("link", name="Load the page again").click()

        expect(page.locator("#this-request code")).to_have_text("<b>admin</b>")
        assert jar_of(context)["user_name"] == "<b>admin</b>"

    def test_of_two_cookies_with_one_name_django_takes_the_last(self, page):
        page.goto("/cookies/get/")
        page.get_by_label("Write user_name yourself").fill("wide")
        page.get_by_role("button", name="Write the cookie").click()
        page.get_by_role("button", name="Write the second cookie").click()
        response = page.goto("/cookies/get/")

        assert header_of(response) == "user_name=narrow; user_name=wide"
        expect(page.locator("#this-request code")).to_have_text("wide")

    def test_garbled_counter_counts_as_none(self, page, context):
        page.goto("/cookies/update/")
        page.get_by_role("button", name="Write the cookie").click()
        assert jar_of(context)["visits"] == "lots"
        press(page, "Count a visit")

        assert jar_of(context)["visits"] == "1"

    def test_cookie_with_a_path_survives_a_delete_without_it(self, page, context):
        page.goto("/cookies/delete-path/")
        press(page, "Set")
        response = press(page, "Delete")

        assert jar_of(context)["note"] == "narrow"
        assert "note=narrow" in header_of(response)
        assert "note" not in header_of(page.goto("/cookies/get/"))

        page.goto("/cookies/delete-path/")
        press(page, "Delete with path")
        assert "note" not in jar_of(context)

    def test_httponly_hides_the_cookie_from_scripts_only(self, page, context):
        page.goto("/cookies/flags/")
        listing = page.locator("[data-document-cookie]")
        press(page, "Set the cookie")
        expect(listing).to_contain_text("session_token=abc123")

        page.locator("#try").get_by_label("HttpOnly").check()
        response = press(page, "Set the cookie")

        expect(listing).to_have_text("(nothing)")
        assert "session_token=abc123" in header_of(response)
        assert "abc123" not in page.evaluate("document.cookie")
        (cookie,) = [c for c in context.cookies() if c["name"] == "session_token"]
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"

    def test_samesite_none_needs_secure(self, page, context):
        page.goto("/cookies/flags/")
        page.locator("#try").get_by_label("SameSite").select_option("None")
        press(page, "Set the cookie")
        assert "session_token" not in jar_of(context)

        page.locator("#try").get_by_label("SameSite").select_option("None")
        page.locator("#try").get_by_label("Secure").check()
        press(page, "Set the cookie")
        (cookie,) = [c for c in context.cookies() if c["name"] == "session_token"]
        assert cookie["secure"]
        assert cookie["sameSite"] == "None"

    def test_plain_word_can_be_typed_and_a_signed_one_cannot(self, page, context):
        for name, status in [("remember_me_signed", 403), ("remember_me", 200)]:
            page.goto("/cookies/remember-me/")
            page.locator(f'[data-cookie-writer="{name}"] button').click()
            with page.expect_navigation() as navigation:
                page.get_by_role("link", name="Go to the welcome page").click()
            assert navigation.value.status == status
        context.complaints.clear()  # Chromium reports the 403 in the console.

        page.goto("/cookies/remember-me/")
        assert press(page, "Be a stranger here").url.endswith("/cookies/remember-me/")
        assert not {"remember_me", "remember_me_signed"} & set(jar_of(context))
        assert press(page, "Remember me, signed").url.endswith("/cookies/remember-me/")
        assert page.goto("/cookies/welcome/").status == 200

    def test_stranger_finds_every_door_on_the_welcome_page(self, page, context):
        assert page.goto("/cookies/welcome/#copied").status == 403
        expect(page.locator("#copied")).to_be_in_viewport()

        for door, status in [
            ("Plain", 200),
            ("Neither", 403),
            ("Signed", 200),
            ("Made up", 403),
            ("Forge it", 200),
            ("Forge it blindly", 403),
        ]:
            assert press(page, door).status == status, door
            assert page.url.endswith("/cookies/welcome/")
        context.complaints.clear()

    def test_copy_of_a_signed_cookie_outlives_forgetting(self, page, context):
        page.goto("/cookies/forget-me/")
        press(page, "Store both again")
        copy = page.locator("#copy input").input_value()
        press(page, "Forget me")
        assert "remember_me_signed" not in jar_of(context)

        page.locator("#copy input").fill(copy)
        page.locator("#copy button").click()

        with page.expect_navigation() as navigation:
            page.get_by_role("link", name="Go to the welcome page").click()
        assert navigation.value.status == 200

    def test_login_of_the_notes_asks_for_nothing(self, page, context):
        page.goto("/cookies/remember-me/")
        page.get_by_role("link", name="Open the notes’ dashboard").click()

        expect(page.locator("main .result")).to_contain_text("Welcome back.")
        assert jar_of(context)["remembered_by_notes"] == "yes"
        assert "remembered_by_notes" not in header_of(page.goto("/cookies/welcome/"))
        context.complaints.clear()


class TestSessionsTrack:
    def test_why_set_get_and_update(self, page, context):
        page.goto("/sessions/why/")
        press(page, "Count a click")
        press(page, "Count a click")
        expect(page.locator("#two-counters td")).to_have_text(["1", "2"])
        key = sessionid(context)

        page.goto("/sessions/set/")
        page.get_by_label("Your name").fill("Ada")
        response = press(page, "Store it in the session")
        assert_panel_is_true(page, response)
        assert sessionid(context) == key
        assert f"sessionid={key}" in header_of(response)
        assert shown(page, "session-key") == key
        assert '"user_name": "Ada"' in shown(page, "session-decoded")

        response = page.goto("/sessions/get/")
        expect(page.locator("#try td").first).to_have_text("Ada")
        assert_panel_is_true(page, response)

        page.goto("/sessions/update/")
        press(page, "Add one")
        assert '"login_count": 2' in shown(page, "session-decoded")
        assert sessionid(context) == key

    def test_appending_to_a_list_is_lost_unless_said(self, page):
        page.goto("/sessions/nested/")
        press(page, "Start a list")
        press(page, "Append only")
        assert '["milk"]' in shown(page, "session-decoded")
        press(page, "Append, say so")
        assert '["milk", "bread"]' in shown(page, "session-decoded")
        press(page, "Assign anew")
        assert '["milk", "bread", "bread"]' in shown(page, "session-decoded")

    @pytest.mark.parametrize(
        ("button", "keeps_cookie", "keeps_row", "data"),
        [
            ("pop", True, True, '{\n  "login_count": 1\n}'),
            ("clear", True, True, "{}"),
            ("flush", False, False, None),
            ("Delete only the cookie", False, True, None),
        ],
    )
    def test_four_ways_to_clear(self, page, context, site, button, keeps_cookie, keeps_row, data):
        page.goto("/sessions/clear/")
        press(page, "Store it again")
        key = sessionid(context)

        response = press(page, button)

        assert sessionid(context) == (key if keeps_cookie else None)
        assert ("sessionid" in header_of(response)) == keeps_cookie
        assert (now_row(page) is not None) == keeps_cookie
        if keeps_cookie:
            assert shown(page, "session-decoded") == data
        after = page.locator('[data-exchange][data-method="POST"]').first.locator(
            '[data-panel="row-after"]'
        )
        assert (after.get_attribute("data-absent") is None) == keeps_row
        assert_panel_is_true(page, response)

    def test_sign_in_dashboard_and_sign_out(self, page, context):
        page.goto("/sessions/login/")
        page.get_by_label("Your name").fill("ada")
        press(page, "Sign in")
        expect(page).to_have_url(re.compile("/sessions/login/$"))
        assert '"user_id": "ada"' in shown(page, "session-decoded")

        page.locator("a[rel=next]").click()
        expect(page).to_have_url(re.compile("/sessions/dashboard/$"))
        expect(page.locator("#try b")).to_have_text("ada")

        page.locator("a[rel=next]").click()
        press(page, "Sign out")
        expect(page).to_have_url(re.compile("/sessions/logout/$"))
        assert sessionid(context) is None

    def test_dashboard_turns_a_stranger_away_and_lets_them_in_and_read_on(self, page, context):
        response = page.goto("/sessions/dashboard/#one-query")
        assert response.status == 403
        expect(page.locator("#one-query")).to_be_in_viewport()

        press(page, "Sign in as Ada")
        expect(page).to_have_url(re.compile("/sessions/dashboard/$"))
        expect(page.locator("#try b")).to_have_text("Ada")

        assert press(page, "Lose the cookie").status == 403
        assert sessionid(context) is None
        page.get_by_role("link", name="Ask a page that redirects").click()
        expect(page).to_have_url(re.compile(r"/sessions/login/\?next="))
        page.get_by_role("link", name="Go back to the lesson about that").click()
        expect(page).to_have_url(re.compile("/sessions/dashboard/$"))
        page.locator("a[rel=next]").click()
        expect(page).to_have_url(re.compile("/sessions/logout/$"))
        assert all("403" in complaint for complaint in context.complaints)
        context.complaints.clear()

    def test_script_cannot_overwrite_a_real_key_and_the_page_says_so(self, page, context):
        page.goto("/sessions/set/")
        page.get_by_label("Your name").fill("Ada")
        press(page, "Store it in the session")
        key = sessionid(context)
        page.goto("/sessions/get/")
        outcome = page.locator("[data-cookie-writer] output")

        page.get_by_role("button", name="Write the cookie").click()
        expect(outcome).to_contain_text("Not written")
        assert sessionid(context) == key

        press(page, "Be a stranger here")
        assert context.cookies() == []
        page.get_by_role("button", name="Write the cookie").click()
        expect(outcome).to_contain_text("Written")
        page.get_by_role("link", name="Read with it").click()
        expect(page.locator("#nothing-stored")).to_be_visible()
        assert context.cookies() == []

    def test_unchecked_form_sends_what_the_other_does_not(self, page, context):
        page.goto("/sessions/set/")
        assert press(page, "Send it unchecked").status == 400
        expect(page.locator("#try .errorlist li")).to_have_count(1)
        assert sessionid(context) is None
        context.complaints.clear()  # Chromium reports the 400 in the console.

    def test_key_that_was_put_back_opens_the_row(self, page, context):
        page.goto("/sessions/clear/")
        press(page, "Store it again")
        key = sessionid(context)
        press(page, "Delete only the cookie")

        page.get_by_label("Your old key").fill(key)
        page.get_by_role("button", name="Put the key back").click()
        page.get_by_role("link", name="Load this page again").click()

        expect(page.locator("#name-by-key bdi")).to_have_text("Ada")


class TestStartOver:
    def test_leaves_a_stranger(self, page, context):
        page.goto("/cookies/delete-path/")
        press(page, "Set")
        press(page, "Set for all pages")
        page.goto("/sessions/set/")
        page.get_by_label("Your name").fill("Ada")
        press(page, "Store it in the session")
        page.goto("/start-over/")

        response = press(page, "Start over")

        expect(page).to_have_url(re.compile("/cookies/why/$"))
        assert context.cookies() == []
        assert header_of(response) is None
        expect(page.locator("[data-exchange]")).to_have_count(1)


class TestPredictions:
    def test_stay_across_the_click_that_tests_them(self, page):
        page.goto("/sessions/why/")
        page.get_by_label("Only the session").check()

        press(page, "Count a click")
        expect(page.get_by_label("Only the session")).to_be_checked()
        expect(page.locator("[data-held]")).to_be_empty()
        expect(page.locator("#answer")).to_be_hidden()

        press(page, "Count a click")
        expect(page.get_by_label("Only the session")).to_be_checked()
        expect(page.locator("[data-held]")).to_have_text("Your prediction held.")
        expect(page.locator("#answer")).to_be_visible()

    def test_opens_the_answer_before_the_act_for_who_asks(self, page):
        page.goto("/sessions/why/")

        page.get_by_role("link", name="Compare with your prediction").click()

        expect(page.locator("#answer")).to_be_visible()
        expect(page.locator("[data-held]")).to_be_empty()
