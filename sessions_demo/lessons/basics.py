"""Store, read, change and clear."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:set_session",
        title="Set session data",
        remember="The first thing you store creates a row on the server and one cookie "
        "that opens it.",
        minutes=4,
        marks=(('["user_name"] =', "row"), ('["login_count"] =', "row")),
    ),
    Lesson(
        view="sessions_demo:get_session",
        title="Read session data",
        remember="Reading creates nothing, no row and no cookie; and with get(), a missing "
        "key is no error.",
        minutes=4,
        marks=(('get("user_name")', "reads-row"), ('get("login_count")', "reads-row")),
    ),
    Lesson(
        view="sessions_demo:update_session",
        title="Update session data",
        remember="An update rewrites the same row under the same key, and sends the cookie "
        "again with a new expiry date.",
        minutes=3,
        marks=(('get("login_count", 0)', "reads-row"), ('["login_count"] =', "row")),
    ),
    Lesson(
        view="sessions_demo:nested_change",
        title="Change a list inside a session",
        remember="Django saves a session when one of its own keys is set or deleted, not "
        "when something inside a value changes.",
        minutes=4,
        marks=(
            ('get("items_bought")', "reads-row"),
            ('append("bread")  #', "nothing"),
            ('["items_bought"] =', "row"),
            ("modified = True", "row"),
        ),
    ),
    Lesson(
        view="sessions_demo:clear_session",
        title="Clear a session",
        remember="pop, clear, flush and deleting the cookie leave four different things behind.",
        minutes=4,
        marks=(
            ("session.pop", "row"),
            ("session.clear", "row"),
            ("session.flush", "row"),
            ("delete_cookie", "set-cookie"),
        ),
    ),
)
