"""Why there are sessions, and where they come from."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:why_sessions",
        title="Why sessions",
        remember="HTTP forgets you after every answer; a session is how Django remembers.",
    ),
    Lesson(
        view="sessions_demo:how_sessions_work",
        title="How sessions work",
        remember="A middleware puts the session on the request on its way in, and saves "
        "it on the way out.",
    ),
)
