"""Two ways in which a session cannot be saved, and how to tell them.

Both are real and short, and harm nobody else.
"""

import traceback
from contextlib import contextmanager

from django.db import connection


@contextmanager
def row_deleted(session):
    """Delete the row of `session`, as a logout would."""
    session.delete()
    yield


@contextmanager
def read_only(session):
    """Let SQLite refuse to write, then delete the row.

    Only the connection of this thread refuses.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")
            session.delete()


FAULTS = {"deleted": row_deleted, "read_only": read_only}


def chain_of(error):
    """Return the exceptions behind `error`, the last one first.

    Each is a text of its module, its class and its words.
    """
    chain = []
    while error is not None:
        name = f"{type(error).__module__}.{type(error).__name__}"
        chain.append(f"{name}: {error}")
        # A cursor left in its frames can stop all writes.
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
    return chain
