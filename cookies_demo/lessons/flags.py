"""HttpOnly, Secure and SameSite."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_flags",
        title="HttpOnly, Secure and SameSite",
        remember="Three flags answer three threats: scripts, listeners and other sites.",
        cookies=(("session_token", "/"),),
    ),
)
