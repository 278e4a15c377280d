"""The session lessons in reading order, by subject."""

from course.lessons import Track
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
    lessons=(
        *introduction.LESSONS,
        *basics.LESSONS,
        *login_by_hand.LESSONS,
        *django_auth.LESSONS,
        *cart.LESSONS,
        *steps.LESSONS,
        *expiry.LESSONS,
        *session_data.LESSONS,
        *engines.LESSONS,
        *cost.LESSONS,
        *serialization.LESSONS,
        *mistakes.LESSONS,
        *concurrency.LESSONS,
        *recap.LESSONS,
    ),
)
