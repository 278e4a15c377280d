"""Sign in and out with django.contrib.auth, and change a password."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:django_login",
        title="Sign in with Django",
        remember="Django’s login writes three entries into the session. A stranger’s "
        "session gets a new key and keeps its data.",
        minutes=6,
        marks=(("login(request, user)", "row"),),
    ),
    Lesson(
        view="sessions_demo:django_logout",
        title="Sign out with Django",
        remember="Django’s logout flushes the whole session, not only what login stored.",
        minutes=3,
        marks=((" logout(request)", "row"), ("session.keys", "reads-row")),
    ),
    Lesson(
        view="sessions_demo:password_change",
        title="Change a password",
        remember="A new password ends every session of the user, except one that is told.",
        minutes=5,
        marks=(("update_session_auth_hash(", "row"), ("two_sessions(", "reads-row")),
    ),
)
