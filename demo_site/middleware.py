"""Guards around the lessons: each answers with one clear page instead of a worse one."""

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.middleware.gzip import GZipMiddleware
from django.urls import is_valid_path

from course.database import is_database_trouble
from course.messages import message
from demo_site import gate
from demo_site.errors import database_trouble
from demo_site.loopback import is_loopback


class CompressionMiddleware(GZipMiddleware):
    """Compress what goes over plain http, and static files. See MIDDLEWARE for the reason."""

    def process_response(self, request, response):
        if request.is_secure() and not request.path.startswith(settings.STATIC_URL):
            return response
        return super().process_response(request, response)


class RefusalMiddleware:
    """Answer what the gate has refused, and what must not get as far as the panel.

    The host is checked here, because the panel answers its own questions for news before any
    other middleware would check it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        scope = getattr(request, "scope", {})
        refusal = request.META.get(gate.KEY) or scope.get(gate.KEY)
        if refusal:
            return message(request, *refusal, "Nothing was changed.")
        if settings.DEBUG and not is_loopback(request.META.get("REMOTE_ADDR")):
            return message(
                request,
                403,
                "This site is for its own machine only",
                "It runs with `DEBUG` on, and then tells whoever asks too much about itself.",
                "To let others in, start it with `DEBUG=off`: the README says how.",
            )
        # It raises DisallowedHost, which Django turns into a 400.
        request.get_host()
        return self.get_response(request)


class MigratedDatabaseMiddleware:
    """Answer with one clear page until `python manage.py migrate` has been run."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request):
        try:
            # A migrated site does not ask again, unless its database made trouble since.
            self.migrated = self.migrated or is_migrated()
        except Error as error:
            return database_trouble(request, error)
        if not self.migrated:
            return message(
                request,
                503,
                "The database is not ready",
                "Tables or rows that this site needs are not there yet.",
                "Create them with `python manage.py migrate`, in the folder of the project. Then "
                "load this page again.",
            )
        response = self.get_response(request)
        # The file of the database may be a new and empty one.
        self.migrated = response.status_code != 503
        return response


def is_migrated():
    """Return True if no migration is left to apply. Raise `Error` if the database cannot say."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


class SessionGuard:
    """Keep impossible keys from SessionMiddleware, and say it when the database fails it.

    This stands right before SessionMiddleware, and calls it directly. Django puts a wrapper
    around each middleware, which would turn the failure to save a session into "400, the session
    was deleted", whatever the reason.
    """

    def __init__(self, get_response):
        self.get_response = getattr(get_response, "__wrapped__", get_response)

    def __call__(self, request):
        # PostgreSQL refuses to look for such a text. No key of Django's has one in it.
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        try:
            return self.get_response(request)
        except Exception as error:
            response = self.process_exception(request, error)
            if response is None:
                raise
            return response

    def process_exception(self, request, error):
        """Answer if it was the database that failed, here or in a view."""
        if not is_database_trouble(error):
            return None
        # The debug toolbar reads the session of each request. To read this one would fail again.
        request.session.__dict__.setdefault("_session_cache", {})
        return database_trouble(request, error)


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


class MethodMiddleware:
    """Give a page to the two answers that are about the method of a request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if loses_its_form(request):
            return message(
                request,
                400,
                "The address of this form lacks its last slash",
                "To send it to the right address, a redirect would have to drop what it says.",
                "Nothing was changed. Addresses on this site end with a slash.",
            )
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        page = message(
            request,
            405,
            "This address does not take such a request",
            f"It came with `{request.method}`, and only these go here: `{response.get('Allow')}`.",
            "Nothing was changed. Open a lesson, and use the buttons on it.",
        )
        page["Allow"] = response["Allow"]
        return page


def loses_its_form(request):
    """Return True if CommonMiddleware would redirect, and the browser would then not POST again.

    With DEBUG on, that is a RuntimeError.
    """
    path = request.path_info
    return (
        request.method not in ("GET", "HEAD")
        and not path.endswith("/")
        and not is_valid_path(path)
        and is_valid_path(f"{path}/")
    )
