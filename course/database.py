"""What an error says about the database."""

from django.db import Error, IntegrityError


def is_database_trouble(error):
    """Return True if the database itself is what failed.

    Django turns an exception of the driver into one of its own, and
    keeps it as `__cause__`. A row that is gone is no such exception:
    Django counts the rows that an UPDATE found, and raises by itself.
    """
    while error is not None:
        if isinstance(error, Error) and error.__cause__ is not None:
            # A rule of a table that a view broke: the database works.
            return not isinstance(error, IntegrityError)
        error = error.__cause__ or error.__context__
    return False
