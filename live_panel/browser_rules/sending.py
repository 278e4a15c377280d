"""Which cookies a browser keeps, and which go along with a request.

RFC 6265bis, sections 5.7 from step 16 on, and 5.8. Every function takes the jar as a sequence of
`Kept` in the order in which they were made, and changes nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from live_panel.browser_rules.kept import Kept, is_over, is_protected
from live_panel.browser_rules.matching import (
    domain_match,
    is_trustworthy,
    path_match,
    site,
    split_url,
)
from live_panel.browser_rules.storing import Verdict

MAX_COOKIES = 180  # of a site
COOKIES_AFTER_CUT = 150
LAX_POST_SECONDS = 120
ACCESS_SECONDS = 60  # Chromium notes a later use of a cookie only after that time


def keep(jar: Sequence[Kept], verdict: Verdict, url: str, now: float) -> tuple[Kept, ...]:
    """Return the jar after the line with this `verdict` came from `url`. Section 5.7, from step 16.

    `now` is in seconds since the epoch. A new value makes a new cookie in Chromium; in the draft,
    the cookie keeps its creation time, and so its place in the header.
    """
    jar = tuple(cookie for cookie in jar if not is_over(cookie, now))
    if verdict.outcome == "refused" or is_protected(jar, verdict.identity, url):
        return jar
    earlier = next((cookie for cookie in jar if cookie.identity == verdict.identity), None)
    others = tuple(cookie for cookie in jar if cookie is not earlier)
    if verdict.lifetime is not None and verdict.lifetime <= 0:
        return others

    cookie = as_kept(verdict, now)
    if earlier is not None and earlier.value == cookie.value:
        cookie = replace(cookie, created=earlier.created)
        return tuple(cookie if other is earlier else other for other in jar)
    return evict((*others, cookie), cookie)


def as_kept(verdict: Verdict, now: float) -> Kept:
    """Return the cookie that a line with this `verdict` makes."""
    return Kept(
        name=verdict.name,
        value=verdict.value,
        domain=verdict.domain,
        host_only=verdict.host_only,
        path=verdict.path,
        expires=None if verdict.lifetime is None else now + verdict.lifetime,
        secure=verdict.secure,
        httponly=verdict.httponly,
        samesite=verdict.samesite,
        partitioned=verdict.partitioned,
        created=now,
        last_access=now,
    )


def evict(jar: tuple[Kept, ...], newest: Kept) -> tuple[Kept, ...]:
    """Return `jar` without the cookies that have to make room for `newest`. Section 5.7, end.

    Chromium keeps 180 for a site. One more, and it keeps 150: cookies without Secure leave first,
    and of those the least recently used. Partitioned cookies have a room of their own.
    """
    if len(jar) <= MAX_COOKIES:
        return jar
    of_site = [
        cookie
        for cookie in jar
        if not cookie.partitioned and site(cookie.domain) == site(newest.domain)
    ]
    if len(of_site) <= MAX_COOKIES:
        return jar
    of_site.sort(key=lambda cookie: (cookie.secure, cookie.last_access, cookie.created))
    leaving = {id(cookie) for cookie in of_site[:-COOKIES_AFTER_CUT]}
    return tuple(cookie for cookie in jar if id(cookie) not in leaving)


def held_back(cookie: Kept, url: str, now: float, cross_site: str = "") -> str:
    """Return why a kept cookie stays behind on a request for `url`, or "". Section 5.8.3 step 3.

    The reason is "host", "path", "scheme", "expired" or "site". `cross_site` says whether another
    site caused the request: "" for no, "navigation" for a link or another safe request that fills
    the window, "post" for a form that does, and "other" for any other request. After "post",
    Chromium sends a cookie without SameSite for two minutes.
    """
    scheme, host, page = split_url(url)
    if host != cookie.domain and (cookie.host_only or not domain_match(host, cookie.domain)):
        return "host"
    if not path_match(page, cookie.path):
        return "path"
    if cookie.secure and not is_trustworthy(scheme, host):
        return "scheme"
    if is_over(cookie, now):
        return "expired"
    return "site" if cross_site and not crosses(cookie, now, cross_site) else ""


def crosses(cookie: Kept, now: float, cross_site: str) -> bool:
    """Return whether a cookie goes along with a request of another site. Section 5.8.3 step 3."""
    if cookie.samesite == "None":
        return cross_site != "other" or not cookie.partitioned
    if cookie.samesite == "Strict" or cross_site == "other":
        return False
    is_young = now - cookie.created <= LAX_POST_SECONDS
    return cross_site == "navigation" or (cookie.samesite == "Lax (by default)" and is_young)


def going(jar: Sequence[Kept], url: str, now: float, cross_site: str = "") -> list[Kept]:
    """Return the cookies that go along with a request, as it names them. Section 5.8.3 step 4."""
    chosen = [cookie for cookie in jar if not held_back(cookie, url, now, cross_site)]
    return sorted(chosen, key=lambda cookie: (-len(cookie.path), cookie.created))


def cookie_header(jar: Sequence[Kept], url: str, now: float, cross_site: str = "") -> str | None:
    """Return the `Cookie` header of a request for `url`, or None if it has none. Section 5.8.3.

    The longest path comes first, and of equally long ones the cookie that was made first.
    """
    cookies = going(jar, url, now, cross_site)
    return "; ".join(map(serialized, cookies)) or None


def serialized(cookie: Kept) -> str:
    """Return a cookie as a header shows it. Section 5.8.3 step 6."""
    return f"{cookie.name}={cookie.value}" if cookie.name else cookie.value


def used(jar: Sequence[Kept], url: str, now: float, cross_site: str = "") -> tuple[Kept, ...]:
    """Return the jar after a request: the cookies sent were used just now. Section 5.8.3 step 5."""
    sent = {id(cookie) for cookie in going(jar, url, now, cross_site)}
    return tuple(
        replace(cookie, last_access=now)
        if id(cookie) in sent and now - cookie.last_access > ACCESS_SECONDS
        else cookie
        for cookie in jar
    )


def cross_site_of(fetch_site: str, fetch_mode: str, fetch_dest: str, method: str) -> str:
    """Return `cross_site` for a request: how another site caused it. Section 5.2.

    The arguments are the headers `Sec-Fetch-Site`, `Sec-Fetch-Mode` and `Sec-Fetch-Dest`, each ""
    if it is not there, and the method.
    """
    if fetch_site != "cross-site":
        return ""
    if fetch_mode != "navigate" or fetch_dest != "document":
        return "other"
    return "navigation" if method in ("GET", "HEAD", "OPTIONS", "TRACE") else "post"
