"""Which addresses only this machine can use."""

import socket
from ipaddress import ip_address


def is_loopback(address):
    """Return True if `address` is one that only this machine can reach, such as "127.0.0.1".

    A name is looked up: whatever it stands for must be such an address.
    """
    try:
        found = socket.getaddrinfo(address, None) if address else []
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(is_loopback_ip(entry[4][0]) for entry in found)


def is_loopback_ip(text):
    """Return True for 127.0.0.0/8 and ::1, also where an IPv4 address is written as IPv6."""
    ip = ip_address(text.partition("%")[0])
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
