"""What a visitor can write into a cookie, and what a signature does."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:tampering",
        title="A cookie is the visitor’s to edit",
        remember="A cookie is input, and the visitor can write anything into it.",
        minutes=4,
        marks=(("response.set_cookie(", "set-cookie"), ("request.COOKIES.get(", "cookie")),
        cookies=(("is_admin", "/"),),
    ),
    Lesson(
        view="cookies_demo:signed_cookie",
        title="Signed cookies",
        remember="A signature shows that a value was changed, and hides nothing.",
        minutes=5,
        marks=(
            ("response.set_signed_cookie(", "set-cookie"),
            ("request.get_signed_cookie(", "cookie"),
        ),
        cookies=(("discount", "/cookies/signed/"),),
    ),
)
