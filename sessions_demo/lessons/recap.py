"""Look back at sessions."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:session_recap",
        title="Sessions in short",
        remember="The data stays on the server, the browser has the key, and whoever has "
        "the key is let in.",
        minutes=4,
        marks=(("in request.COOKIES", "cookie"),),
    ),
)
