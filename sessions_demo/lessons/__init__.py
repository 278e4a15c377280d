"""The session lessons in reading order, by chapter and subject."""

from course.lessons import Chapter, Track
from sessions_demo.lessons import (
    basics,
    cart,
    concurrency,
    cost,
    django_auth,
    engines,
    expiry,
    introduction,
    login_by_hand,
    mistakes,
    recap,
    serialization,
    session_data,
    steps,
)

SESSIONS = Track(
    title="Sessions",
    summary="What the server keeps for one browser, and finds again by a cookie.",
    chapters=(
        Chapter(
            title="The basics",
            summary="A row is made, read, changed and cleared.",
            lessons=(*introduction.LESSONS, *basics.LESSONS),
        ),
        Chapter(
            title="Signing in",
            summary="How the server knows who you are: first by hand, then with Django.",
            lessons=(*login_by_hand.LESSONS, *django_auth.LESSONS),
        ),
        Chapter(
            title="Uses",
            summary="What a site keeps in a session while a visitor is busy.",
            lessons=(*cart.LESSONS, *steps.LESSONS),
        ),
        Chapter(
            title="Inside",
            summary="How long a session lasts, where it is kept, and what it costs.",
            lessons=(
                *expiry.LESSONS,
                *session_data.LESSONS,
                *engines.LESSONS,
                *cost.LESSONS,
                *serialization.LESSONS,
            ),
        ),
        Chapter(
            title="Mistakes",
            summary="What goes wrong, and the line that mends it.",
            lessons=(*mistakes.LESSONS, *concurrency.LESSONS),
        ),
        Chapter(
            title="Looking back",
            summary="Everything about sessions once more, each with the place that shows it.",
            lessons=recap.LESSONS,
        ),
    ),
)
