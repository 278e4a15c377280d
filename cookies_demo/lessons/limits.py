"""How large a cookie may be."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_limits",
        title="How large a cookie may be",
        remember="A cookie of more than 4096 bytes is dropped without a word to anyone.",
        minutes=5,
        marks=(
            ('response.set_cookie("grown"', "set-cookie"),
            ("grown = request.COOKIES.get(", "cookie"),
        ),
        cookies=(
            ("asked", "/cookies/limits/"),
            ("grown", "/cookies/limits/"),
        ),
    ),
)
