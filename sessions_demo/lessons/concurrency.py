"""Two requests of one browser at the same time."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:lost_update",
        title="Two requests at once",
        remember="Each request saves the whole session as it knows it, so the last save wins.",
    ),
    Lesson(
        view="sessions_demo:session_deleted",
        title="A session deleted meanwhile",
        remember="A request never brings back a session row that another request deleted: "
        "Django answers 400 instead.",
    ),
)
