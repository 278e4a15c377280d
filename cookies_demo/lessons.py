"""The cookie lessons in reading order."""

from demo_site.course import Lesson, Track

TRACKS = [
    Track(
        title="Cookies",
        summary="Small texts that a server asks the browser to keep and to send back.",
        order=1,
        lessons=(
            Lesson(
                view="cookies_demo:why_cookies",
                title="Why cookies",
                remember="On its own, an HTTP request says nothing about who has been here before.",
            ),
            Lesson(
                view="cookies_demo:how_cookies_work",
                title="How a cookie travels",
                remember="The rules stay in the browser; only the name and the value come back.",
                cookies=(("seat", "/cookies/how/"),),
            ),
            Lesson(
                view="cookies_demo:set_cookie",
                title="Set a cookie",
                remember="The server asks once with Set-Cookie; the browser answers with "
                "name=value on every later request.",
                cookies=(("user_name", "/"),),
            ),
            Lesson(
                view="cookies_demo:get_cookie",
                title="Read a cookie",
                remember="request.COOKIES is what this one request brought, and the visitor may "
                "have edited it.",
                cookies=(("user_name", "/cookies/get/"),),
            ),
            Lesson(
                view="cookies_demo:update_cookie",
                title="Update a cookie",
                remember="There is no update: setting a cookie of the same name replaces it.",
                cookies=(("visits", "/"),),
            ),
            Lesson(
                view="cookies_demo:delete_cookie",
                title="Delete a cookie",
                remember="A server deletes a cookie by setting it again with a date in the past.",
            ),
            Lesson(
                view="cookies_demo:delete_with_path",
                title="Delete a cookie that has a path",
                remember="A cookie is deleted only under the path that it was set with.",
                cookies=(("note", "/cookies/delete-path/"), ("note", "/")),
            ),
            Lesson(
                view="cookies_demo:cookie_expiry",
                title="How long a cookie lasts",
                remember="With max_age a cookie ends when the seconds are over; without, with the "
                "browser’s session.",
                cookies=(
                    ("no_lifetime", "/cookies/expiry/"),
                    ("ten_seconds", "/cookies/expiry/"),
                    ("until_a_date", "/cookies/expiry/"),
                    ("both", "/cookies/expiry/"),
                    ("ten_years", "/cookies/expiry/"),
                ),
            ),
            Lesson(
                view="cookies_demo:cookie_scope",
                title="Which requests carry a cookie",
                remember="Host and path decide which requests carry a cookie; the port plays "
                "no part.",
                cookies=(
                    ("for_site", "/"),
                    ("for_lesson", "/cookies/scope/"),
                    ("for_shop", "/cookies/scope/shop"),
                    ("for_host", "/"),
                    ("for_domain", "/"),
                ),
            ),
            Lesson(
                view="cookies_demo:secure_cookie",
                title="HttpOnly, Secure and SameSite",
                remember="Three flags answer three threats: scripts, listeners and other sites.",
                cookies=(("session_token", "/"),),
            ),
            Lesson(
                view="cookies_demo:tampering",
                title="A cookie is the visitor’s to edit",
                remember="A cookie is input, and the visitor can write anything into it.",
                cookies=(("is_admin", "/"),),
            ),
            Lesson(
                view="cookies_demo:signed_cookie",
                title="Signed cookies",
                remember="A signature shows that a value was changed, and hides nothing.",
                cookies=(("discount", "/cookies/signed/"),),
            ),
            Lesson(
                view="cookies_demo:remember_me",
                title="Remember me",
                remember="A cookie that lets people in must be one that they cannot write "
                "themselves.",
                cookies=(("remember_me", "/"), ("remember_me_signed", "/")),
            ),
            Lesson(
                view="cookies_demo:welcome",
                title="A page for remembered visitors",
                remember="A signed cookie is checked on every request; a plain one is simply "
                "believed.",
                entrance="cookies_demo:remember_me",
            ),
            Lesson(
                view="cookies_demo:forget_me",
                title="Forget me",
                remember="Forgetting is a request: the server asks the browser to delete, and can "
                "do no more.",
            ),
            Lesson(
                view="cookies_demo:cookie_limits",
                title="How large a cookie may be",
                remember="A cookie of more than 4096 bytes is dropped without a word to anyone.",
                cookies=(
                    ("asked", "/cookies/limits/"),
                    ("grown", "/cookies/limits/"),
                ),
            ),
            Lesson(
                view="cookies_demo:name_prefixes",
                title="Names that make a promise",
                remember="A name that begins with __Secure- or __Host- is a promise, and the "
                "browser holds you to it.",
                cookies=(
                    ("ordinary", "/cookies/prefixes/"),
                    ("__Secure-without", "/cookies/prefixes/"),
                    ("__Secure-with", "/cookies/prefixes/"),
                    ("__Host-path", "/cookies/prefixes/"),
                    ("__Host-domain", "/"),
                    ("__Host-with", "/"),
                ),
            ),
            Lesson(
                view="cookies_demo:cookie_encoding",
                title="What fits into a value",
                remember="A cookie carries plain ASCII; encode everything else, and check what "
                "comes back.",
                cookies=(
                    ("spaces", "/cookies/encoding/"),
                    ("comma", "/cookies/encoding/"),
                    ("quotes", "/cookies/encoding/"),
                    ("semicolon", "/cookies/encoding/"),
                    ("accent", "/cookies/encoding/"),
                    ("encoded", "/cookies/encoding/"),
                    ("json", "/cookies/encoding/"),
                    ("smuggled", "/cookies/encoding/"),
                ),
            ),
            Lesson(
                view="cookies_demo:preferences",
                title="Keep a preference",
                remember="A preference fits a cookie: it is small, the server needs it with every "
                "page, and it may be seen and edited.",
                cookies=(("theme", "/"), ("text_size", "/"), ("django_language", "/")),
            ),
            Lesson(
                view="cookies_demo:tracking",
                title="Follow a visitor",
                remember="A number in a cookie is enough to follow a browser, so ask first and "
                "honor the answer.",
                cookies=(("visitor", "/"),),
            ),
            Lesson(
                view="cookies_demo:samesite",
                title="Requests from another site",
                remember="SameSite decides which requests that another site starts carry the "
                "cookie.",
                cookies=(
                    ("samesite_strict", "/"),
                    ("samesite_lax", "/"),
                    ("samesite_none", "/"),
                    ("samesite_absent", "/"),
                ),
            ),
            Lesson(
                view="cookies_demo:forged_request",
                title="A forged request",
                remember="A cookie tells whose browser sent a request; the CSRF token tells whose "
                "page asked for it.",
                cookies=(("toy_account", "/"),),
            ),
            Lesson(
                view="cookies_demo:password_cookie",
                title="A password in a cookie",
                remember="What is in a cookie can be read and copied, so never put a secret of "
                "the visitor’s there.",
                cookies=(("password", "/"),),
            ),
            Lesson(
                view="cookies_demo:cookie_recap",
                title="Cookies in short",
                remember="The server asks, the browser decides, and the visitor can edit: that is "
                "a cookie.",
            ),
        ),
    ),
    Track(
        title="Side by side",
        summary="When a plain cookie is right, and when a session is.",
        order=3,
        lessons=(
            Lesson(
                view="cookies_demo:cookie_or_session",
                title="Cookie or session?",
                remember="Ask what happens if the visitor changes the value: if it matters, it "
                "belongs in a session.",
                cookies=(("color", "/"),),
            ),
        ),
    ),
]
