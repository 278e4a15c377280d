"""Store, read, change and clear."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:set_session",
        title="Set session data",
        remember="The first thing you store creates a row on the server and one cookie "
        "that opens it.",
    ),
    Lesson(
        view="sessions_demo:get_session",
        title="Read session data",
        remember="Reading creates nothing, no row and no cookie; and with get(), a missing "
        "key is no error.",
    ),
    Lesson(
        view="sessions_demo:update_session",
        title="Update session data",
        remember="An update rewrites the same row under the same key, and sends the cookie "
        "again with a new expiry date.",
    ),
    Lesson(
        view="sessions_demo:nested_change",
        title="Change a list inside a session",
        remember="Django saves a session when one of its own keys is set or deleted, not "
        "when something inside a value changes.",
    ),
    Lesson(
        view="sessions_demo:clear_session",
        title="Clear a session",
        remember="pop, clear, flush and deleting the cookie leave four different things behind.",
    ),
)
