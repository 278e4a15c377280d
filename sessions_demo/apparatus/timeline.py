"""For requests that overlap: a wait that makes them, and a clock that tells what each did when.

The session is no place for the times, since overlapping requests lose each other's changes there.
So every request has a cache key of its own.
"""

import time
from threading import BoundedSemaphore

from django.core.cache import cache

REQUESTS = ("A", "B")
MAX_AGE = 10 * 60  # seconds

# A class of forty may send its two requests at once; more than that is no lesson.
PLACES = BoundedSemaphore(80)


def take_a_while(request):
    """Wait half a second, or three for a request sent by hand; not at all if too many wait."""
    if PLACES.acquire(blocking=False):
        try:
            time.sleep(3 if "by_hand" in request.POST else 0.5)
        finally:
            PLACES.release()


def key(run, who):
    """Return the cache key for what request `who` did in run number `run`."""
    return f"sessions_demo.apparatus.timeline:{run}:{who}"


def note(run, who, did):
    """Write down that request `who` of run number `run` did something just now."""
    steps = cache.get(key(run, who), [])
    cache.set(key(run, who), [*steps, (time.time(), who, did)], MAX_AGE)


def note_save(session, run, who):
    """Write down when `session` is saved, which SessionMiddleware does after the view."""
    save = session.save

    def save_and_note(*args, **kwargs):
        save(*args, **kwargs)
        note(run, who, f"saved {cups(session)}")

    session.save = save_and_note


def cups(session):
    """Return the two counters in `session`, as text."""
    return f"tea {session['tea']}, coffee {session['coffee']}"


def steps_of(run):
    """Return the steps of run number `run` in order, with the milliseconds since the first."""
    found = cache.get_many([key(run, who) for who in REQUESTS])
    steps = sorted(step for steps in found.values() for step in steps)
    return [
        {"ms": round((at - steps[0][0]) * 1000), "who": who, "did": did}
        for at, who, did in steps
    ]
