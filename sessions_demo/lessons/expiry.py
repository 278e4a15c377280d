"""How long a session lasts, and what is left of it afterward."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:session_expiry",
        title="How long a session lasts",
        remember="Cookie and row each have an end of their own, and only a save moves them.",
    ),
    Lesson(
        view="sessions_demo:clear_expired",
        title="Clear expired sessions",
        remember="An expired row lets nobody in, and stays in the table until somebody "
        "runs clearsessions.",
        cookies=(("short_lived_keys", "/sessions/clear-expired/"),),
    ),
)
