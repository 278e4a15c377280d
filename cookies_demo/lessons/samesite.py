"""Which cookies come with requests that another site starts."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:samesite",
        title="Requests from another site",
        remember="SameSite decides which requests that another site starts carry the cookie.",
        minutes=9,
        marks=(("response.set_cookie(", "set-cookie"),),
        cookies=(
            ("samesite_strict", "/"),
            ("samesite_lax", "/"),
            ("samesite_none", "/"),
            ("samesite_absent", "/"),
        ),
    ),
)
