"""What is refused before Django parses it: requests that no browser sends from a page of this site.

Django reads some headers outside its own error handling, where hostile ones are a bare 500, and
reads a body before any view can say that it is too large. So the server's application looks
first. A refused request goes on without what was wrong with it, marked with its `Refusal`, and
`RefusalMiddleware` answers it: with a page, and with the security headers of every other page.
"""

import codecs
import re
from io import BytesIO
from typing import NamedTuple

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.utils.http import parse_header_parameters

# Where the `Refusal` stands: in the `environ` of WSGI, in the `scope` of ASGI
KEY = "demo_site.refusal"

# The headers that describe a body, and their names in WSGI. A refused request has none.
BODY = {
    "content-type": "CONTENT_TYPE",
    "content-length": "CONTENT_LENGTH",
    "transfer-encoding": "HTTP_TRANSFER_ENCODING",
}

# A larger body is not read to its end, so most browsers show no page, but a lost connection.
MAX_DISCARDED = 10_000_000  # bytes
CHUNK = 65_536  # bytes


class Refusal(NamedTuple):
    """Why a request is refused: a status, and the texts of the page that says so."""

    status: int
    title: str
    lead: str


BAD_PATH = Refusal(
    400,
    "There is no such address",
    "An address with `..` or a control character in it leads nowhere on this site.",
)
BAD_QUERY = Refusal(
    400,
    "This address has too many parameters",
    "The site reads up to 1,000 parameters after the question mark, and more came.",
)
BAD_TYPE = Refusal(
    400,
    "The site could not read this request",
    "Its `Content-Type` header cannot be parsed, so nobody can tell how to read its body.",
)
BAD_LENGTH = Refusal(
    400,
    "The site could not read this request",
    "Its `Content-Length` header is not a number, so nobody can tell where its body ends.",
)
NO_LENGTH = Refusal(
    411,
    "This request does not say how long it is",
    "The site reads a body only if a `Content-Length` header came with it.",
)
TOO_LARGE = Refusal(
    413,
    "This form is too large",
    "The site reads forms of up to 1 MB, and this one is larger. It was thrown away unread.",
)


def refusal_of(path, query, headers):
    """Return the `Refusal` of a request, or None if Django may have it.

    All are texts with one character for each byte, `path` is percent-decoded, and `headers` is a
    dictionary from lower-case name to value.
    """
    length = headers.get("content-length", "").strip() or "0"
    if re.search(r"(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f\x7f]", path):
        return BAD_PATH
    if query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return BAD_QUERY
    if not (length.isascii() and length.isdigit()):
        return BAD_LENGTH
    # A server that does not know chunks would take them for the next request.
    if "transfer-encoding" in headers:
        return NO_LENGTH
    # Counted first, because Python refuses to read a number of thousands of digits.
    if len(length) > 10 or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return TOO_LARGE
    if not is_content_type(headers.get("content-type", "")):
        return BAD_TYPE
    return None


def is_content_type(text):
    """Return True if Django can parse this `Content-Type`."""
    if not text.isprintable():
        return False
    # Which exceptions there are differs between versions of Python and of Django.
    try:
        _, parameters = parse_header_parameters(text)
    except Exception:
        return False
    try:
        codecs.lookup(parameters.get("charset", ""))
    except LookupError:
        pass  # Django knows this case, and uses its own charset.
    except Exception:
        return False
    return True


def guard_wsgi(application):
    """Return the WSGI `application` behind the gate."""

    def guarded(environ, start_response):
        headers = {header: environ[key] for header, key in BODY.items() if key in environ}
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        refusal = refusal_of(path, query, headers)
        if refusal is not None:
            discard_body(environ)
            for key in BODY.values():
                environ.pop(key, None)
            # A GET without a body; HEAD too, so that the server closes the connection.
            environ.update({"REQUEST_METHOD": "GET", "QUERY_STRING": "", KEY: refusal})
        return application(environ, start_response)

    return guarded


def discard_body(environ):
    """Read the body without keeping it, if it is not too long for that.

    A browser shows no answer before it has sent everything.
    """
    stream, length = environ["wsgi.input"], environ.get("CONTENT_LENGTH", "")
    left = int(length) if length.isdecimal() and len(length) <= 10 else 0
    while 0 < left <= MAX_DISCARDED and (chunk := stream.read(min(left, CHUNK))):
        left -= len(chunk)
    if isinstance(stream, LimitedStream):
        # Or runserver would read the rest into memory, in one piece, before it closes.
        stream.limit = 0
    environ["wsgi.input"] = BytesIO()


def guard_asgi(application):
    """Return the ASGI `application` behind the gate."""

    async def guarded(scope, receive, send):
        if scope["type"] != "http":
            return await application(scope, receive, send)
        headers = {}
        for name, value in scope["headers"]:
            # Of a header that came twice, as Django does: what it says is all of it.
            name, value = name.decode("latin-1").lower(), value.decode("latin-1")
            headers[name] = f"{headers[name]},{value}" if name in headers else value
        path = scope["path"].encode("utf-8", "surrogateescape").decode("latin-1")
        refusal = refusal_of(path, scope["query_string"].decode("latin-1"), headers)
        if refusal is None:
            return await application(scope, receive, send)
        kept = [pair for pair in scope["headers"] if pair[0].decode("latin-1").lower() not in BODY]
        marked = {"method": "GET", "query_string": b"", "headers": kept, KEY: refusal}
        return await application({**scope, **marked}, without_body(receive), send)

    return guarded


def without_body(receive):
    """Return a `receive` that tells of an empty body, and drops what the real one brings."""
    messages = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive_nothing():
        if messages:
            return messages.pop()
        while (message := await receive())["type"] != "http.disconnect":
            pass
        return message

    return receive_nothing
