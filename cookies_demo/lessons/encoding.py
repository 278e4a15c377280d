"""Which characters a cookie's value may have."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_encoding",
        title="What fits into a value",
        remember="Encode what is not plain ASCII before you set it, and check whatever comes back.",
        minutes=5,
        marks=(("response.set_cookie(", "set-cookie"),),
        cookies=(
            ("comma", "/cookies/encoding/"),
            ("quotes", "/cookies/encoding/"),
            ("semicolon", "/cookies/encoding/"),
            ("accent", "/cookies/encoding/"),
            ("encoded", "/cookies/encoding/"),
            ("json", "/cookies/encoding/"),
            ("by_script", "/cookies/encoding/"),
            ("smuggled", "/cookies/encoding/"),
        ),
    ),
)
