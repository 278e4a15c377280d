"""Other names and ports of this machine: one server for us, several hosts for a browser."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http.request import split_domain_port, validate_host

# Two sites for a browser, because neither is part of the other's domain
OTHER_NAMES = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}

# For a Content-Security-Policy: the two names on any port, and nothing else
BOTH_SITES = [f"http://{name}:*" for name in OTHER_NAMES]


def address_at(request, host, path="", port=None):
    """Return the URL of `path` at another host name or port of this machine.

    Only the machine that the server runs on has such names. Elsewhere the answer is "", and so it
    is if ALLOWED_HOSTS lacks the name. Without a `port`, it is that of the request.
    """
    here, own_port = split_domain_port(request.get_host())
    is_this_machine = here in OTHER_NAMES or here.endswith(".localhost")
    if not is_this_machine or not validate_host(host, settings.ALLOWED_HOSTS):
        return ""
    port = port or own_port
    return f"{request.scheme}://{host}{f':{port}' if port else ''}{path}"


def other_site(request):
    """Return the origin of this site under its other name, or "" if it has none here."""
    host, _ = split_domain_port(request.get_host())
    return address_at(request, OTHER_NAMES[host]) if host in OTHER_NAMES else ""


def ways_back(request):
    """Return pairs of an origin and this page's URL there: the two names where readers begin.

    There are none unless the request came to a subdomain of localhost, which some lessons send
    their readers to.
    """
    try:
        host, _ = split_domain_port(request.get_host())
    except DisallowedHost:  # The page that says so needs no way back.
        return []
    if not host.endswith(".localhost"):
        return []
    origins = filter(None, (address_at(request, name) for name in sorted(OTHER_NAMES)))
    return [(origin, origin + request.path) for origin in origins]
