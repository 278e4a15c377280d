"""What a row holds, and who can read it."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:session_data",
        title="Inside session_data",
        remember="The row is signed so that nobody can forge it, and not encrypted: "
        "whoever has it can read it.",
        minutes=5,
        marks=(
            ("row_of(request.session)", "reads-row"),
            ('["names"] =', "row"),
            ("row.save()", "row"),
            ("session.update(", "row"),
        ),
    ),
)
