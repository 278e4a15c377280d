"""A form in several steps."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:step_form",
        title="A form in several steps",
        remember="Answers wait in the session, and every step checks that the ones before "
        "it are there.",
        minutes=4,
        marks=(
            ('session.get("booking"', "reads-row"),
            ('["booking"] =', "row"),
            ('["booked"] =', "row"),
        ),
    ),
)
