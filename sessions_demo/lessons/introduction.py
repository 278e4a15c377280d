"""Why there are sessions, and where they come from."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:why_sessions",
        title="Why sessions",
        remember="Each HTTP request stands alone; a session is how Django remembers a "
        "browser from one to the next.",
        minutes=3,
        marks=(('session.get("session_count"', "reads-row"), ('["session_count"] =', "row")),
    ),
    Lesson(
        view="sessions_demo:how_sessions_work",
        title="How sessions work",
        remember="A middleware puts the session on the request on the way in, and saves it "
        "on the way out if it was changed.",
        minutes=5,
        marks=(("request.COOKIES", "cookie"), ("asked.session.get", "reads-row")),
    ),
)
