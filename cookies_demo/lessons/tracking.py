"""Follow a visitor by a number, and ask first."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:tracking",
        title="Follow a visitor",
        remember="A number in a cookie is enough to follow a browser, so ask first and "
        "honor the answer.",
        minutes=6,
        marks=(
            ("visitor = request.get_signed_cookie(", "cookie"),
            ("response.set_signed_cookie(", "set-cookie"),
        ),
        cookies=(("visitor", "/"),),
    ),
)
