"""For requests that overlap: a wait that makes them, and a clock.

The session is no place for the times, since overlapping requests lose
each other's changes there. So every request has a cache key.
"""

import time
from threading import BoundedSemaphore

from django.core.cache import cache

REQUESTS = ("A", "B")
MAX_AGE = 10 * 60  # seconds

# A class of forty may send its two requests at once, and no more.
PLACES = BoundedSemaphore(80)


def take_a_while(request):
    """Wait half a second, or three if the request was sent by hand.

    Do not wait at all if too many requests do already.
    """
    if PLACES.acquire(blocking=False):
        try:
            time.sleep(3 if "by_hand" in request.POST else 0.5)
        finally:
            PLACES.release()


def key(run, who):
    """Return the cache key for request `who`, of run number `run`."""
    return f"sessions_demo.apparatus.timeline:{run}:{who}"


def note(run, who, did):
    """Write down that request `who` did something just now.

    `run` is the number of its run, and `did` says in words what it did.
    """
    steps = cache.get(key(run, who), [])
    cache.set(key(run, who), [*steps, (time.time(), who, did)], MAX_AGE)


def note_save(session, run, who):
    """Write down when `session` is saved.

    SessionMiddleware does that when the view of request `who` is over.
    """
    save = session.save

    def save_and_note(*args, **kwargs):
        save(*args, **kwargs)
        note(run, who, f"saved {cups(session)}")

    session.save = save_and_note


def cups(session):
    """Return the two counters in `session`, as text."""
    return f"tea {session['tea']}, coffee {session['coffee']}"


def steps_of(run):
    """Return what the requests of run number `run` did, in order.

    Each step is a dictionary: "ms", the milliseconds since the first,
    "who", and what it "did".
    """
    found = cache.get_many([key(run, who) for who in REQUESTS])
    steps = sorted(step for steps in found.values() for step in steps)
    return [
        {"ms": round((at - steps[0][0]) * 1000), "who": who, "did": did}
        for at, who, did in steps
    ]
