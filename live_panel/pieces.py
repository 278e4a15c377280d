"""Cut headers and session data into the pieces that the panel explains.

Every function returns pieces whose texts, joined, are the input: what is shown is what was sent.
"""

import re
from itertools import zip_longest
from typing import NamedTuple

from django.conf import settings

from live_panel import browser_rules
from live_panel.stores import split_session_data

# What stands in place of the rest of a value that opens something.
HIDDEN = "… (hidden)"

# What a piece is, which setting or call put it there, and what it is good for. The keys are the
# `about` of a `Piece`; the panel prints those of the pieces that it shows, each once.
EXPLANATIONS = {
    "name": "The name of a cookie, chosen by the call to set_cookie. It ends at the first “=”.",
    "value": "The value of a cookie: text that the browser returns unchanged, and that anyone who "
    "holds the browser can edit. Name and value together may have 4096 bytes.",
    "session-name": "The name of Django’s session cookie, from SESSION_COOKIE_NAME.",
    "session-value": "The session key: random characters that open one entry in the session "
    "store. Whoever has them is taken for you. Under the signed_cookies engine it is the session.",
    "csrf-name": "The name of the cookie that Django sets for pages with a form, from "
    "CSRF_COOKIE_NAME.",
    "csrf-value": "The value of csrftoken: a random secret. Each form carries a masked copy, and "
    "Django compares the two. Another site cannot read the secret, so it cannot make a form that "
    "fits.",
    "expires": "Expires: the date at which the browser deletes the cookie. Django sends it next "
    "to Max-Age, which wins.",
    "max-age": "Max-Age: how many seconds the browser keeps the cookie, from set_cookie(max_age) "
    "or SESSION_COOKIE_AGE. Zero deletes it.",
    "domain": "Domain: the host and all its subdomains get the cookie. Without it, this host "
    "alone does.",
    "path": "Path: the cookie goes only to URLs below this path. Django says “/” by default. It "
    "keeps headers short; it is no security wall.",
    "secure": "Secure: the browser sends the cookie over HTTPS only, from SESSION_COOKIE_SECURE or "
    "set_cookie(secure=True). It defends against listeners on the network.",
    "httponly": "HttpOnly: scripts cannot read the cookie, from SESSION_COOKIE_HTTPONLY or "
    "set_cookie(httponly=True). It defends against scripts that steal it.",
    "samesite": "SameSite: whether the cookie goes along when another site causes the request, "
    "from SESSION_COOKIE_SAMESITE or set_cookie(samesite). It defends against forged requests.",
    "attribute": "An attribute: an instruction to the browser, which never sends it back. Browsers "
    "ignore one whose value has more than 1024 bytes.",
    "dot": "A leading dot: the payload was compressed with zlib, because that made it shorter.",
    "payload": "The payload: the session as JSON, in base64 (and zlib, after a dot). Anyone who "
    "reads the row can read it; it is not encrypted.",
    "timestamp": "The timestamp: the second in which the session was saved, in base 62.",
    "signature": "The signature: an HMAC made with SECRET_KEY. If a character of the payload or "
    "timestamp is changed, it no longer matches, and Django reads an empty session.",
}


class Piece(NamedTuple):
    """A piece of text and the key of its explanation, which is "" for punctuation."""

    text: str
    about: str = ""


def cookie_about(name: str) -> str:
    """Return the prefix of the explanations for the cookie called `name`."""
    if name == settings.SESSION_COOKIE_NAME:
        return "session-"
    if name == settings.CSRF_COOKIE_NAME:
        return "csrf-"
    return ""


def cookie_pairs(header: str | None) -> list[str]:
    """Return the text of each cookie in a `Cookie` header, split as Django splits it."""
    return [chunk.strip() for chunk in (header or "").split(";") if chunk.strip()]


def is_among(pair: str, others: list[str]) -> bool:
    """Return True if `pair` is one of the cookies `others`, whose values may be hidden in part."""
    return any(
        pair.startswith(other.removesuffix(HIDDEN)) if other.endswith(HIDDEN) else pair == other
        for other in others
    )


def cut_cookie_header(header: str) -> list[list[Piece]]:
    """Return the pieces of a `Cookie` header, one list for each cookie in it.

    RFC 6265bis, section 4.2.1. Text without "=" is the value of a cookie without a name.
    """
    bodies_and_separators = re.split("(;[ \t]*)", header)
    pairs = []
    for body, separator in zip_longest(*[iter(bodies_and_separators)] * 2, fillvalue=""):
        name, equals, value = body.partition("=") if "=" in body else ("", "", body)
        about = cookie_about(name.strip())
        pieces = [*spaced(name, about + "name"), Piece(equals), *spaced(value, about + "value")]
        pairs.append([piece for piece in [*pieces, Piece(separator)] if piece.text])
    return pairs


def cut_set_cookie(line: str) -> list[list[Piece]]:
    """Return the pieces of a `Set-Cookie` line, one list for the pair and for each attribute.

    RFC 6265bis, section 5.6.
    """
    cut = browser_rules.pieces(line)
    name = next((piece.text for piece in cut if piece.kind == "name"), "")
    groups = [[]]
    for piece in cut:
        group = groups[-1]
        if piece.kind == "separator":
            group.append(Piece(piece.text))
            if ";" in piece.text:
                groups.append([])
        elif len(groups) == 1:
            is_explained = piece.kind in ("name", "value")
            group.append(Piece(piece.text, cookie_about(name) + piece.kind if is_explained else ""))
        elif group:
            # "Max-Age", "=" and "3600" are one attribute and have one explanation.
            group[-1] = Piece(group[-1].text + piece.text, group[-1].about)
        else:
            about = piece.attribute if piece.attribute in EXPLANATIONS else "attribute"
            group.append(Piece(piece.text, about))
    return groups


def cut_session_data(data: str) -> list[Piece]:
    """Return the pieces of `session_data`: [dot] payload : timestamp : signature.

    `django.core.signing.TimestampSigner` joins them with colons. Text of any other shape is one
    piece without an explanation.
    """
    parts = split_session_data(data)
    if len(parts) != 3:
        return [Piece(data)]
    payload, timestamp, signature = parts
    dot = "." * payload.startswith(".")
    pieces = [
        Piece(dot, "dot"),
        Piece(payload.removeprefix("."), "payload"),
        Piece(":"),
        Piece(timestamp, "timestamp"),
        Piece(":"),
        Piece(signature, "signature"),
    ]
    return [piece for piece in pieces if piece.text]


def spaced(text: str, about: str) -> list[Piece]:
    """Return `text` as pieces, with the spaces around it as pieces of their own."""
    core = text.strip(" \t")
    if not core:
        return [Piece(text)]
    start, end = text.split(core, 1) if text != core else ("", "")
    return [Piece(start), Piece(core, about), Piece(end)]
