"""What a cookie's name can promise."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:name_prefixes",
        title="Names that make a promise",
        remember="A name that begins with __Secure- or __Host- is a promise, and the "
        "browser holds you to it.",
        minutes=5,
        marks=(("response.set_cookie(", "set-cookie"),),
        cookies=(
            ("ordinary", "/cookies/prefixes/"),
            ("__Secure-without", "/cookies/prefixes/"),
            ("__Secure-with", "/cookies/prefixes/"),
            ("__Http-with", "/cookies/prefixes/"),
            ("__Host-path", "/cookies/prefixes/"),
            ("__Host-domain", "/"),
            ("__Host-with", "/"),
        ),
    ),
)
