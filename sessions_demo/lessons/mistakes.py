"""Common mistakes with sessions. These views have them; their mended twins are experiments."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:shared_computer",
        title="A shared computer",
        remember="A logout that leaves data in the session gives it to the next person at "
        "this browser.",
        minutes=4,
        marks=(
            ('["user_id"] =', "row"),
            ('["last_search"] =', "row"),
            ('session.pop("user_id"', "row"),
        ),
    ),
    Lesson(
        view="sessions_demo:module_variable",
        title="A variable instead of a session",
        remember="A variable of a module belongs to the process, so every visitor sees and "
        "changes it.",
        minutes=4,
        marks=(("your_drink = drink", "nothing"),),
    ),
    Lesson(
        view="sessions_demo:whole_object",
        title="A whole object in a session",
        remember="A copy in the session stays as it was; an id leads to the object as it is now.",
        minutes=4,
        marks=(
            ('session.get("product")', "reads-row"),
            ('["product"] =', "row"),
            ('["paid_by_copy"] =', "row"),
        ),
    ),
    Lesson(
        view="sessions_demo:stored_password",
        title="A password in a session",
        remember="A session is readable to whoever has the database, so store that a "
        "password was right, never the password.",
        minutes=4,
        marks=(('["password"] =', "row"),),
    ),
)
