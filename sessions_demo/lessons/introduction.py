"""Why there are sessions, and where they come from."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:why_sessions",
        title="Why sessions",
        remember="Each HTTP request stands alone; a session is how Django remembers a "
        "browser from one to the next.",
    ),
    Lesson(
        view="sessions_demo:how_sessions_work",
        title="How sessions work",
        remember="A middleware puts the session on the request on the way in, and saves it "
        "on the way out if it was changed.",
    ),
)
