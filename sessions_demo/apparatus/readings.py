"""What a session's row says: without a key, and with which key."""

from django.contrib.sessions.models import Session
from django.core import signing

from live_panel import stores

# A SECRET_KEY that this site might have had before the one of today.
OLD_KEY = "the-secret-key-of-last-year"


def row_of(session):
    """Return the row of `session` as a `Session`, or None.

    This loads the session: a key that opens nothing is forgotten then.
    """
    session.keys()
    return Session.objects.filter(pk=session.session_key).first()


def read_three_ways(row):
    """Return what the data of `row`, a `Session`, says to whom.

    A dictionary: "parts" is a list of its payload, timestamp and
    signature, "signed_at" a datetime, "without_key" the payload as
    text; "with_key" and "with_fallback" are what Django reads. It is
    empty if `row` is None.
    """
    if row is None:
        return {}
    data = row.session_data
    return {
        "parts": stores.split_session_data(data),
        "signed_at": stores.signed_at(data),
        "without_key": stores.peek(data),
        "with_key": row.get_decoded(),
        "with_fallback": read_with_fallback(data),
    }


def read_with_fallback(data):
    """Read session data as with SECRET_KEY_FALLBACKS = [OLD_KEY].

    `data` is the text in the row. Return a dictionary, which is empty
    if no key fits.
    """
    store = Session.get_session_store_class()()
    try:
        return signing.loads(
            data,
            salt=store.key_salt,
            serializer=store.serializer,
            fallback_keys=[OLD_KEY],
        )
    except signing.BadSignature:
        return {}


def sign_with_old_key(data):
    """Return session data as if `OLD_KEY` had been the key at its save.

    `data` is the text in the row, and so is what is returned.
    """
    store = Session.get_session_store_class()()
    return signing.dumps(
        read_with_fallback(data),
        key=OLD_KEY,
        salt=store.key_salt,
        serializer=store.serializer,
        compress=True,
    )
