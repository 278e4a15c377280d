"""Set, read, change and delete."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="cookies_demo:set_cookie",
        title="Set a cookie",
        remember="The server asks once with Set-Cookie; the browser answers with "
        "name=value on later requests that match.",
        minutes=4,
        marks=(("response.set_cookie(", "set-cookie"),),
        cookies=(("user_name", "/"),),
    ),
    Lesson(
        view="cookies_demo:get_cookie",
        title="Read a cookie",
        remember="request.COOKIES is what this one request brought, and the visitor may "
        "have edited it.",
        minutes=4,
        marks=(("request.COOKIES.get(", "cookie"),),
        cookies=(("user_name", "/cookies/get/"),),
    ),
    Lesson(
        view="cookies_demo:update_cookie",
        title="Update a cookie",
        remember="There is no update: setting a cookie again, with the same name, path and "
        "domain, replaces it.",
        minutes=3,
        marks=(("request.COOKIES.get(", "cookie"), ("response.set_cookie(", "set-cookie")),
        cookies=(("visits", "/"),),
    ),
    Lesson(
        view="cookies_demo:delete_cookie",
        title="Delete a cookie",
        remember="A server deletes a cookie by setting it again with a date in the past.",
        minutes=3,
        marks=(("response.delete_cookie(", "set-cookie"),),
    ),
    Lesson(
        view="cookies_demo:delete_with_path",
        title="Delete a cookie that has a path",
        remember="A cookie is deleted only under the path that it was set with.",
        minutes=3,
        marks=(
            ('"note", "narrow"', "set-cookie"),
            ('response.delete_cookie("note")', "set-cookie"),
        ),
        cookies=(("note", "/cookies/delete-path/"), ("note", "/")),
    ),
)
