"""How long a session lasts, and what is left of it afterward."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:session_expiry",
        title="How long a session lasts",
        remember="Cookie and row each have an end of their own, and only a save moves them.",
        minutes=5,
        marks=(
            ('session.get("saves"', "reads-row"),
            ("set_expiry(choices", "row"),
            ('["saves"] =', "row"),
        ),
    ),
    Lesson(
        view="sessions_demo:clear_expired",
        title="Clear expired sessions",
        remember="An expired row lets nobody in, and stays in the table until somebody "
        "runs clearsessions.",
        minutes=4,
        marks=(
            ('session.get("note")', "reads-row"),
            ('["note"] =', "row"),
        ),
        cookies=(("short_lived_keys", "/sessions/clear-expired/"),),
    ),
)
