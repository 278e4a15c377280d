"""The session lessons in reading order."""

from demo_site.course import Lesson, Track
from sessions_demo.engines import COOKIE_PATH, COOKIES

TRACKS = [
    Track(
        title="Sessions",
        summary="What the server keeps for one browser, and finds again by a cookie.",
        order=2,
        lessons=(
            Lesson(
                view="sessions_demo:why_sessions",
                title="Why sessions",
                remember="HTTP forgets you after every answer; a session is how Django remembers.",
            ),
            Lesson(
                view="sessions_demo:how_sessions_work",
                title="How sessions work",
                remember="A middleware puts the session on the request on its way in, and saves "
                "it on the way out.",
            ),
            Lesson(
                view="sessions_demo:set_session",
                title="Set session data",
                remember="The first thing you store creates a row on the server and one cookie "
                "that opens it.",
            ),
            Lesson(
                view="sessions_demo:get_session",
                title="Read session data",
                remember="Reading is free of side effects: no row, no cookie, and no error if you "
                "use get().",
            ),
            Lesson(
                view="sessions_demo:update_session",
                title="Update session data",
                remember="An update rewrites the same row under the same key, and sends the cookie "
                "again with a new expiry date.",
            ),
            Lesson(
                view="sessions_demo:nested_change",
                title="Change a list inside a session",
                remember="Django saves a session when one of its own keys is set or deleted, not "
                "when something inside a value changes.",
            ),
            Lesson(
                view="sessions_demo:clear_session",
                title="Clear a session",
                remember="pop, clear, flush and deleting the cookie leave four different things "
                "behind.",
            ),
            Lesson(
                view="sessions_demo:login_by_hand",
                title="Sign in by hand",
                remember="Being signed in means no more than this: the session has your user id.",
            ),
            Lesson(
                view="sessions_demo:dashboard",
                title="A page for signed-in visitors",
                remember="The page asks the session who you are, and sends strangers to the login "
                "page.",
                entrance="sessions_demo:login_by_hand",
            ),
            Lesson(
                view="sessions_demo:logout_by_hand",
                title="Sign out by hand",
                remember="Signing out means flush: the row goes, the key goes, and the cookie "
                "goes.",
            ),
            Lesson(
                view="sessions_demo:django_login",
                title="Sign in with Django",
                remember="Django’s login writes three entries into the session and gives it a new "
                "key; what was there stays.",
            ),
            Lesson(
                view="sessions_demo:django_logout",
                title="Sign out with Django",
                remember="Django’s logout flushes the whole session, not only what login stored.",
            ),
            Lesson(
                view="sessions_demo:password_change",
                title="Change a password",
                remember="A new password ends every session of the user, except one that is told.",
            ),
            Lesson(
                view="sessions_demo:shopping_cart",
                title="A shopping cart",
                remember="The session says what and how many; everything else is looked up.",
            ),
            Lesson(
                view="sessions_demo:step_form",
                title="A form in several steps",
                remember="Answers wait in the session, and every step checks that the ones before "
                "it are there.",
            ),
            Lesson(
                view="sessions_demo:session_expiry",
                title="How long a session lasts",
                remember="Cookie and row each have an end of their own, and only a save "
                "moves them.",
            ),
            Lesson(
                view="sessions_demo:clear_expired",
                title="Clear expired sessions",
                remember="An expired row lets nobody in, and stays in the table until somebody "
                "runs clearsessions.",
                cookies=(("short_lived_keys", "/sessions/clear-expired/"),),
            ),
            Lesson(
                view="sessions_demo:session_data",
                title="Inside session_data",
                remember="The row is signed so that nobody can forge it, and not encrypted: "
                "whoever has it can read it.",
            ),
            Lesson(
                view="sessions_demo:session_engines",
                title="Where sessions are kept",
                remember="Views use every engine in the same way; what differs is who keeps the "
                "data, and who can take it away.",
                cookies=tuple((name, COOKIE_PATH) for name in COOKIES.values()),
            ),
            Lesson(
                view="sessions_demo:session_cost",
                title="What a session costs",
                remember="A session costs nothing until a view touches it; from then on, every "
                "request pays for all that is in it.",
            ),
            Lesson(
                view="sessions_demo:json_rule",
                title="What fits into a session",
                remember="A session is stored as JSON: dates do not fit, and keys come back as "
                "text.",
            ),
            Lesson(
                view="sessions_demo:shared_computer",
                title="A shared computer",
                remember="A logout that leaves data in the session gives it to the next person at "
                "this browser.",
            ),
            Lesson(
                view="sessions_demo:module_variable",
                title="A variable instead of a session",
                remember="A variable of a module belongs to the process, so every visitor sees and "
                "changes it.",
            ),
            Lesson(
                view="sessions_demo:whole_object",
                title="A whole object in a session",
                remember="A copy in the session stays as it was; an id leads to the object as it "
                "is now.",
            ),
            Lesson(
                view="sessions_demo:stored_password",
                title="A password in a session",
                remember="A session is readable to whoever has the database, so store that a "
                "password was right, never the password.",
            ),
            Lesson(
                view="sessions_demo:lost_update",
                title="Two requests at once",
                remember="Each request saves the whole session as it knows it, so the last save "
                "wins.",
            ),
            Lesson(
                view="sessions_demo:session_deleted",
                title="A session deleted meanwhile",
                remember="A request never brings back a session row that another request deleted: "
                "Django answers 400 instead.",
            ),
            Lesson(
                view="sessions_demo:session_recap",
                title="Sessions in short",
                remember="The data stays on the server, the browser has the key, and whoever has "
                "the key is let in.",
            ),
        ),
    ),
]
