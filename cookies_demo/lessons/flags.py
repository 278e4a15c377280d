"""HttpOnly, Secure and SameSite."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_flags",
        title="HttpOnly, Secure and SameSite",
        remember="Three flags answer three threats: scripts, listeners and other sites.",
        minutes=4,
        marks=(("response.set_cookie(", "set-cookie"),),
        cookies=(("session_token", "/"),),
    ),
)
