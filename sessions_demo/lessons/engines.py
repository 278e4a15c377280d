"""Where sessions are kept."""

from course.lessons import Lesson
from sessions_demo.apparatus.engines import COOKIE_PATH, COOKIES

LESSONS = (
    Lesson(
        view="sessions_demo:session_engines",
        title="Where sessions are kept",
        remember="Views use every engine in the same way; what differs is who keeps the "
        "data, and who can take it away.",
        minutes=6,
        marks=(
            ('["visits"] =', "row"),
            ('["letters"] =', "row"),
            ("session.flush()", "row"),
        ),
        cookies=tuple((name, COOKIE_PATH) for name in COOKIES.values()),
    ),
)
