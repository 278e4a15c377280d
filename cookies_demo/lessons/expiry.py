"""How long a cookie lasts."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_expiry",
        title="How long a cookie lasts",
        remember="With max_age or expires a cookie ends when its time is over; with neither, when "
        "the browser ends its session.",
        minutes=4,
        marks=(("response.set_cookie(", "set-cookie"),),
        cookies=(
            ("no_lifetime", "/cookies/expiry/"),
            ("ten_seconds", "/cookies/expiry/"),
            ("until_a_date", "/cookies/expiry/"),
            ("both", "/cookies/expiry/"),
            ("ten_years", "/cookies/expiry/"),
        ),
    ),
)
