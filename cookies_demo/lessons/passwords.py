"""What does not belong in a cookie."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:password_cookie",
        title="A password in a cookie",
        remember="What is in a cookie can be read and copied, so never put a secret of "
        "the visitor’s there.",
        minutes=5,
        marks=(
            ('response.set_cookie("password"', "set-cookie"),
            ("brought = request.COOKIES.get(", "cookie"),
        ),
        cookies=(("password", "/"),),
    ),
)
