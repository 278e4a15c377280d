"""How large a cookie may be."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_limits",
        title="How large a cookie may be",
        remember="A cookie of more than 4096 bytes is dropped without a word to anyone.",
        cookies=(
            ("asked", "/cookies/limits/"),
            ("grown", "/cookies/limits/"),
        ),
    ),
)
