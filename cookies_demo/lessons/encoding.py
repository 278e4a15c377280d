"""Which characters a cookie's value may have."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_encoding",
        title="What fits into a value",
        remember="A cookie carries plain ASCII; encode everything else, and check what comes back.",
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
)
