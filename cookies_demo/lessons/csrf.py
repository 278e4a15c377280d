"""What a forged request can do."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:forged_request",
        title="A forged request",
        remember="A cookie tells whose browser sent a request; the CSRF token tells whose "
        "page asked for it.",
        cookies=(("toy_account", "/"),),
    ),
)
