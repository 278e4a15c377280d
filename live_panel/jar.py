"""What the panel has learned about a browser's cookies, from the headers alone.

A `Set-Cookie` line says what a server wants, and the next `Cookie` header what came of it. `learn`
takes both of one exchange; `confirm` a header alone; `correction` says what a later header tells
about an earlier line. A jar is a tuple of `Seen`, in the order in which the cookies were made. It
never changes: a function returns a new one, or the same object if there is nothing to change.

Any text may come in, and nothing raises an error. Headers may be cut, as the recorder cuts them: a
text that ends in "… (5,000 characters in all)" matches the whole one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from live_panel.browser_rules import Kept, Verdict, domain_match, held_back, path_match
from live_panel.browser_rules.matching import is_ip, is_one_label, is_trustworthy, split_url

MAX_SEEN = 180  # cookies of a jar, and of a header
MAX_LEFT_OVER = 10  # cookies that are listed although they are not there
MAX_TEXT = 300  # characters of a name or a value
MAX_PATH = 1024  # characters

# How a cookie is known: its `certainty`.
SENT = "sent by the server"  # in a `Set-Cookie` line
CAME_BACK = "came back"  # in a `Cookie` header too
INFERRED = "inferred"  # in a `Cookie` header alone, so that path and lifetime are unknown

# What became of it: its `state`.
KEPT = "kept"
REFUSED = "refused"
DELETED = "deleted"  # by a `Set-Cookie` line
OVER = "over"  # its time is
GONE = "gone"  # it should have come with a request, and did not: somebody deleted it

STATE_OF = {  # by the outcome of a verdict
    "stored": KEPT,
    "replaced": KEPT,
    "deleted": DELETED,
    "deletion": DELETED,
    "refused": REFUSED,
}
TAIL_END = " characters in all)"
TAIL = re.compile(r"… \(([0-9,]{1,20}) characters in all\)$")
# A browser sends at most 4,097 bytes for a cookie, and each may be written as \xNN. A tail that
# counts more was put where the whole header was cut.
LONGEST_PAIR = 4 * 4097


@dataclass(frozen=True)
class Seen(Kept):
    """A cookie that the panel saw: a `Kept` and how it is known. Every field fits into JSON.

    Of an inferred cookie only name, value and the host are known: `path` is None, and `covers` a
    path that it must cover, because it came there. Long texts are cut.
    """

    path: str | None
    certainty: str
    state: str
    covers: str = ""


def learn(
    jar: tuple[Seen, ...],
    url: str,
    cookie_header: str | None,
    verdicts: Iterable[Verdict],
    now: float,
    cross_site: str = "",
    answered: float | None = None,
) -> tuple[Seen, ...]:
    """Return the jar after one exchange: a request for `url`, and the verdicts on its response.

    `verdicts` may be any objects with the attributes of a `Verdict`. `cross_site` says how another
    site caused the request, as for `held_back`. `now` is when the request came, and
    `answered` when its answer left if that is known, in seconds since the epoch.
    """
    jar = confirm(jar, url, cookie_header, now, cross_site)
    for verdict in verdicts:
        jar = note(jar, verdict, answered or now)
    return jar


def confirm(
    jar: tuple[Seen, ...],
    url: str,
    cookie_header: str | None,
    now: float,
    cross_site: str = "",
) -> tuple[Seen, ...]:
    """Return the jar after a request for `url` with this `Cookie` header, or None for no header.

    A cookie that came is confirmed, one that nobody knew is inferred, and one that should have
    come and did not is over or gone.
    """
    came, is_whole = read_header(cookie_header)
    scheme, host, page = split_url(url)
    values = matches([cookie for cookie in jar if may_come(cookie, scheme, host, page)], came)
    after = []
    for cookie in jar:
        if id(cookie) in values:
            cookie = returned(cookie, values[id(cookie)], page)
        elif cookie.state == KEPT:
            cookie = missed(cookie, url, now, cross_site, is_whole)
        after.append(cookie)
    unknown = [(name, value) for name, left in came.items() for value in left]
    if not unknown and all(one is other for one, other in zip(after, jar, strict=True)):
        return jar
    return trimmed(after + [inferred(name, value, host, page, now) for name, value in unknown])


def known(jar: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """Return the cookies of which `judge` may take it that the browser has them."""
    return tuple(cookie for cookie in jar if cookie.state == KEPT and cookie.path is not None)


def goes_here(cookie: Seen, url: str, now: float, cross_site: str = "") -> str:
    """Return why a cookie does not go along with a request for `url`, or "" if it does.

    The reason is a state other than "kept", one of `held_back`, or "unknown" if the cookie is
    inferred and may have a path that does not cover the page.
    """
    if cookie.state != KEPT:
        return cookie.state
    if cookie.path is not None:
        return held_back(cookie, url, now, cross_site)
    _, host, page = split_url(url)
    if host != cookie.domain:
        return "host"
    return "" if path_match(page, cookie.covers) and not cross_site else "unknown"


# The header


def read_header(header):
    """Return the values in a `Cookie` header, a list for each name, and whether that is all of it.

    Section 4.2.1. Text without "=" is the value of a cookie without a name.
    """
    if not header:
        return {}, True
    chunks = header.split(";", MAX_SEEN)
    is_whole = len(chunks) <= MAX_SEEN
    tail = TAIL.search(header[-60:])
    if tail and int(tail[1].replace(",", "") or 0) > LONGEST_PAIR:
        chunks, is_whole = chunks[:-1], False
    came = {}
    for chunk in chunks[:MAX_SEEN]:
        name, equals, value = chunk.partition("=")
        if not equals:
            name, value = "", name
        name, value = shown(name.strip(" \t")), shown(value.strip(" \t"))
        if name or value:
            came.setdefault(name, []).append(value)
    return came, is_whole


def shown(text, limit=MAX_TEXT):
    """Return text as a jar holds it: printable ASCII and \\xNN, and no more than `limit` of it."""
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    tail = TAIL.search(text[-60:])
    head = text.removesuffix(tail[0]) if tail else text
    escaped = escape(head[: limit + 1])
    if tail is None and len(escaped) <= limit:
        return escaped
    return escaped[:limit] + (tail[0] if tail else f"… ({len(text):,} characters in all)")


def escape(text):
    """Return text with every byte that is not printable ASCII written as \\xNN."""
    if text.isascii() and text.isprintable():
        return text
    codec = "latin-1" if max(text) <= "\xff" else "utf-8"
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"
        for byte in text.encode(codec, "surrogatepass")
    )


def is_same_text(one, other):
    """Return whether two texts are the same, as far as they are there."""
    if one == other or not (one.endswith(TAIL_END) or other.endswith(TAIL_END)):
        return one == other
    head, other_head = TAIL.sub("", one), TAIL.sub("", other)
    if head == one:  # It is whole, so it must not end before the one that is cut.
        return one.startswith(other_head) and other_head != other
    if other_head == other:
        return other.startswith(head)
    shared = min(len(head), len(other_head))
    return head[:shared] == other_head[:shared]


# A request


def may_come(cookie, scheme, host, page):
    """Return whether a cookie may stand in the header of a request, as far as is known."""
    if cookie.state not in (KEPT, GONE) or (cookie.secure and not is_trustworthy(scheme, host)):
        return False
    if host != cookie.domain and (cookie.host_only or not domain_match(host, cookie.domain)):
        return False
    return cookie.path is None or path_match(page, cookie.path)


def matches(cookies, came):
    """Return the value that came for each cookie that did, by the `id` of the cookie.

    Takes those values out of `came`. Of cookies with one name, those whose value came go first.
    """
    if len(cookies) > 1:
        cookies.sort(key=turn)
    values = {}
    for cookie in cookies:
        left = came.get(cookie.name, ())
        for place, value in enumerate(left):
            if is_same_text(value, cookie.value):
                values[id(cookie)] = cookie.value
                del left[place]
                break
    for cookie in cookies:
        if id(cookie) not in values and came.get(cookie.name):
            values[id(cookie)] = came[cookie.name].pop(0)
    return values


def turn(cookie):
    """Return the place of a cookie among others of its name.

    Those that are there come first, and of those the longest path. An inferred one comes last.
    """
    return cookie.state != KEPT, -len(cookie.path or ""), cookie.created


def returned(cookie, value, page):
    """Return a cookie that came to the path `page`."""
    certainty, covers = CAME_BACK, cookie.covers
    if cookie.path is None:
        certainty = INFERRED
        if not path_match(page, covers):
            covers = shared_path(page, covers)
    now_known = value, certainty, KEPT, covers
    if now_known == (cookie.value, cookie.certainty, cookie.state, cookie.covers):
        return cookie
    return replace(cookie, value=value, certainty=certainty, state=KEPT, covers=covers)


def shared_path(page, path):
    """Return the longest path that covers both `page` and `path`."""
    while path and not path_match(page, path):
        path = path.rpartition("/")[0]
    return path or "/"


def missed(cookie, url, now, cross_site, is_whole):
    """Return a cookie that did not come with a request for `url`, which was sent at `now`."""
    if now < cookie.created:
        return cookie
    if cookie.expires is not None and cookie.expires <= now:
        return replace(cookie, state=OVER)
    if is_whole and not goes_here(cookie, url, now, cross_site):
        return replace(cookie, state=GONE)
    return cookie


def inferred(name, value, host, page, now):
    """Return a cookie that nobody saw being set."""
    return Seen(
        name=name,
        value=value,
        domain=shown(host),
        host_only=True,
        path=None,
        expires=None,
        secure=False,
        httponly=False,
        samesite="",
        partitioned=False,
        created=now,
        last_access=now,
        certainty=INFERRED,
        state=KEPT,
        covers=page[:MAX_PATH],
    )


# A response


def note(jar, verdict, now):
    """Return the jar after the verdict on one `Set-Cookie` line.

    An inferred cookie of that name may be the one that the line means. It counts as that until a
    request brings two.
    """
    state = STATE_OF.get(verdict.outcome)
    if state is None:
        return jar
    cookie = noted(verdict, state, now)
    after, there, place = [], None, 0
    for other in jar:
        if is_meant(other, cookie):
            if other.state == KEPT:
                there, place = other, len(after)
        elif not is_refused_too(other, cookie):
            after.append(other)

    if there is None:
        after.append(cookie)
    elif state == DELETED:
        whole = cookie if there.path is None else there
        after.append(replace(whole, value=there.value, state=DELETED))
    elif is_same_text(there.value, cookie.value):
        # As in Chromium, the same value keeps its place.
        certainty = SENT if there.certainty == SENT else CAME_BACK
        after.insert(place, replace(cookie, created=there.created, certainty=certainty))
    else:
        after.append(cookie)
    return trimmed(after)


def is_meant(cookie, new):
    """Return whether a line for `new` means this cookie: it is the same, or inferred and may be."""
    if cookie.name != new.name or REFUSED in (cookie.state, new.state):
        return False
    if cookie.path is None:
        return domain_match(cookie.domain, new.domain) and path_match(cookie.covers, new.path)
    return cookie.identity == new.identity


def is_refused_too(cookie, new):
    """Return whether a cookie was refused of which another line speaks now."""
    return cookie.state == REFUSED and cookie.name == new.name and cookie.domain == new.domain


def noted(verdict, state, now):
    """Return the cookie of a verdict."""
    return Seen(
        name=shown(verdict.name),
        value=shown(verdict.value),
        domain=shown(verdict.domain),
        host_only=verdict.host_only,
        path=verdict.path[:MAX_PATH],
        expires=None if verdict.lifetime is None else now + verdict.lifetime,
        secure=verdict.secure,
        httponly=verdict.httponly,
        samesite=verdict.samesite,
        partitioned=getattr(verdict, "partitioned", False),
        created=now,
        last_access=now,
        certainty=SENT,
        state=state,
    )


def trimmed(cookies):
    """Return a jar of these cookies, without the first of those that are too many."""
    absent = [id(cookie) for cookie in cookies if cookie.state != KEPT]
    too_many = max(len(absent) - MAX_LEFT_OVER, len(cookies) - MAX_SEEN, 0)
    if not too_many:
        return tuple(cookies)
    leaving = set(absent[:too_many])
    cookies = [cookie for cookie in cookies if id(cookie) not in leaving]
    return tuple(cookies[-MAX_SEEN:])


# A later request about an earlier line


def correction(
    verdict: Verdict,
    url: str,
    later_url: str,
    later_header: str | None,
    elapsed: float = 0,
    cross_site: str = "",
) -> tuple[str, str]:
    """Return what a later request says of a `Set-Cookie` line: a key and a sentence.

    `url` is that of the line's request; `later_url`, `later_header` and `cross_site` are those of
    the first request after it, `elapsed` seconds later, that can tell. The key is
    "confirmed-deleted", "not-deleted", "confirmed-stored", "kept-twice", "not-stored", or "" if
    this request cannot tell. If the name was set again in between, nothing follows from it.
    """
    state = STATE_OF.get(verdict.outcome)
    if state not in (KEPT, DELETED):
        return "", ""
    name = verdict.name
    came, is_whole = read_header(later_header)
    values = came.get(shown(name), [])
    reason = held_back(as_kept(verdict, state, url), later_url, elapsed, cross_site)
    if reason == "host":
        return "", ""
    label = f"`{shown(name, 60)}`" if name else "the cookie without a name"
    differs = "another path or domain"
    if is_ip(verdict.domain) or is_one_label(verdict.domain):
        differs = "another path"

    if state == DELETED:
        if values:
            return "not-deleted", f"Not deleted: {label} came back, so it has {differs}."
        if reason or not is_whole:
            return "", ""
        return "confirmed-deleted", f"Confirmed: {label} did not come back."
    if reason or not (values or is_whole):
        return "", ""
    if not values:
        return (
            "not-stored",
            f"Not kept: {label} should have come with this request, and did not.",
        )
    if not any(is_same_text(value, shown(verdict.value)) for value in values):
        return "", ""
    if len(values) > 1:
        return "kept-twice", f"Kept beside another: {label} came twice. One has {differs}."
    return "confirmed-stored", f"Confirmed: {label} came back."


def as_kept(verdict, state, url):
    """Return the cookie that a verdict is about, made at the time 0.

    A line that deletes need not repeat Secure and SameSite, so the strictest are taken.
    """
    deletes = state == DELETED
    return Kept(
        name=verdict.name,
        value=verdict.value,
        domain=verdict.domain,
        host_only=verdict.host_only,
        path=verdict.path,
        expires=None if deletes else verdict.lifetime,
        secure=verdict.secure or (deletes and split_url(url)[0] == "https"),
        httponly=verdict.httponly,
        samesite="Strict" if deletes else verdict.samesite,
        partitioned=getattr(verdict, "partitioned", False),
        created=0,
        last_access=0,
    )
