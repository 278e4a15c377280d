"""What becomes of a `Set-Cookie` line. RFC 6265bis, sections 5.4, 5.6 and 5.7.

The package's docstring says where Chromium differs.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import NamedTuple

from live_panel.browser_rules.dates import parse_date
from live_panel.browser_rules.kept import Identity, Kept, is_over, is_protected
from live_panel.browser_rules.matching import (
    default_path,
    domain_match,
    is_ip,
    is_one_label,
    is_trustworthy,
    path_match,
    split_url,
)

MAX_PAIR = 4096  # bytes of name plus value
MAX_ATTRIBUTE = 1024  # bytes of an attribute's value
MAX_LIFETIME = 400 * 24 * 60 * 60  # seconds

# The section that each rule comes from, and what it says.
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
    "prefix-http": (
        "layered-cookies-02 5.4.3 step 15",
        "__Http- cookies need Secure and HttpOnly.",
    ),
    "prefix-host-http": (
        "layered-cookies-02 5.4.3 step 16",
        "__Host-Http- cookies need Secure, HttpOnly, Path=/ and no Domain.",
    ),
    "nameless-prefix": ("5.7 step 22", "Without a name, the value may not start like __Host-."),
    "nameless-equals": ("Chromium", "Without a name, the value may not contain “=”."),
    "partitioned-insecure": ("Chromium", "Partitioned cookies need Secure."),
    "secure-kept": ("5.7 step 16", "Plain http may not replace or delete a Secure cookie."),
    "past-expiry": ("5.7 step 23", "Its time is over, so the browser deletes the cookie it had."),
    "deletion": (
        "5.7 step 23",
        "It deletes the cookie of this name, domain and path, if there is one. "
        "The next request tells.",
    ),
    "replaced": (
        "5.7 step 23",
        "It takes the place of the cookie with the same name, domain and path.",
    ),
    "stored": ("5.7 step 24", "It breaks no rule, so the browser keeps it."),
}
PREFIXES = ["host-http", "host", "http", "secure"]  # the first that fits counts
FLAGS = ["Secure", "HttpOnly", "Partitioned"]
ATTRIBUTES = ["Expires", "Max-Age", "Domain", "Path", "SameSite", "Priority", *FLAGS]
CANONICAL = {name.lower(): name for name in ATTRIBUTES}
SAMESITE = {"strict": "Strict", "lax": "Lax", "none": "None"}
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
WHOLE_NUMBER = re.compile("[+-]?[0-9]+")


@dataclass(frozen=True)
class Verdict:
    """What becomes of a line. Every field fits into JSON.

    `outcome` is "stored", "replaced", "deleted", "deletion" or "refused", and `rule` a key of
    `RULES`. "deletion" means that the line deletes a cookie, if there is one: nobody knows yet. Of
    a refused line, the fields from `name` on say what the cookie would have been. `size` is the
    bytes of name plus value. `domain` has no dot in front. `lifetime` is in seconds, 0 if it is
    over, and None for a session cookie; `capped` says that the line asked for more. `samesite` is
    "Strict", "Lax", "None" or "Lax (by default)". `earlier` says what happens to other cookies of
    this name, or why that does not show, and is None if there is nothing to say. `notes` are
    sentences about attributes that were ignored or changed.
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

    @property
    def identity(self) -> Identity:
        return Identity(self.name, self.domain, self.host_only, self.path, self.partitioned)


class Piece(NamedTuple):
    """A stretch of a line.

    `kind` is "name", "equals", "value", "separator", "attribute" or "attribute-value". White space
    that a browser drops is part of the "equals" or "separator" next to it. `attribute` is the name
    of the attribute that the piece belongs to, in lower case, or "".
    """

    kind: str
    text: str
    attribute: str = ""


def judge(
    line: str,
    url: str,
    sent: Collection[str] = (),
    now: datetime | None = None,
    jar: Sequence[Kept] = (),
) -> Verdict:
    """Return what a browser does with a `Set-Cookie` line. Sections 5.6 and 5.7.

    `line` is the header's value as Django holds it; `url` the absolute URL of the request, with
    percent signs as the browser sent it; `sent` the names in the request's `Cookie` header; `jar`
    the cookies that the browser is known to have. `now` is the present unless given, and in UTC
    unless it has a time zone. No text raises an error.
    """
    scheme, host, page = split_url(url)
    (name, value), *pairs = cut_pairs(line)
    # One character of a header is one byte: WSGI wants latin-1. Other text cannot be sent like
    # that; a server that sends it all the same can only choose UTF-8.
    codec = "latin-1" if line.isascii() or max(line) <= "\xff" else "utf-8"
    size = length(name, codec) + length(value, codec)

    notes: list[str] = []
    attributes = known_attributes(pairs, codec, notes) if pairs else {}
    domain, host_only, domain_fault = effective_domain(attributes, host, notes)
    path = effective_path(attributes, page, notes)
    lifetime = effective_lifetime(attributes, now, notes)
    samesite = effective_samesite(attributes, notes)

    identity = Identity(name, domain, host_only, path, "partitioned" in attributes)
    namesakes = [cookie for cookie in jar if cookie.name == name]
    if namesakes:
        moment = in_utc(now).timestamp()
        namesakes = [cookie for cookie in namesakes if not is_over(cookie, moment)]
    is_there = any(cookie.identity == identity for cookie in namesakes)
    refusal = (
        unreadable(line, name, value, pairs, size)
        or domain_fault
        or insecure(attributes, samesite, scheme, host)
        or broken_prefix(name, value, attributes, host)
        or ("secure-kept" if is_protected(namesakes, identity, url) else None)
    )
    if refusal:
        outcome, rule = "refused", refusal
    elif lifetime is not None and lifetime <= 0:
        outcome, rule = ("deleted", "past-expiry") if is_there else ("deletion", "deletion")
    else:
        outcome = rule = "replaced" if is_there else "stored"
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
        partitioned=identity.partitioned,
        earlier=earlier_cookie(outcome, identity, namesakes, name in sent, path_match(page, path)),
        notes=tuple(dict.fromkeys(notes)),
    )


def pieces(line: str) -> tuple[Piece, ...]:
    """Return the pieces of a `Set-Cookie` line, as `judge` takes it. Section 5.6.

    Their texts, joined, are the line. No text raises an error.
    """
    return tuple(piece for piece in cut(line) if piece.text)


def cut_pairs(line):
    """Return name and value of the cookie, and of each attribute. Section 5.6 steps 2 to 4."""
    pairs = []
    for part in line.split(";"):
        name, equals, value = part.partition("=")
        pairs.append((name.strip(" \t"), value.strip(" \t")))
        if not equals and len(pairs) == 1:
            pairs = [("", name.strip(" \t"))]
    return pairs


def length(text, codec):
    """Return how many bytes `text` has on the wire."""
    return len(text) if codec == "latin-1" else len(text.encode(codec, "surrogatepass"))


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


def known_attributes(pairs, codec, notes):
    """Return the values of the attributes that count, by their names in lower case."""
    attributes, unknown = {}, {}
    for asked, value in pairs:
        key = asked.lower()
        name = CANONICAL.get(key)
        if name is None:
            unknown[asked or value] = True
        elif length(value, codec) > MAX_ATTRIBUTE:
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
    if max_age is not None and WHOLE_NUMBER.fullmatch(max_age):
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
            seconds = math.ceil((date - in_utc(now)).total_seconds())
    if seconds is not None and seconds > MAX_LIFETIME:
        notes.append(
            "Chromium cut the lifetime to 400 days. The draft says that it should not be longer."
        )
    return seconds


def in_utc(now):
    """Return `now` with a time zone, or the present for None."""
    now = now or datetime.now(timezone.utc)
    return now if now.tzinfo else now.replace(tzinfo=timezone.utc)


def effective_samesite(attributes, notes):
    asked = attributes.get("samesite")
    if asked is not None and asked.lower() not in SAMESITE:
        notes.append("SameSite is neither Strict nor Lax nor None, so it was ignored.")
    return SAMESITE.get((asked or "").lower(), "Lax (by default)")


def unreadable(line, name, value, pairs, size):
    """Return the rule that the text of the line breaks, or None."""
    if CONTROL_CHARACTER.search(line):
        return "control-character"
    if "\t" in line and any("\t" in text for pair in [(name, value), *pairs] for text in pair):
        return "tab"
    if size > MAX_PAIR:
        return "size"
    return "empty" if size == 0 else None


def insecure(attributes, samesite, scheme, host):
    """Return the rule about Secure that the cookie breaks, or None."""
    if "secure" in attributes:
        return None if is_trustworthy(scheme, host) else "secure-origin"
    if samesite == "None":
        return "samesite-none-insecure"
    return "partitioned-insecure" if "partitioned" in attributes else None


def broken_prefix(name, value, attributes, host):
    """Return the rule about names that the cookie breaks, or None. Section 5.4."""
    # Without a name, the value stands where a server looks for one.
    rule = prefix_of(name or value)
    if not name and rule:
        return "nameless-prefix"
    if not name and "=" in value:
        return "nameless-equals"
    if rule is None:
        return None

    secure, httponly = "secure" in attributes, "httponly" in attributes
    domain = attributes.get("domain")
    own = attributes.get("path") == "/" and (not domain or (domain == host and is_ip(host)))
    kept = {
        "prefix-secure": secure,
        "prefix-host": secure and own,
        "prefix-http": secure and httponly,
        "prefix-host-http": secure and httponly and own,
    }
    return None if kept[rule] else rule


def prefix_of(name):
    """Return the rule for names that start like `name`, or None. Case does not matter."""
    if not name.startswith("__"):
        return None
    name = name.lower()
    return next((f"prefix-{word}" for word in PREFIXES if name.startswith(f"__{word}-")), None)


def earlier_cookie(outcome, identity, namesakes, sent, visible):
    """Return `Verdict.earlier`.

    `namesakes` are the cookies of this name that are known; `sent` says that the name was in the
    request's header, and `visible` that it would be if this very cookie were there already.
    """
    if outcome == "refused":
        return "The cookie of this name that the browser sent stays as it was." if sent else None
    others = [cookie for cookie in namesakes if cookie.identity != identity]
    if others:
        return f"Another cookie of this name stays as it was: {difference(others[0], identity)}."
    if outcome in ("replaced", "deleted"):
        return None
    if sent and not visible:
        return "The cookie of this name that the browser sent has another path, so it stays."
    if sent:
        end = "is deleted" if outcome == "deletion" else "is replaced"
        return (
            "The browser sent a cookie of this name. A request shows neither path nor domain: "
            f"only if both are the same, it {end}."
        )
    if not visible:
        return (
            "The browser does not send cookies for this path to this page, so the request cannot "
            "show whether there is one already."
        )
    return None


def difference(cookie, identity):
    """Say what sets a cookie apart from another of the same name."""
    if cookie.path != identity.path:
        return f"its path is {cookie.path}"
    if cookie.partitioned != identity.partitioned:
        return "one of the two is partitioned"
    if cookie.host_only:
        return f"it is for the host {cookie.domain} alone"
    return f"its domain is {cookie.domain}"
