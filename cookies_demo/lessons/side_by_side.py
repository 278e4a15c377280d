"""A cookie and a session, side by side."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:cookie_or_session",
        title="Cookie or session?",
        remember="Ask what happens if the visitor changes the value: if it matters, it "
        "belongs in a session.",
        minutes=5,
        marks=(
            ("request.COOKIES.get(", "cookie"),
            ("request.session.get(", "reads-row"),
            ("request.session[", "row"),
            ("response.set_cookie(", "set-cookie"),
        ),
        cookies=(("color", "/"),),
    ),
)
