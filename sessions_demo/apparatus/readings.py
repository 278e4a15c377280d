"""What a row says: without a key, with this site's, and with an older one."""

from django.contrib.sessions.models import Session
from django.core import signing

from live_panel import stores

# A SECRET_KEY that this site might have had before the one of today.
OLD_KEY = "the-secret-key-of-last-year"


def read_three_ways(row):
    """Return the three parts of `row.session_data`, and what it says with which key."""
    data = row.session_data
    return {
        "parts": stores.split_session_data(data),
        "signed_at": stores.signed_at(data),
        "without_key": stores.peek(data),
        "with_key": row.get_decoded(),
        "with_fallback": read_with_fallback(data),
    }


def read_with_fallback(data):
    """Read session data as Django would with SECRET_KEY_FALLBACKS = [OLD_KEY]."""
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
    """Return session data as it would be if it had been saved when SECRET_KEY was `OLD_KEY`."""
    store = Session.get_session_store_class()()
    return signing.dumps(
        read_with_fallback(data),
        key=OLD_KEY,
        salt=store.key_salt,
        serializer=store.serializer,
        compress=True,
    )
