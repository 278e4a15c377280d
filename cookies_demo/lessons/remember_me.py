"""Be remembered, by a word that anyone can type or by a signed one."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:remember_me",
        title="Remember me",
        remember="A cookie that lets people in must be one that they cannot write themselves.",
        minutes=5,
        marks=(
            ('"remember_me", "yes"', "set-cookie"),
            ("response.set_signed_cookie(", "set-cookie"),
        ),
        cookies=(
            ("remember_me", "/"),
            ("remember_me_signed", "/"),
            ("remembered_by_notes", "/cookies/experiments/notes/"),
        ),
    ),
    Lesson(
        view="cookies_demo:welcome",
        title="A page for remembered visitors",
        remember="A signed cookie is checked on every request; a plain one is believed.",
        minutes=5,
        marks=(
            ("plain = request.COOKIES.get(", "cookie"),
            ("signed = request.get_signed_cookie(", "cookie"),
        ),
    ),
    Lesson(
        view="cookies_demo:forget_me",
        title="Forget me",
        remember="Forgetting is a request: the server asks one browser to delete, and a copy "
        "of the cookie stays good.",
        minutes=4,
        marks=(("response.delete_cookie(", "set-cookie"),),
    ),
)
