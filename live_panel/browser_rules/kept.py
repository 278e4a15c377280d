"""A cookie that a browser keeps, what makes it the same as another, and what protects it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from live_panel.browser_rules.matching import domain_match, is_trustworthy, path_match, split_url


class Identity(NamedTuple):
    """What makes two cookies the same one, so that the later replaces the earlier.

    Section 5.7 step 23: name, domain, host-only flag and path. Chromium keeps partitioned cookies
    apart from the others.
    """

    name: str
    domain: str
    host_only: bool
    path: str
    partitioned: bool


@dataclass(frozen=True)
class Kept:
    """A cookie in a browser's jar. Section 5.7. Every field fits into JSON.

    `domain` has no dot in front. Times are in seconds since the epoch: `expires`, which is None
    for a session cookie, `created` and `last_access`. `samesite` is "Strict", "Lax", "None" or
    "Lax (by default)".
    """

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    expires: float | None
    secure: bool
    httponly: bool
    samesite: str
    partitioned: bool
    created: float
    last_access: float

    @property
    def identity(self) -> Identity:
        return Identity(self.name, self.domain, self.host_only, self.path, self.partitioned)


def is_over(cookie: Kept, now: float) -> bool:
    """Return whether the time of a kept cookie is over."""
    return cookie.expires is not None and cookie.expires <= now


def is_protected(jar: Iterable[Kept], new: Identity, url: str) -> bool:
    """Return whether a Secure cookie in `jar` keeps `url` from setting `new`. Section 5.7 step 16.

    Deleting counts as setting. In Chromium, localhost and loopback addresses may set it, with
    plain http too.
    """
    rivals = [
        cookie
        for cookie in jar
        if cookie.secure and cookie.name == new.name and cookie.partitioned == new.partitioned
    ]
    if not rivals or is_trustworthy(*split_url(url)[:2]):
        return False
    return any(
        path_match(new.path, cookie.path)
        and (domain_match(new.domain, cookie.domain) or domain_match(cookie.domain, new.domain))
        for cookie in rivals
    )
