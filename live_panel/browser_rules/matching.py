"""Hosts, paths and sites: what belongs to what. RFC 6265bis, sections 5.1.3 and 5.1.4."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def split_url(url: str) -> tuple[str, str, str]:
    """Return scheme, host and path of `url`, or empty ones if it is not a URL."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", "", "/"
    path = parts.path if parts.path.startswith("/") else "/"
    return parts.scheme, f"[{host}]" if ":" in host else host, path


def default_path(page: str) -> str:
    """Return the path of a cookie that was set without one by the path `page`. Section 5.1.4."""
    return page.rpartition("/")[0] or "/"


def path_match(page: str, path: str) -> bool:
    """Return whether a cookie with `path` is sent to the path `page`. Section 5.1.4."""
    return page == path or page.startswith(path if path.endswith("/") else path + "/")


def domain_match(host: str, domain: str) -> bool:
    """Return whether `host` may set a cookie for `domain`, both lower case. Section 5.1.3."""
    return host == domain or (domain != "" and host.endswith("." + domain) and not is_ip(host))


def is_trustworthy(scheme: str, host: str) -> bool:
    """Return whether a page may set Secure cookies. Section 5.7 step 13 leaves it to browsers."""
    if scheme in ("https", "wss"):
        return True
    name = host.removesuffix(".")
    return name == "localhost" or name.endswith(".localhost") or is_loopback(host)


def is_loopback(host: str) -> bool:
    """Return whether `host` is an IP address of this machine itself.

    Chromium does not count IPv4 in IPv6, as in ::ffff:127.0.0.1. Python does from 3.13 on.
    """
    if not is_ip(host):
        return False
    address = ip_address(host.strip("[]"))
    return address.is_loopback and getattr(address, "ipv4_mapped", None) is None


def is_ip(host: str) -> bool:
    """Return whether `host` is an IP address, in brackets if it has colons."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_one_label(host: str) -> bool:
    """Return whether `host` is a single word, such as localhost."""
    return "." not in host.removesuffix(".")


def site(domain: str) -> str:
    """Return the registrable domain of `domain`: the last two labels, or all of an IP address.

    Chromium knows public suffixes of several labels, such as co.uk. This function does not.
    """
    if is_ip(domain):
        return domain
    labels = domain.removesuffix(".").split(".")
    return ".".join(labels[-2:]) + "." * domain.endswith(".")
