"""The accounts of the login lessons. They protect nothing."""

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session

# Made by migration 0001, for everybody.
USERNAMES = ("ada", "grace")
PASSWORD = "throw-away"

# Made by the lesson on password changes, each for one browser.
# Their names begin with this.
THROW_AWAY = "visitor-"


def two_sessions(request):
    """Return what the page on password changes shows of two sessions.

    They are this browser's and the one that stands in for another
    browser: whether the account is a throw-away one, both hashes, and
    the other's row, or None where there is none.
    """
    key = request.session.get("other_browser")
    other = Session.objects.filter(pk=key).first()
    data = other.get_decoded() if other else {}
    return {
        "mine": request.user.username.startswith(THROW_AWAY),
        "my_hash": request.session.get(HASH_SESSION_KEY),
        "other": other,
        "other_hash": data.get(HASH_SESSION_KEY),
    }
