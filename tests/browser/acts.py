"""The main act of every lesson: what a stranger does on its page, and what that truly does.

A stranger is a fresh browser profile that opens the lesson's address. `before` is what the main
act needs; the headline is about `steps` alone. Where a lesson has several buttons, the comment says
why this one.

`kind` is the most significant of `KINDS` in the whole of what the click caused: the POST, its
redirect, the page, and what the page fetched. Of several cookies that were set, replaced or deleted
in one response, the last line has the say.
"""

from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import expect

# The forms of "Do it", which the notes below may repeat, and those of a page that is no lesson.
FORMS = "#try form, main:not(:has(#try)) form"

# From the most significant to the least.
KINDS = (
    "server-error", "csrf-refused", "row-vanished", "sessions", "key-changed", "row-deleted",
    "row-left", "row-created", "row-changed", "not-saved", "cookie-refused", "cookie-not-deleted",
    "cookie-replaced", "cookie-deleted", "cookie-set", "row-corrupt", "row-expired", "key-unknown",
    "row-saved", "read", "first-visit", "untouched",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing that a visitor does: the name of a function below, and what it takes."""

    do: str
    arguments: tuple


def goto(view):
    """Open the page of another lesson, by the name of its view."""
    return Step("goto", (view,))


def fill(label, text):
    """Type `text` into the field with that label."""
    return Step("fill", (label, text))


def choose(label, option=None):
    """Check the radio button or box with that label, or take an `option` of a select."""
    return Step("choose", (label, option))


def press(name):
    """Press a button of a form, and wait for the page that it leads to."""
    return Step("press", (name,))


def press_here(name):
    """Press a button that leads to no other page: a script answers it."""
    return Step("press_here", (name,))


def click(link):
    """Click a link of the page, and wait for the page that it leads to."""
    return Step("click", (link,))


def wait(text):
    """Wait until the page shows `text`."""
    return Step("wait", (text,))


def wait_seconds(seconds):
    """Let time pass, for what is to expire."""
    return Step("wait_seconds", (seconds,))


@dataclass(frozen=True)
class Act:
    """The main act of one lesson.

    `lesson` is the name of its view, `facts` what a headline about the act must say, `status` that
    of the last page and `result_path` its path. `complains` says that Chromium writes a 4xx answer
    into its console on the way.
    """

    lesson: str
    kind: str
    facts: tuple[str, ...]
    result_path: str
    steps: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    status: int = 200
    complains: bool = False


def perform(page, act):
    """Open the lesson as a stranger, do the act, and return the response of the last page."""
    response = prepare(page, act)
    for step in act.steps:
        response = take(page, step) or response
    return response


def prepare(page, act):
    """Open the lesson and do what its act needs. Return the response of the last page."""
    response = page.goto(reverse(act.lesson))
    for step in act.before:
        response = take(page, step) or response
    return response


def take(page, step):
    """Take one step. Return the response of the page that it led to, or None if it led to none."""
    return TAKE[step.do](page, *step.arguments)


def take_goto(page, view):
    return page.goto(reverse(view))


def take_fill(page, label, text):
    page.locator("#try").get_by_label(label).fill(text)


def take_choose(page, label, option):
    control = page.locator(FORMS).get_by_label(label)
    if option is None:
        control.check()
    else:
        control.select_option(option)


def take_press(page, name):
    with page.expect_navigation() as navigation:
        page.locator(FORMS).get_by_role("button", name=name, exact=True).click()
    return navigation.value


def take_press_here(page, name):
    # Not each of them is in a form: those that write a cookie are not.
    page.locator("#try").get_by_role("button", name=name, exact=True).click()


def take_click(page, link):
    with page.expect_navigation() as navigation:
        page.locator("main").get_by_role("link", name=link, exact=True).first.click()
    return navigation.value


def take_wait(page, text):
    expect(page.locator("#try").get_by_text(text, exact=True).first).to_be_visible()


def take_wait_seconds(page, seconds):
    page.wait_for_timeout(seconds * 1000)


TAKE = {
    "goto": take_goto,
    "fill": take_fill,
    "choose": take_choose,
    "press": take_press,
    "press_here": take_press_here,
    "click": take_click,
    "wait": take_wait,
    "wait_seconds": take_wait_seconds,
}

NAME_IN_SESSION = (
    goto("sessions_demo:set_session"),
    fill("Your name", "Ada"),
    press("Store it in the session"),
)

COOKIES = (
    # No page here sets a cookie, so the second request is like the first.
    Act(
        lesson="cookies_demo:why_cookies",
        steps=(click("Load this page again"),),
        kind="first-visit",
        facts=("no cookie",),
        result_path="/cookies/why/",
    ),
    # The load after the one that follows the POST: the cookie comes, and nothing asks for it again.
    Act(
        lesson="cookies_demo:how_cookies_work",
        before=(press("Ask for the cookie"),),
        steps=(click("Load the page again"),),
        kind="untouched",
        facts=("seat",),
        result_path="/cookies/how/",
    ),
    Act(
        lesson="cookies_demo:set_cookie",
        steps=(fill("Your name", "Ada"), press("Set the cookie")),
        kind="cookie-set",
        facts=("user_name", "1 hour"),
        result_path="/cookies/set/",
    ),
    # The lesson has no form. A script writes the cookie, with a text that the server would never
    # write, and the next request brings it. No other comes, since no page here set csrftoken.
    Act(
        lesson="cookies_demo:get_cookie",
        steps=(
            press_here("Write the cookie"),
            click("Load the page again"),
        ),
        kind="untouched",
        facts=("user_name",),
        result_path="/cookies/get/",
    ),
    # The second visit: the first one sets the cookie, and only then is there one to update.
    Act(
        lesson="cookies_demo:update_cookie",
        before=(press("Count a visit"),),
        steps=(press("Count a visit"),),
        kind="cookie-replaced",
        facts=("visits", "1", "2"),
        result_path="/cookies/update/",
    ),
    Act(
        lesson="cookies_demo:delete_cookie",
        before=(press("Store a name"),),
        steps=(press("Delete the cookie"),),
        kind="cookie-deleted",
        facts=("user_name",),
        result_path="/cookies/delete/",
    ),
    # The button that misses: the line names Path=/, and the cookie has the path of the page.
    Act(
        lesson="cookies_demo:delete_with_path",
        before=(press("Set"),),
        steps=(press("Delete"),),
        kind="cookie-not-deleted",
        facts=("note", "path"),
        result_path="/cookies/delete-path/",
    ),
    # Of the five lifetimes, the one that the question is about.
    Act(
        lesson="cookies_demo:cookie_expiry",
        steps=(press("Both"),),
        kind="cookie-set",
        facts=("both", "3 seconds"),
        result_path="/cookies/expiry/",
    ),
    # Three lines, all kept. The last one, for_shop, does not come to the lesson's own page.
    Act(
        lesson="cookies_demo:cookie_scope",
        steps=(press("Set three cookies"),),
        kind="cookie-set",
        facts=("for_site", "for_lesson", "for_shop"),
        result_path="/cookies/scope/",
    ),
    Act(
        lesson="cookies_demo:cookie_flags",
        steps=(choose("SameSite", "None"), press("Set the cookie")),
        kind="cookie-refused",
        facts=("session_token", "Secure"),
        result_path="/cookies/flags/",
    ),
    # The server says no, the visitor writes yes, and the page believes it.
    Act(
        lesson="cookies_demo:tampering",
        before=(press("Let the server set is_admin=no"),),
        steps=(
            fill("Then write is_admin yourself", "yes"),
            press_here("Write the cookie"),
            click("Load the page again"),
        ),
        kind="untouched",
        facts=("is_admin",),
        result_path="/cookies/tampering/",
    ),
    # The page suggests 90 with the signature of 10.
    Act(
        lesson="cookies_demo:signed_cookie",
        before=(press("Sign a discount of 10"),),
        steps=(press_here("Write the cookie"), click("Load the page again")),
        kind="untouched",
        facts=("discount",),
        result_path="/cookies/signed/",
    ),
    Act(
        lesson="cookies_demo:remember_me",
        steps=(press("Remember me"),),
        kind="cookie-set",
        facts=("remember_me", "7 days"),
        result_path="/cookies/remember-me/",
    ),
    # The page answers a stranger and a forger with the 403 that the console reports.
    Act(
        lesson="cookies_demo:welcome",
        steps=(press("Made up"),),
        kind="cookie-set",
        facts=("remember_me_signed",),
        result_path="/cookies/welcome/",
        status=403,
        complains=True,
    ),
    # Both cookies are there, so both lines delete one.
    Act(
        lesson="cookies_demo:forget_me",
        before=(press("Store both again"),),
        steps=(press("Forget me"),),
        kind="cookie-deleted",
        facts=("remember_me", "remember_me_signed"),
        result_path="/cookies/forget-me/",
    ),
    # One byte too many. In the same response the small cookie `asked` is kept, and it comes last.
    Act(
        lesson="cookies_demo:cookie_limits",
        steps=(press("4097"),),
        kind="cookie-refused",
        facts=("grown", "4,097", "4,096"),
        result_path="/cookies/limits/",
    ),
    # Six lines: three kept, three refused for three different rules. The last line is kept.
    Act(
        lesson="cookies_demo:name_prefixes",
        steps=(press("Set all six"),),
        kind="cookie-refused",
        facts=("__Secure-without", "__Host-path", "__Host-domain"),
        result_path="/cookies/prefixes/",
    ),
    # Six lines, all kept, whatever Django had to do to their values.
    Act(
        lesson="cookies_demo:cookie_encoding",
        steps=(press("Set all six"),),
        kind="cookie-set",
        facts=("comma", "quotes"),
        result_path="/cookies/encoding/",
    ),
    Act(
        lesson="cookies_demo:preferences",
        steps=(choose("Dark"), press("Keep it for a year")),
        kind="cookie-set",
        facts=("theme", "text_size"),
        result_path="/cookies/preferences/",
    ),
    # The toy page has an image, which the browser asks for in a request that carries the cookie.
    Act(
        lesson="cookies_demo:tracking",
        before=(press("Yes, on this site"),),
        steps=(click("A page with hats"), click("Back to the lesson")),
        kind="untouched",
        facts=("visitor",),
        result_path="/cookies/tracking/",
    ),
    # From the page at localhost back to 127.0.0.1: samesite_strict stays behind. The other kinds of
    # requests are stories of their own, and `test_other_sites` has them.
    Act(
        lesson="cookies_demo:samesite",
        before=(press("Set the four cookies"),),
        steps=(click("Go to the other site"), click("Follow the link")),
        kind="untouched",
        facts=("samesite_lax", "samesite_none", "samesite_absent"),
        result_path="/cookies/samesite/",
    ),
    # From the page at localhost to the view that obeys whoever brings the cookie. csrftoken is Lax,
    # so the POST was nobody's for the panel, which tells of the GET that followed.
    Act(
        lesson="cookies_demo:forged_request",
        before=(press("None"), click("Go to the other site")),
        steps=(press("Claim your prize"),),
        kind="untouched",
        facts=("toy_account",),
        result_path="/cookies/forged-request/",
    ),
    Act(
        lesson="cookies_demo:password_cookie",
        steps=(press("Put a password into a cookie"),),
        kind="cookie-set",
        facts=("password",),
        result_path="/cookies/password/",
    ),
    # With something to bring: two cookies that fit this page, and two that do not.
    Act(
        lesson="cookies_demo:cookie_recap",
        before=(
            goto("cookies_demo:forget_me"),
            press("Store both again"),
            goto("cookies_demo:cookie_limits"),
            press("1000"),
            goto("cookies_demo:cookie_recap"),
        ),
        steps=(click("Load this page again"),),
        kind="untouched",
        facts=("remember_me",),
        result_path="/cookies/recap/",
    ),
)

SESSIONS = (
    # The second click: only then does one of the two get past 1.
    Act(
        lesson="sessions_demo:why_sessions",
        before=(press("Count a click"),),
        steps=(press("Count a click"),),
        kind="row-changed",
        facts=("session_count", "1", "2"),
        result_path="/sessions/why/",
    ),
    # With a session that the view cannot reach: the key came, and nothing was read.
    Act(
        lesson="sessions_demo:how_sessions_work",
        before=(*NAME_IN_SESSION, goto("sessions_demo:how_sessions_work")),
        steps=(click("Ask one without middleware"),),
        kind="untouched",
        facts=("No session was touched",),
        result_path="/sessions/how/",
    ),
    Act(
        lesson="sessions_demo:set_session",
        steps=(fill("Your name", "Ada"), press("Store it in the session")),
        kind="row-created",
        facts=("row", "user_name", "Ada"),
        result_path="/sessions/set/",
    ),
    Act(
        lesson="sessions_demo:get_session",
        steps=(click("Read again"),),
        kind="read",
        facts=("There is none", "nothing was saved"),
        result_path="/sessions/get/",
    ),
    # The second click: as the page says, the first one stores the counter.
    Act(
        lesson="sessions_demo:update_session",
        before=(press("Add one"),),
        steps=(press("Add one"),),
        kind="row-changed",
        facts=("login_count", "1", "2"),
        result_path="/sessions/update/",
    ),
    Act(
        lesson="sessions_demo:nested_change",
        before=(press("Start a list"),),
        steps=(press("Append only"),),
        kind="not-saved",
        facts=("items_bought", "not saved", "modified"),
        result_path="/sessions/nested/",
    ),
    # Of the four ways, the one that no other lesson has as its main act.
    Act(
        lesson="sessions_demo:clear_session",
        before=(press("Store it again"),),
        steps=(press("Delete only the cookie"),),
        kind="row-left",
        facts=("cookie", "row", "stays"),
        result_path="/sessions/clear/",
    ),
    # With a key that can stay: the page asks a stranger to store a name first.
    Act(
        lesson="sessions_demo:login_by_hand",
        before=(press("Store a name"),),
        steps=(fill("Your name", "Grace"), press("Sign in")),
        kind="row-changed",
        facts=("user_id", "Grace"),
        result_path="/sessions/login/",
    ),
    # The row stays, and the page answers 403, which the console reports.
    Act(
        lesson="sessions_demo:dashboard",
        before=(press("Sign in as Ada"),),
        steps=(press("Lose the cookie"),),
        kind="row-left",
        facts=("cookie", "row", "stays"),
        result_path="/sessions/dashboard/",
        status=403,
        complains=True,
    ),
    Act(
        lesson="sessions_demo:logout_by_hand",
        before=(press("Sign in as Ada"),),
        steps=(press("Sign out"),),
        kind="row-deleted",
        facts=("row", "deleted", "cookie"),
        result_path="/sessions/logout/",
    ),
    # A stranger's session, with data to keep: another key, the same data and three entries more.
    Act(
        lesson="sessions_demo:django_login",
        before=(press("Store a name"),),
        steps=(press("Sign in"),),
        kind="key-changed",
        facts=("key", "moved", "_auth_user_id"),
        result_path="/sessions/django-login/",
    ),
    Act(
        lesson="sessions_demo:django_logout",
        before=(press("Store a name and sign in as ada"),),
        steps=(press("Sign out"),),
        kind="row-deleted",
        facts=("row", "deleted", "cookie"),
        result_path="/sessions/django-logout/",
    ),
    # After the change, the other session stands in the table until somebody asks for its user.
    Act(
        lesson="sessions_demo:password_change",
        before=(press("Make an account"), press("Change the password")),
        steps=(press("Other browser’s turn"),),
        kind="row-changed",
        facts=("other_browser_saw", "nobody"),
        result_path="/sessions/password-change/",
    ),
    Act(
        lesson="sessions_demo:shopping_cart",
        steps=(press("Add Teapot"),),
        kind="row-created",
        facts=("row", "cart", "101"),
        result_path="/sessions/cart/",
    ),
    Act(
        lesson="sessions_demo:step_form",
        before=(choose("Day", "Saturday"), press("Continue")),
        steps=(click("Open step 3"),),
        kind="read",
        facts=("read", "nothing was saved"),
        result_path="/sessions/steps/",
    ),
    # Some of the 30 seconds pass first.
    Act(
        lesson="sessions_demo:session_expiry",
        before=(press("30 seconds"), wait_seconds(3)),
        steps=(click("Read"),),
        kind="read",
        facts=("read", "nothing was saved"),
        result_path="/sessions/expiry/",
    ),
    # When the five seconds are over. The response also deletes the cookie, and the row stays.
    Act(
        lesson="sessions_demo:clear_expired",
        before=(press("Store a note"), press("Expire in 5 s"), wait_seconds(5.5)),
        steps=(click("Read"),),
        kind="row-expired",
        facts=("expired", "cookie", "stays"),
        result_path="/sessions/clear-expired/",
    ),
    Act(
        lesson="sessions_demo:session_data",
        before=(press("Store a name"),),
        steps=(press("Sign with old key"),),
        kind="row-corrupt",
        facts=("signature", "empty session"),
        result_path="/sessions/data/",
    ),
    # All five copies come back, and one of them still opens a session.
    Act(
        lesson="sessions_demo:session_engines",
        before=(press("Store"), press("Copy the cookies"), press("Sign out")),
        steps=(press("Send the copies"),),
        kind="sessions",
        facts=("One session", "signed_cookies_sessionid"),
        result_path="/sessions/engines/",
    ),
    # The sessions that are measured are made and deleted inside the request.
    Act(
        lesson="sessions_demo:session_cost",
        steps=(press("Measure sizes"),),
        kind="row-created",
        facts=("row", "costs"),
        result_path="/sessions/cost/",
    ),
    Act(
        lesson="sessions_demo:json_rule",
        before=(press("Count under 1"),),
        steps=(press("Count under 1"),),
        kind="row-changed",
        facts=("seen_by_the_view", "same row"),
        result_path="/sessions/json/",
    ),
    # After the careless logout: the name went, and the search stayed.
    Act(
        lesson="sessions_demo:shared_computer",
        before=(press("Sign in as Ada"), press("Search"), press("Sign out, forgetfully")),
        steps=(press("Sign in as Grace"),),
        kind="row-changed",
        facts=("user_id", "Grace", "added"),
        result_path="/sessions/shared-computer/",
    ),
    # A stranger has no session, and finds the drink.
    Act(
        lesson="sessions_demo:module_variable",
        before=(press("Tea, in the module"),),
        steps=(press("Be a stranger here"),),
        kind="read",
        facts=("none", "nothing was saved"),
        result_path="/sessions/module-variable/",
    ),
    # The price goes from 8 to 10, and no row of a session with it.
    Act(
        lesson="sessions_demo:whole_object",
        before=(press("Put a mug on sale"), press("Choose a copy")),
        steps=(press("Raise the price"),),
        kind="read",
        facts=("read", "nothing was saved"),
        result_path="/sessions/whole-object/",
    ),
    Act(
        lesson="sessions_demo:stored_password",
        steps=(press("Store a password"),),
        kind="row-created",
        facts=("row", "password"),
        result_path="/sessions/stored-password/",
    ),
    # A script sends three POSTs and then loads the page again: one sets the counters to zero, and
    # A and B each add a tea to 0. The second run, or the first POST would make the row.
    Act(
        lesson="sessions_demo:lost_update",
        before=(press("Order two teas at once"),),
        steps=(press("Order two teas at once"),),
        kind="row-changed",
        facts=("tea", "run", "same row"),
        result_path="/sessions/lost-update/",
    ),
    # A script sends three POSTs, and the page stays: one stores a draft, A saves it slowly and gets
    # the 400, and B deletes the row meanwhile.
    Act(
        lesson="sessions_demo:session_deleted",
        steps=(
            press_here("Save slowly, sign out meanwhile"),
            wait("400 SessionInterrupted"),
        ),
        kind="row-vanished",
        facts=("400", "deleted"),
        result_path="/sessions/session-deleted/",
        complains=True,
    ),
    # With a key that the view does not use
    Act(
        lesson="sessions_demo:session_recap",
        before=(press("Store a name"),),
        steps=(click("Load this page again"),),
        kind="untouched",
        facts=("No session was touched",),
        result_path="/sessions/recap/",
    ),
)

SIDE_BY_SIDE = (
    # The page suggests gold.
    Act(
        lesson="cookies_demo:cookie_or_session",
        before=(press("Keep green"),),
        steps=(press_here("Write the cookie"), click("Load the page again")),
        kind="read",
        facts=("color", "read", "nothing was saved"),
        result_path="/cookies/cookie-or-session/",
    ),
)

ACTS = (*COOKIES, *SESSIONS, *SIDE_BY_SIDE)
