"""Two ways in which a session cannot be saved. Both are real, short, and harm nobody else."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def row_deleted(session):
    """Delete the row of `session`, as a logout in another request would."""
    session.delete()
    yield


@contextmanager
def read_only(session):
    """Let SQLite refuse to write on this thread's connection; then delete the row of `session`."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")
            session.delete()


FAULTS = {"deleted": row_deleted, "read_only": read_only}
