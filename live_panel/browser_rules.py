"""What will a browser do with this `Set-Cookie` line?

A browser drops a bad cookie in silence. `judge` says what becomes of a line and which rule decided;
`pieces` cuts the line where a browser cuts it.

The rules are those of draft-ietf-httpbis-rfc6265bis-22: dates 5.1.1, domain-match 5.1.3, paths
5.1.4, prefixes 5.4, parsing 5.6, storing 5.7. Where Chromium 156 differs, Chromium is followed:

- A tab inside a name or value refuses the line. So does "=" in the value of a nameless cookie.
- `__Http-` and `__Host-Http-` are prefixes too (layered-cookies-02). Partitioned needs Secure.
- Max-Age may start with "+". The last Max-Age or Expires counts even if it makes no sense; in the
  draft, the last one that does.
- In a date, a number is all digits: neither "9th" nor "10:18:14pm". A year has one to five digits,
  and one before 1601 is long ago, not an error.
- Domain=. refuses the line. An IP address as Domain means host-only, under `__Host-` too.
- Secure works over plain http on localhost and loopback addresses. The draft leaves this open.

Two of its oddities are not followed: it accepts a Domain that is not ASCII if it is UTF-8, and a
Max-Age of more than 64 bits with letters behind it.

What a line and its request cannot show, and `judge` therefore does not know: public suffixes of
several labels, such as co.uk, whose cookies are refused; cookies kept as Secure, which plain http
may not replace (5.7 step 16); whether another site caused the request (5.7 step 18); the user's
settings for third-party cookies; how full the jar is (Chromium keeps 180 cookies for a host).
"""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timezone
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

MAX_PAIR = 4096  # bytes of name plus value
MAX_ATTRIBUTE = 1024  # bytes of an attribute's value
MAX_LIFETIME = 400 * 24 * 60 * 60  # seconds

# The section that each rule comes from, and what it says.
LAYERED = "layered-cookies-02 4.1.3"
RULES = {
    "control-character": ("5.6 step 1", "A line with a control character in it is ignored."),
    "tab": ("Chromium", "A line with a tab inside a name or a value is ignored."),
    "size": ("5.6 step 5", "Name and value together may have at most 4096 bytes."),
    "empty": ("5.7 step 2", "A cookie needs a name or a value, and this one has neither."),
    "domain-not-ascii": ("5.7 step 8", "Domain may contain only ASCII characters."),
    "domain-one-label": ("5.7 step 9", "A Domain of one word, such as com, has too many owners."),
    "domain-mismatch": ("5.7 step 10", "Domain must be the host itself or a parent of it."),
    "secure-origin": ("5.7 step 13", "Only https and localhost may set a Secure cookie."),
    "samesite-none-insecure": ("5.7 step 19", "SameSite=None cookies need Secure."),
    "prefix-secure": ("5.7 step 20", "__Secure- cookies need Secure."),
    "prefix-host": ("5.7 step 21", "__Host- cookies need Secure, Path=/ and no Domain."),
    "prefix-http": (LAYERED, "__Http- cookies need Secure and HttpOnly."),
    "prefix-host-http": (LAYERED, "__Host-Http- cookies need Secure, HttpOnly, Path=/, no Domain."),
    "nameless-prefix": ("5.7 step 22", "Without a name, the value may not start like __Host-."),
    "nameless-equals": ("Chromium", "Without a name, the value may not contain “=”."),
    "partitioned-insecure": ("Chromium", "Partitioned cookies need Secure."),
    "past-expiry": ("5.7 step 23", "Its time is over, so the browser deletes the cookie it had."),
    "past-expiry-unseen": ("5.7, end", "Its time is over already, so nothing is kept."),
    "replaced": ("5.7 step 23", "It takes the place of a cookie with the same name."),
    "stored": ("5.7 step 24", "It breaks no rule, so the browser keeps it."),
}
PREFIXES = ["host-http", "host", "http", "secure"]  # the first that fits counts
FLAGS = ["Secure", "HttpOnly", "Partitioned"]
ATTRIBUTES = ["Expires", "Max-Age", "Domain", "Path", "SameSite", "Priority", *FLAGS]
CANONICAL = {name.lower(): name for name in ATTRIBUTES}
SAMESITE = {"strict": "Strict", "lax": "Lax", "none": "None"}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a line. Every field fits into JSON.

    `outcome` is "stored", "replaced", "deleted" or "refused", and `rule` a key of `RULES`. Of a
    refused line, the fields from `name` on say what the cookie would have been. `size` is the bytes
    of name plus value. `domain` has no dot in front. `lifetime` is in seconds, 0 if it is over, and
    None for a session cookie; `capped` says that the line asked for more. `samesite` is "Strict",
    "Lax", "None" or "Lax (by default)". `earlier` says what happens to a cookie of this name that
    is there already, or why the request cannot show it, and is None if there is nothing to say.
    `notes` are sentences about attributes that were ignored or changed.
    """

    outcome: str
    rule: str
    section: str
    sentence: str
    name: str
    value: str
    size: int
    path: str
    host_only: bool
    domain: str
    lifetime: int | None
    capped: bool
    secure: bool
    httponly: bool
    samesite: str
    partitioned: bool
    earlier: str | None
    notes: tuple[str, ...]


class Piece(NamedTuple):
    """A stretch of a line.

    `kind` is "name", "equals", "value", "separator", "attribute" or "attribute-value". White space
    that a browser drops is part of the "equals" or "separator" next to it. `attribute` is the name
    of the attribute that the piece belongs to, in lower case, or "".
    """

    kind: str
    text: str
    attribute: str = ""


def judge(line: str, url: str, sent: Collection[str] = (), now: datetime | None = None) -> Verdict:
    """Return what a browser does with a `Set-Cookie` line. Sections 5.6 and 5.7.

    `line` is the header's value as Django holds it; `url` the absolute URL of the request, with
    percent signs as the browser sent it; `sent` the names in the request's `Cookie` header. `now`
    is the present unless given, and in UTC unless it has a time zone. No text raises an error.
    """
    scheme, host, page = split_url(url)
    texts = [piece.text for piece in cut(line)]
    (name, value), *pairs = zip(texts[1::4], texts[3::4], strict=True)
    # One character of a header is one byte: WSGI wants latin-1. Other text cannot be sent like
    # that; a server that sends it all the same can only choose UTF-8.
    codec = "latin-1" if all(character <= "\xff" for character in line) else "utf-8"
    size = len((name + value).encode(codec, "surrogatepass"))

    notes: list[str] = []
    attributes = known_attributes(pairs, codec, notes)
    domain, host_only, domain_fault = effective_domain(attributes, host, notes)
    path = effective_path(attributes, page, notes)
    lifetime = effective_lifetime(attributes, now or datetime.now(timezone.utc), notes)
    samesite = effective_samesite(attributes, notes)

    # A cookie that was sent covers this page. If the new one does not, they are two cookies.
    known, visible = name in sent, path_match(page, path)
    refusal = (
        unreadable(line, texts, size)
        or domain_fault
        or insecure(attributes, samesite, is_trustworthy(scheme, host))
        or broken_prefix(name, value, attributes, host)
    )
    if refusal:
        outcome, rule = "refused", refusal
    elif lifetime is not None and lifetime <= 0:
        outcome = "deleted"
        rule = "past-expiry" if known and visible else "past-expiry-unseen"
    else:
        outcome = rule = "replaced" if known and visible else "stored"
    section, sentence = RULES[rule]
    return Verdict(
        outcome=outcome,
        rule=rule,
        section=section,
        sentence=sentence,
        name=name,
        value=value,
        size=size,
        path=path,
        host_only=host_only,
        domain=domain,
        lifetime=None if lifetime is None else max(0, min(lifetime, MAX_LIFETIME)),
        capped=lifetime is not None and lifetime > MAX_LIFETIME,
        secure="secure" in attributes,
        httponly="httponly" in attributes,
        samesite=samesite,
        partitioned="partitioned" in attributes,
        earlier=earlier_cookie(outcome, known, visible),
        notes=tuple(dict.fromkeys(notes)),
    )


def pieces(line: str) -> tuple[Piece, ...]:
    """Return the pieces of a `Set-Cookie` line, as `judge` takes it. Section 5.6.

    Their texts, joined, are the line. No text raises an error.
    """
    return tuple(piece for piece in cut(line) if piece.text)


def cut(line):
    """Yield the pieces with the empty ones: four for each part between semicolons, one to end."""
    kinds, attribute, gap = ("name", "value"), "", ""
    for number, part in enumerate(line.split(";")):
        core = part.strip(" \t")
        name, equals, value = core.partition("=")
        if number:
            kinds, attribute = ("attribute", "attribute-value"), name.rstrip(" \t").lower()
        elif not equals:
            name, value = "", core
        name, value = name.rstrip(" \t"), value.lstrip(" \t")
        start = len(part) - len(part.lstrip(" \t"))
        yield Piece("separator", gap + part[:start], attribute)
        yield Piece(kinds[0], name, attribute)
        yield Piece("equals", core[len(name) : len(core) - len(value)], attribute)
        yield Piece(kinds[1], value, attribute)
        gap = part[start + len(core) :] + ";"
    yield Piece("separator", gap[:-1])


def split_url(url):
    """Return scheme, host and path of `url`, or empty ones if it is not a URL."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", "", "/"
    path = parts.path if parts.path.startswith("/") else "/"
    return parts.scheme, f"[{host}]" if ":" in host else host, path


def known_attributes(pairs, codec, notes):
    """Return the values of the attributes that count, by their names in lower case."""
    attributes, unknown = {}, {}
    for asked, value in pairs:
        key = asked.lower()
        name = CANONICAL.get(key)
        if name is None:
            unknown[asked or value] = True
        elif len(value.encode(codec, "surrogatepass")) > MAX_ATTRIBUTE:
            notes.append(f"The value of {name} has more than 1024 bytes, so it was ignored.")
        else:
            if key in attributes:
                notes.append(f"{name} is there more than once, and the last one counts.")
            if name in FLAGS and value:
                notes.append(f"{name} takes no value. Being there turns it on.")
            attributes[key] = value
    names = ", ".join(filter(None, unknown))
    if names:
        names = names if len(names) <= 80 else names[:80] + "…"
        notes.append(f"Browsers ignore attributes they do not know: {names}.")
    return attributes


def effective_domain(attributes, host, notes):
    """Return the cookie's domain, whether it is host-only, and the rule that Domain breaks."""
    asked = attributes.get("domain")
    if not asked:
        return host, True, None
    domain = asked.removeprefix(".").lower()
    if not asked.isascii():
        return domain, False, "domain-not-ascii"
    if not domain_match(host, domain):
        return domain, False, "domain-mismatch"
    if domain == host and (is_ip(host) or is_one_label(host)):
        notes.append("Domain cannot widen an IP address or a one-word host, so it was ignored.")
        return host, True, None
    return domain, False, "domain-one-label" if is_one_label(domain) else None


def effective_path(attributes, page, notes):
    asked = attributes.get("path")
    if asked is not None and asked.startswith("/"):
        return asked
    if asked is not None:
        notes.append("Path must start with “/”, so the directory of this page took its place.")
    return default_path(page)


def effective_lifetime(attributes, now, notes):
    """Return the seconds asked for, perhaps negative, or None. Section 5.7 step 6."""
    max_age, expires = attributes.get("max-age"), attributes.get("expires")
    seconds = None
    if max_age is not None and re.fullmatch("[+-]?[0-9]+", max_age):
        seconds = int(max_age)
        if expires is not None:
            notes.append("Max-Age beats Expires, in whatever order they come.")
    elif max_age is not None:
        notes.append("Max-Age is not a whole number of seconds, so it was ignored.")
    if seconds is None and expires is not None:
        date = parse_date(expires)
        if date is None:
            notes.append("Expires is not a date that a browser can read, so it was ignored.")
        else:
            now = now if now.tzinfo else now.replace(tzinfo=timezone.utc)
            seconds = math.ceil((date - now).total_seconds())
    if seconds is not None and seconds > MAX_LIFETIME:
        notes.append("The lifetime was cut to 400 days, the most that a browser allows.")
    return seconds


def effective_samesite(attributes, notes):
    asked = attributes.get("samesite")
    if asked is not None and asked.lower() not in SAMESITE:
        notes.append("SameSite is neither Strict nor Lax nor None, so it was ignored.")
    return SAMESITE.get((asked or "").lower(), "Lax (by default)")


def unreadable(line, texts, size):
    """Return the rule that the text of the line breaks, or None."""
    if re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line):
        return "control-character"
    if any("\t" in text for text in texts[1::2]):
        return "tab"
    if size > MAX_PAIR:
        return "size"
    return "empty" if size == 0 else None


def insecure(attributes, samesite, trustworthy):
    """Return the rule about Secure that the cookie breaks, or None."""
    if "secure" in attributes:
        return None if trustworthy else "secure-origin"
    if samesite == "None":
        return "samesite-none-insecure"
    return "partitioned-insecure" if "partitioned" in attributes else None


def broken_prefix(name, value, attributes, host):
    """Return the rule about names that the cookie breaks, or None. Section 5.4."""
    # Without a name, the value stands where a server looks for one.
    shown = (name or value).lower()
    rule = next((f"prefix-{word}" for word in PREFIXES if shown.startswith(f"__{word}-")), None)
    if not name and rule:
        return "nameless-prefix"
    if not name and "=" in value:
        return "nameless-equals"

    secure, httponly = "secure" in attributes, "httponly" in attributes
    domain = attributes.get("domain")
    own = attributes.get("path") == "/" and (not domain or (domain == host and is_ip(host)))
    kept = {
        "prefix-secure": secure,
        "prefix-host": secure and own,
        "prefix-http": secure and httponly,
        "prefix-host-http": secure and httponly and own,
    }
    return None if kept.get(rule, True) else rule


def earlier_cookie(outcome, known, visible):
    """Return `Verdict.earlier`: `known` if the name was sent, `visible` if it would have been."""
    if outcome == "refused":
        return "The cookie of this name that the browser sent stays as it was." if known else None
    if known and visible:
        return "A request hides path and domain. A cookie in which they differ stays as it was."
    if known:
        return "The cookie of this name that the browser sent has another path, so it stays."
    if not visible:
        return "Cookies with this path are not sent to this page, so one may be there already."
    return None


def parse_date(text: str) -> datetime | None:
    """Return the date in the value of Expires, in UTC, or None if it is none. Section 5.1.1.

    A browser ignores time zones. A year after 9999 comes back as one shortly before.
    """
    day = month = year = time = None
    for token in re.split(r"[\t -/;-@\[-`{-~]+", text):
        clock = re.fullmatch("([0-9]+):([0-9]+):([0-9]+)", token)
        if time is None and clock:
            time = clock.groups()
        elif day is None and re.fullmatch("[0-9]{1,2}", token):
            day = int(token)
        elif month is None and token[:3].lower() in MONTHS:
            month = MONTHS.index(token[:3].lower()) + 1
        elif year is None and re.fullmatch("[0-9]{1,5}", token):
            year = int(token)
    if None in (day, month, year, time):
        return None
    if year < 100:
        year += 2000 if year < 70 else 1900
    if year > 9999:
        year = 9600 + year % 400  # the calendar repeats itself every 400 years
    try:
        return datetime(year, month, day, *map(int, time), tzinfo=timezone.utc)
    except (ValueError, OverflowError):
        return None


def default_path(page: str) -> str:
    """Return the path of a cookie that was set without one by the path `page`. Section 5.1.4."""
    return page.rpartition("/")[0] or "/"


def path_match(page: str, path: str) -> bool:
    """Return whether a cookie with `path` is sent to the path `page`. Section 5.1.4."""
    return page == path or page.startswith(path if path.endswith("/") else path + "/")


def domain_match(host: str, domain: str) -> bool:
    """Return whether `host` may set a cookie for `domain`, both lower case. Section 5.1.3."""
    return host == domain or (domain != "" and host.endswith("." + domain) and not is_ip(host))


def is_trustworthy(scheme, host):
    """Return whether a page may set Secure cookies. Section 5.7 step 13 leaves it to browsers."""
    name = host.removesuffix(".")
    return (
        scheme in ("https", "wss")
        or name == "localhost"
        or name.endswith(".localhost")
        or (is_ip(host) and ip_address(host.strip("[]")).is_loopback)
    )


def is_ip(host):
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_one_label(host):
    return "." not in host.removesuffix(".")
