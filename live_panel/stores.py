"""Read what the session engine has stored, without going through `request.session`.

Reading through the session would touch it: a page would gain `Vary: Cookie`, and a stale
`sessionid` would be deleted by the very act of looking at it.
"""

import json
import os
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.cache import SessionStore as CacheStore
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.backends.file import SessionStore as FileStore
from django.contrib.sessions.backends.signed_cookies import SessionStore as CookieStore
from django.core import signing
from django.utils import timezone

# Django's own keys have 32 characters and the column holds 40. Anything longer opens nothing.
MAX_KEY_LENGTH = 40


@dataclass(frozen=True)
class Stored:
    """What the server keeps for one session, as it lies in its store.

    `kind` is "row", "cache entry", "file" or "cookie", and `place` is the table, cache key,
    file name or cookie name. `data` is the text as stored, or None where the store keeps
    objects. `expires` is an ISO 8601 date, or None where the store does not tell. `items` are
    the decoded pairs of key and JSON text, or None if the data cannot be decoded; `problem`
    then says why.
    """

    kind: str
    place: str
    key: str
    data: str | None = None
    expires: str | None = None
    expired: bool = False
    items: tuple[tuple[str, str], ...] | None = None
    problem: str = ""


def session_store():
    """Return the `SessionStore` class of the configured SESSION_ENGINE."""
    return import_module(settings.SESSION_ENGINE).SessionStore


def read(keys):
    """Return what is stored under each of `keys`, as a dictionary from key to `Stored`.

    Keys that are None or cannot be keys are passed over, and keys without an entry are left
    out. The keys of a browser are hostile text. Raises what the store raises, such as
    `django.db.DatabaseError`.
    """
    store_class = session_store()
    for engine, reader in READERS.items():
        if issubclass(store_class, engine):
            return {stored.key: stored for stored in reader(store_class, keys)}
    return {}


def read_rows(store_class, keys):
    """Yield the rows of django_session under `keys`, with one query by primary key."""
    keys = {key for key in keys if key and len(key) <= MAX_KEY_LENGTH and "\x00" not in key}
    if not keys:
        return
    model = store_class.get_model_class()
    rows = model.objects.filter(pk__in=keys)
    for key, data, expires in rows.values_list("session_key", "session_data", "expire_date"):
        items, problem = decode(store_class(), data)
        yield Stored(
            kind="row",
            place=model._meta.db_table,
            key=key,
            data=data,
            expires=expires.isoformat(sep=" "),
            expired=expires <= timezone.now(),
            items=items,
            problem=problem,
        )


def read_cache_entries(store_class, keys):
    """Yield the cache entries under `keys`. A cache keeps objects, so there is no text."""
    for key in keys:
        if key and len(key) <= MAX_KEY_LENGTH:
            store = store_class(key)
            data = store._cache.get(store.cache_key)
            if data is not None:
                yield Stored("cache entry", store.cache_key, key, items=as_items(data))


def read_files(store_class, keys):
    """Yield the session files under `keys`, named relative to the session folder."""
    for key in keys:
        if key and key.isascii() and key.isalnum() and len(key) <= MAX_KEY_LENGTH:
            path = store_class()._key_to_file(key)
            try:
                with open(path, encoding="ascii", errors="backslashreplace") as file:
                    data = file.read()
            except FileNotFoundError:
                continue
            items, problem = decode(store_class(), data)
            yield Stored("file", os.path.basename(path), key, data, None, False, items, problem)


def read_cookies(store_class, keys):
    """Yield the sessions that the cookies themselves hold: with this engine, key is data."""
    for key in keys:
        if key:
            try:
                data = signing.loads(
                    key,
                    serializer=store_class().serializer,
                    max_age=store_class().get_session_cookie_age(),
                    salt="django.contrib.sessions.backends.signed_cookies",
                )
                items, problem = as_items(data), ""
            except Exception as error:
                items, problem = None, explain_failure(error)
            yield Stored(
                "cookie", settings.SESSION_COOKIE_NAME, key, key, items=items, problem=problem
            )


# The first engine that SESSION_ENGINE derives from reads. `cached_db` derives from `db`.
READERS = {
    DatabaseStore: read_rows,
    CacheStore: read_cache_entries,
    FileStore: read_files,
    CookieStore: read_cookies,
}


def decode(store, data):
    """Return (items, problem) of stored `data`: pairs of key and JSON text, or why there are none.

    Django itself answers every failure with an empty session and hides the reason.
    """
    try:
        if type(store).decode is not SessionBase.decode:
            return as_items(store.decode(data)), ""
        return as_items(signing.loads(data, salt=store.key_salt, serializer=store.serializer)), ""
    except Exception as error:
        return None, explain_failure(error)


def explain_failure(error):
    """Say in one sentence why session data could not be decoded."""
    if isinstance(error, signing.SignatureExpired):
        return "The signature is too old, so Django reads an empty session."
    if isinstance(error, signing.BadSignature):
        return "The signature does not match, so Django reads an empty session."
    return "The payload cannot be decoded, so Django reads an empty session."


def as_items(data):
    """Return session data as pairs of key and JSON text. What is not JSON becomes its repr."""
    return tuple((str(key), to_json(value)) for key, value in data.items())


def to_json(value):
    """Return `value` as JSON text."""
    return json.dumps(value, ensure_ascii=False, default=repr)
