"""Two requests of one browser at the same time."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:lost_update",
        title="Two requests at once",
        remember="A request that changes the session saves the whole of it as it knows it, "
        "so the last save wins.",
        minutes=4,
        marks=(
            ('session.get("run"', "reads-row"),
            ("session.update(", "row"),
        ),
    ),
    Lesson(
        view="sessions_demo:session_deleted",
        title="A session deleted meanwhile",
        remember="A request does not bring back a session row that another request deleted: "
        "Django answers 400 instead.",
        minutes=5,
        marks=(('["draft"] =', "row"),),
    ),
)
