"""What Django did with the session, and why, from the facts that it decides by.

The order of the questions is that of `SessionMiddleware.process_response`.
"""

from typing import TYPE_CHECKING

from django.conf import settings

from live_panel import stores

if TYPE_CHECKING:
    from live_panel.exchange import Exchange


def why(exchange: "Exchange") -> str:
    """Return what Django did with the session of an `Exchange`, and why, in a few sentences."""
    facts = exchange.session
    if facts.accessed is None:
        return "SessionMiddleware did not see this request: nothing was read or saved."
    if exchange.key_in is not None and facts.empty:
        return why_deleted(exchange)
    if exchange.is_saved:
        return why_saved(exchange)
    if facts.modified and facts.empty:
        return "The session is empty, so there was nothing to save and no session cookie to send."
    if facts.modified:
        return why_not_saved(exchange)
    if facts.saves_always and not facts.empty and exchange.status >= 500:
        return "SESSION_SAVE_EVERY_REQUEST is on, but after a server error Django does not save."
    if exchange.session_line is not None:
        return (
            "The view itself deleted the session cookie. SessionMiddleware saved nothing, and "
            "deleted nothing on the server."
        )
    return why_left_alone(exchange)


def why_deleted(exchange: "Exchange") -> str:
    """Say why the session cookie was taken back: the session is empty, and a cookie came."""
    key, before = exchange.key_in, exchange.before
    if len(key) < 8:
        what = "an empty value" if not key else "a value of fewer than 8 characters"
        return (
            f"The cookie brought {what}, which Django takes for no key at all. So the session is "
            "empty even if nobody touches it, and SessionMiddleware deleted the cookie."
        )
    end = "The session is empty now and its cookie came, so SessionMiddleware deleted the cookie."
    if before and before.expired:
        return f"The row expired, so Django read an empty session. {end} The row stays."
    if before and not exchange.left:
        return f"The view ended the session, which deleted the {before.kind}. {end}"
    if before:
        return f"{end} The {before.kind} is still there."
    return f"The key opened nothing, so Django dropped it. {end}"


def why_saved(exchange: "Exchange") -> str:
    """Say why the session was saved, and what became of its key."""
    if exchange.session.modified:
        story = "The view changed the session, so it was saved and its cookie sent."
    else:
        story = "SESSION_SAVE_EVERY_REQUEST is on, so the session was saved and its cookie sent."
    after = exchange.after
    if exchange.key_in == exchange.key_out or (after and after.kind == "cookie"):
        return story
    if exchange.key_in is None:
        return f"{story} No key came, so Django made one."
    if exchange.before and not exchange.before.expired and not exchange.left:
        return f"{story} The key changed, and the {exchange.before.kind} under the old one is gone."
    return f"{story} The key that came opened nothing to save into, so Django made another."


def why_not_saved(exchange: "Exchange") -> str:
    """Say why a session that the view changed was not saved."""
    if exchange.error_in_save:
        return (
            f"The view changed the session, and to save it failed with {exchange.error}: that is "
            "the reason for the server error."
        )
    if exchange.error and not exchange.unsaved:
        return (
            f"The view had saved the session before it failed with {exchange.error}. After a "
            "server error Django does not save again."
        )
    if exchange.error:
        return (
            f"The view changed the session and then failed with {exchange.error}. After a server "
            "error Django does not save."
        )
    if exchange.status >= 500:
        return (
            f"The view changed the session. The answer is {exchange.status}, and it was not saved."
        )
    if exchange.status == 400 and not (exchange.after or exchange.left):
        what = "deleted while the request ran" if exchange.before else "not there"
        return (
            f"The view changed the session, but its row was {what}. Django does not bring a "
            "deleted session back: it answered 400 instead."
        )
    return "The view changed the session, but the store did not save it."


def why_left_alone(exchange: "Exchange") -> str:
    """Say why nothing was saved although nothing went wrong."""
    if exchange.unsaved:
        names = ", ".join(key for _, key in exchange.unsaved[:3])
        story = (
            f"The view changed something inside the session ({names}) and `modified` is False. "
            "Django notices only what is assigned to a key of the session itself, so it saved "
            "nothing."
        )
    elif exchange.session.accessed:
        story = "The view only read the session, so it was not saved, and its cookie left alone."
    else:
        story = "The view did not touch the session: it was not loaded, and its cookie left alone."
    if exchange.changes and exchange.before:
        story += (
            " What changed in the store was written past this session: directly, or by another "
            "request."
        )
    return story


def why_varies(exchange: "Exchange") -> str:
    """Say whether the answer says `Vary: Cookie`, and why."""
    names = [line.name for line in exchange.set_cookie]
    if not exchange.varies:
        return "The answer has no Vary: Cookie."
    if exchange.session.accessed:
        return "The answer says Vary: Cookie, because the session was touched."
    if settings.SESSION_COOKIE_NAME in names and exchange.session.empty:
        return "The answer says Vary: Cookie, because Django deleted the session cookie."
    if settings.CSRF_COOKIE_NAME in names:
        return "The answer says Vary: Cookie, because the page has a form with a CSRF token."
    return "The answer says Vary: Cookie."


def mismatch(
    key: str | None,
    stored: stores.Stored | None,
    was_touched: bool | None = False,
    was_saved: bool = False,
) -> str:
    """Say why the session key of a request opens nothing, and what follows; or return "".

    `was_touched` says that the view has touched the session, and `was_saved` that it was saved: it
    has followed already then.
    """
    if not key or (stored and not stored.expired and not stored.problem):
        return ""
    if stored and stored.problem:
        return f"{stored.problem} The key stays, and the next change overwrites the {stored.kind}."
    if stored:
        reason = f"The {stored.kind} is still there, but its expire_date is past."
    elif not stores.could_be_key(key):
        reason = "This is not a session key: Django’s have 32 characters, and 8 to 40 can be one."
    else:
        reason = "Nothing is stored under this key: it was made up, or what it opened was deleted."
    if was_saved:
        return f"{reason} Django made a new session instead."
    if len(key) < 8:
        return f"{reason} Django deletes the cookie."
    if was_touched:
        return f"{reason} Django read an empty session."
    return f"{reason} Django reads an empty session, and deletes the cookie when a view touches it."
