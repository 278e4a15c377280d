"""Look back at cookies."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_recap",
        title="Cookies in short",
        remember="The server asks, the browser decides, and the visitor can edit: that is "
        "a cookie.",
        minutes=4,
        marks=(("header = request.headers.get(", "cookie"),),
    ),
)
