"""How long a cookie lasts."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_expiry",
        title="How long a cookie lasts",
        remember="With max_age a cookie ends when the seconds are over; without, with the "
        "browser’s session.",
        cookies=(
            ("no_lifetime", "/cookies/expiry/"),
            ("ten_seconds", "/cookies/expiry/"),
            ("until_a_date", "/cookies/expiry/"),
            ("both", "/cookies/expiry/"),
            ("ten_years", "/cookies/expiry/"),
        ),
    ),
)
