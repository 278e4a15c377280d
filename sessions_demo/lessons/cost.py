"""What a session costs."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:session_cost",
        title="What a session costs",
        remember="A session costs nothing until a view touches it; then the request pays "
        "for all that is in it.",
        minutes=5,
        marks=(
            ('session.get("costs"', "reads-row"),
            ('["costs"] =', "row"),
        ),
    ),
)
