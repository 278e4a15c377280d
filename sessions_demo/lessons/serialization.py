"""What fits into a session."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:json_rule",
        title="What fits into a session",
        remember="A session is stored as JSON: dates do not fit, and keys come back as text.",
        minutes=4,
        marks=(
            ('session.get("apples"', "reads-row"),
            ('["apples"] =', "row"),
        ),
    ),
)
