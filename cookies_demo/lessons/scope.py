"""Which requests a cookie goes with."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_scope",
        title="Which requests carry a cookie",
        remember="Host, path, scheme and site decide which requests carry a cookie; the port "
        "plays no part.",
        minutes=6,
        marks=(
            ('"for_site"', "set-cookie"),
            ('"for_lesson"', "set-cookie"),
            ('"for_shop"', "set-cookie"),
        ),
        cookies=(
            ("for_site", "/"),
            ("for_lesson", "/cookies/scope/"),
            ("for_shop", "/cookies/scope/shop"),
            ("for_host", "/"),
            ("for_domain", "/"),
        ),
        wide_cookies=(("for_domain", "app.localhost"),),
    ),
)
