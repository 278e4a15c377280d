"""Which requests a cookie goes with."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_scope",
        title="Which requests carry a cookie",
        remember="Host, path, scheme and site decide which requests carry a cookie; the port "
        "plays no part.",
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
