"""The first visit, and the round trip of a cookie."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:why_cookies",
        title="Why cookies",
        remember="On its own, an HTTP request says nothing certain about who sent it.",
        minutes=4,
        marks=(('request.headers.get("Cookie")', "cookie"),),
    ),
    Lesson(
        view="cookies_demo:how_cookies_work",
        title="How a cookie travels",
        remember="The rules stay in the browser; only the name and the value come back.",
        minutes=4,
        marks=(("response.set_cookie(", "set-cookie"), ('request.COOKIES.get("seat")', "cookie")),
        cookies=(("seat", "/cookies/how/"),),
    ),
)
