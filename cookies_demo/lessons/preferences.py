"""Keep what a reader prefers."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:preferences",
        title="Keep a preference",
        remember="A preference fits a cookie: it is small, the server needs it with every "
        "page, and it may be seen and edited.",
        minutes=5,
        marks=(("response.set_cookie(", "set-cookie"),),
        cookies=(("theme", "/"), ("text_size", "/"), ("django_language", "/")),
    ),
)
