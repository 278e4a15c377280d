"""Django's `runserver`, which keeps a site with DEBUG on to its own machine."""

from django.conf import settings
from django.core.management.base import CommandError

# Not that of staticfiles: WhiteNoise serves them, and a request for one passes the same guards.
from django.core.management.commands.runserver import Command as DjangoCommand
from django.core.servers.basehttp import WSGIServer

from demo_site.loopback import is_loopback


class PatientServer(WSGIServer):
    """Django's server, for a class that opens its pages all at once."""

    request_queue_size = 200


class Command(DjangoCommand):
    server_cls = PatientServer

    def run(self, **options):
        if settings.DEBUG and not is_loopback(self.addr):
            raise CommandError(
                f"With DEBUG on, the site runs at an address of this machine only, and {self.addr} "
                "is open to the network. Set DEBUG=off, and a SECRET_KEY of your own."
            )
        super().run(**options)
