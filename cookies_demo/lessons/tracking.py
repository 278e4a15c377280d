"""Follow a visitor by a number, and ask first."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:tracking",
        title="Follow a visitor",
        remember="A number in a cookie is enough to follow a browser, so ask first and "
        "honor the answer.",
        cookies=(("visitor", "/"),),
    ),
)
