"""Sign in and out the way many tutorials do it."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:login_by_hand",
        title="Sign in by hand",
        remember="Being signed in means no more than this: the session has your user id.",
        minutes=4,
        marks=(('["user_id"] =', "row"), ('session.get("user_id")', "reads-row")),
    ),
    Lesson(
        view="sessions_demo:dashboard",
        title="A page for signed-in visitors",
        remember="The page asks the session who you are, and turns strangers away.",
        minutes=4,
        marks=(('session.get("user_id")', "reads-row"),),
    ),
    Lesson(
        view="sessions_demo:logout_by_hand",
        title="Sign out by hand",
        remember="Signing out means flush: it deletes the row, and the answer deletes the cookie.",
        minutes=3,
        marks=(("session.flush", "row"),),
    ),
)
