"""Read what the session engine has stored, without going through `request.session`.

Reading through the session would touch it: a page would gain `Vary: Cookie`, and a stale
`sessionid` would be deleted by the very act of looking at it.
"""

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from datetime import timezone as dt_timezone
from functools import cache
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase
from django.contrib.sessions.backends.cache import SessionStore as CacheStore
from django.contrib.sessions.backends.cached_db import SessionStore as CachedDatabaseStore
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.contrib.sessions.backends.signed_cookies import SessionStore as CookieStore
from django.core import signing
from django.db import connections, router
from django.utils import timezone

MAX_FILE = 1_000_000  # characters of a session file that are read
MAX_PEEK = 2000  # bytes of an unverified payload that are shown
COOKIE_SALT = "django.contrib.sessions.backends.signed_cookies"


def could_be_key(key: str | None) -> bool:
    """Return True if `key` may open an entry: what Django accepts and the column can hold.

    Django's own keys have 32 characters, and it refuses fewer than 8. The column holds 40.
    """
    return bool(key) and 8 <= len(key) <= 40 and key.isprintable()


@dataclass(frozen=True)
class Stored:
    """What the server keeps for one session, as it lies in its store.

    `kind` is "row", "cache entry", "file" or "cookie", and `place` is the table, cache key,
    file name or cookie name. `data` is the text as stored and `size` its characters, or None and
    0 where the store keeps objects. `expires` is an ISO 8601 date, or None where the store does
    not tell. `items` are the decoded pairs of key and JSON text, or None if the data cannot be
    decoded; `problem` then says why, and `unverified` is what the payload claims. `copy` is the
    cache key of a second copy. `is_signed` says that the data has a signature, and that it holds.
    """

    kind: str
    place: str
    key: str
    data: str | None = None
    size: int = 0
    expires: str | None = None
    expired: bool = False
    items: tuple[tuple[str, str], ...] | None = None
    problem: str = ""
    unverified: str = ""
    copy: str = ""
    is_signed: bool = False


class UnknownEngine(Exception):
    """The session engine derives from none of Django's, so only it knows where its data lies."""


def session_store(engine: str | None = None) -> type[SessionBase]:
    """Return the `SessionStore` class of an engine's path, by default of SESSION_ENGINE."""
    return import_module(engine or settings.SESSION_ENGINE).SessionStore


def read(
    keys: Iterable[str | None],
    store_class: type[SessionBase] | None = None,
    known: Mapping[str, Stored] | None = None,
    cookie: str = "",
) -> dict[str, Stored]:
    """Return what is stored under each of `keys`, as a dictionary from key to `Stored`.

    `store_class` is the `SessionStore` to look into, by default that of SESSION_ENGINE. Keys that
    are None or cannot be keys are passed over, and keys without an entry are left out. The keys
    of a browser are hostile text. `known` is what an earlier call returned: what has not changed
    since is not decoded again. `cookie` is the name of the cookie that holds the session of the
    `signed_cookies` engine, by default SESSION_COOKIE_NAME. Raises what the store raises, such as
    `django.db.DatabaseError`, and `UnknownEngine`.
    """
    store_class = store_class or session_store()
    for engine, reader in READERS.items():
        if issubclass(store_class, engine):
            found = reader(store_class, set(keys), known or {}, cookie)
            return {stored.key: stored for stored in found}
    raise UnknownEngine(f"{store_class.__module__} is an engine that the panel cannot read.")


def read_rows(store_class, keys, known, cookie):
    """Yield the rows of django_session under `keys`, with one query by primary key."""
    keys = sorted(filter(could_be_key, keys))
    if not keys:
        return
    model = store_class.get_model_class()
    for key, data, expires in fetch_rows(model, keys):
        facts = {
            "expires": expires.isoformat(sep=" "),
            "expired": expires <= timezone.now(),
            "copy": cached_copy(store_class, key),
        }
        before = known.get(key)
        if before and before.data == data:
            yield replace(before, **facts)
        else:
            place = model._meta.db_table
            yield Stored("row", place, key, **facts, **decode(store_class(), data))


COLUMNS = ["session_key", "session_data", "expire_date"]


def fetch_rows(model, keys):
    """Return the key, the data and the expiry of the rows of `model` that `keys` open."""
    connection = connections[router.db_for_read(model)]
    with quiet_cursor(connection) as cursor:
        cursor.execute(compiled_lookup(model, connection.alias, len(keys)), keys)
        rows = cursor.fetchall()
    if not rows:
        return []
    columns = [model._meta.get_field(name).get_col(model._meta.db_table) for name in COLUMNS]
    converters = [
        connection.ops.get_db_converters(column) + column.get_db_converters(connection)
        for column in columns
    ]
    return [
        [
            convert(value, column, through, connection)
            for value, column, through in zip(row, columns, converters, strict=True)
        ]
        for row in rows
    ]


def quiet_cursor(connection):
    """Return a cursor whose queries are not in `connection.queries`.

    They are the panel's own: a project that counts its queries counts without them.
    """
    connection.validate_thread_sharing()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection.make_cursor(connection.create_cursor())


def convert(value, column, converters, connection):
    """Return the Python value of what the database holds in `column`."""
    for converter in converters:
        value = converter(value, column, connection)
    return value


@cache
def compiled_lookup(model, using, count):
    """Return the SQL that finds `count` sessions. To compile it takes longer than to run it."""
    rows = model._base_manager.using(using).filter(pk__in=[str(number) for number in range(count)])
    sql, _ = rows.values_list(*COLUMNS).query.get_compiler(using).as_sql()
    return sql


def cached_copy(store_class, key):
    """Return the cache key under which `cached_db` holds a copy of the row, or ""."""
    if not issubclass(store_class, CachedDatabaseStore):
        return ""
    store = store_class(key)
    return store.cache_key if store.cache_key in store._cache else ""


def read_cache_entries(store_class, keys, known, cookie):
    """Yield the cache entries under `keys`. A cache keeps objects, so there is no text."""
    for key in keys:
        if could_be_key(key):
            store = store_class(key)
            data = store._cache.get(store.cache_key)
            if data is not None:
                yield Stored("cache entry", store.cache_key, key, items=as_items(data))


def read_files(store_class, keys, known, cookie):
    """Yield the session files under `keys`, named relative to the session folder."""
    for key in keys:
        # Django refuses other characters here, which could name another folder.
        if could_be_key(key) and set(key) <= set(VALID_KEY_CHARS):
            path = store_class()._key_to_file(key)
            try:
                with open(path, encoding="ascii", errors="backslashreplace") as file:
                    data = file.read(MAX_FILE)
            except FileNotFoundError:
                continue
            yield Stored("file", os.path.basename(path), key, **decode(store_class(), data))


def read_cookies(store_class, keys, known, cookie):
    """Yield the sessions that the cookies themselves hold: with this engine, key is data."""
    for key in filter(None, keys):
        if key in known:
            yield known[key]
            continue
        store = store_class()
        found = decode(store, key, COOKIE_SALT, store.get_session_cookie_age())
        yield Stored("cookie", cookie or settings.SESSION_COOKIE_NAME, key, **found)


# The first engine that SESSION_ENGINE derives from reads. `cached_db` derives from `db`.
READERS = {
    DatabaseStore: read_rows,
    CacheStore: read_cache_entries,
    FileStore: read_files,
    CookieStore: read_cookies,
}


def decode(store, data, salt=None, max_age=None):
    """Return the fields of `Stored` that session data of `store` determines, as a dictionary.

    `salt` and `max_age` (seconds) are those of `django.core.signing.loads`. Django itself answers
    every failure with an empty session and hides the reason.
    """
    found = {"data": data, "size": len(data)}
    try:
        if type(store).decode is not SessionBase.decode:
            session = store.decode(data)  # An engine with an encoding of its own.
        else:
            salt = salt or store.key_salt
            session = signing.loads(data, salt=salt, serializer=store.serializer, max_age=max_age)
            found["is_signed"] = True
        return {**found, "items": as_items(session)}
    except Exception as error:
        return {**found, "problem": explain_failure(error), "unverified": peek(data)}


def split_session_data(data: str) -> list[str]:
    """Return [payload, timestamp, signature] of `session_data`, or [data] if it is none."""
    parts = data.rsplit(":", 2)
    return parts if len(parts) == 3 else [data]


def explain_failure(error: Exception) -> str:
    """Say in one sentence why session data could not be decoded."""
    if isinstance(error, signing.SignatureExpired):
        return "The signature is too old, so Django reads an empty session."
    if isinstance(error, signing.BadSignature):
        return "The signature does not match, so Django reads an empty session."
    return "The payload cannot be decoded, so Django reads an empty session."


def peek(data: str) -> str:
    """Return what the payload of `data` says, whoever wrote it, or "" if it is not base64."""
    payload = split_session_data(data)[0].encode(errors="replace")
    try:
        text = signing.b64_decode(payload.removeprefix(b"."))
        if payload.startswith(b"."):
            # Bounded, because without a good signature it may be a bomb.
            text = zlib.decompressobj().decompress(text, MAX_PEEK)
    except (ValueError, zlib.error):
        return ""
    return text[:MAX_PEEK].decode("utf-8", "backslashreplace")


def signed_at(data: str) -> datetime | None:
    """Return when session data was signed, as a UTC datetime, or None if it does not say."""
    try:
        _, timestamp, _ = split_session_data(data)
        return datetime.fromtimestamp(signing.b62_decode(timestamp), dt_timezone.utc)
    except (IndexError, ValueError, OverflowError, OSError):
        return None


def as_items(data: Mapping) -> tuple[tuple[str, str], ...]:
    """Return session data as pairs of key and JSON text. What is not JSON becomes its repr."""
    return tuple((str(key), to_json(value)) for key, value in data.items())


def to_json(value: object) -> str:
    """Return `value` as JSON text."""
    return json.dumps(value, ensure_ascii=False, default=repr)
