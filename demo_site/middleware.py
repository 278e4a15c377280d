"""Two small guards around the lessons."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from course.messages import message


class MigratedDatabaseMiddleware:
    """Answer with one clear page until `python manage.py migrate` has been run."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request):
        # The answer can change only once, so a migrated site never asks again.
        self.migrated = self.migrated or is_migrated()
        if not self.migrated:
            return message(
                request,
                503,
                "The database is not ready",
                "Tables or rows that this site needs are not there yet.",
                "Create them with `python manage.py migrate`, in the folder of the project. Then "
                "load this page again.",
            )
        return self.get_response(request)


def is_migrated():
    """Return True if the database can be reached and no migration is left to apply."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


class Utf8FormMiddleware:
    """Read every form as UTF-8, whatever charset the request claims.

    A multipart form may claim UTF-7, which can yield lone surrogates: text that no page can
    contain. Every page here is UTF-8, and so is every form that a browser sends from one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.encoding = settings.DEFAULT_CHARSET
        return self.get_response(request)
