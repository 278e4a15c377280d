"""What a forged request can do."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:forged_request",
        title="A forged request",
        remember="A cookie tells whose browser sent a request; the CSRF token tells whose "
        "page asked for it.",
        minutes=7,
        marks=(
            ("account = request.get_signed_cookie(", "cookie"),
            ("response.set_signed_cookie(", "set-cookie"),
        ),
        cookies=(("toy_account", "/"),),
    ),
)
