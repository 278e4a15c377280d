"""What a click did, in one sentence, made from the rows and lines before and after.

A headline never speaks of intentions: it knows what came, what is stored and what was sent.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from live_panel import conf, jar
from live_panel.browser_rules import path_match
from live_panel.pieces import cookie_pairs

if TYPE_CHECKING:
    from live_panel.exchange import Exchange
    from live_panel.panel import Later

# From the most significant to the least: of all that a click did, the headline tells the first.
KINDS = (
    "server-error",
    "csrf-refused",
    "row-vanished",
    "sessions",
    "key-changed",
    "row-deleted",
    "row-left",
    "row-created",
    "row-changed",
    "not-saved",
    "cookie-refused",
    "cookie-not-deleted",
    "cookie-replaced",
    "cookie-deleted",
    "cookie-set",
    "row-corrupt",
    "row-expired",
    "key-unknown",
    "row-saved",
    "read",
    "first-visit",
    "untouched",
)
RANK = {kind: number for number, kind in enumerate(KINDS)}
BY_OUTCOME = {
    "refused": "cookie-refused",
    "replaced": "cookie-replaced",
    "deleted": "cookie-deleted",
    "deletion": "cookie-deleted",
}
MAX_NAMED = 3  # session keys or cookies that a headline names
MAX_WITH_VALUES = 2  # session keys whose values it tells
MAX_TEXT = 32  # characters of a value in a headline


class Fact(NamedTuple):
    """A name or value in a headline, as it came: shown as code."""

    text: str


class Headline(NamedTuple):
    """A sentence about a click: its kind, and its words, some of which are a `Fact`."""

    kind: str
    words: tuple[str | Fact, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(word.text if isinstance(word, Fact) else word for word in self.words)


def kind_of(exchange: "Exchange", later: "Sequence[Exchange | Later]" = ()) -> str:
    """Return the kind of one exchange. `later` are those that the same browser had after it."""
    if later and exchange.kind in ("cookie-set", "cookie-replaced", "cookie-deleted"):
        return cookie_kind(exchange, later) or exchange.kind
    return exchange.kind


def kind_alone(exchange: "Exchange") -> str:
    """Return the kind of an exchange, as far as it can be known without those that follow."""
    if exchange.status >= 500:
        return "server-error"
    if exchange.csrf:
        return "csrf-refused"
    kinds = [session_kind(exchange), cookie_kind(exchange)]
    if exchange.cookie_header is None:
        kinds.append("first-visit")
    return min(filter(None, kinds), key=RANK.get, default="untouched")


def session_kind(exchange):
    """Return what happened to the session of an exchange, or None if nothing did."""
    facts, before, after, left = exchange.session, exchange.before, exchange.after, exchange.left
    if any(other.before != other.after for other in exchange.others):
        return "sessions"
    if exchange.blind:
        return "read" if facts.accessed else None
    if exchange.is_saved:
        return kind_of_save(exchange)
    if facts.modified and exchange.status == 400 and exchange.key_in and not (after or left):
        return "row-vanished"
    if before and before.expired:
        return "row-expired"
    if before and not (after or left):
        return "row-deleted"
    if before and not exchange.key_out:
        return "row-left"
    if before and after and exchange.changes:
        return "row-changed"
    if exchange.unsaved:
        return "not-saved"
    if (before and before.problem) or (after and after.problem):
        return "row-corrupt"
    if exchange.key_in is not None and not before:
        return "key-unknown"
    return "read" if facts.accessed else None


def kind_of_save(exchange):
    """Return the kind of an exchange in which the session was saved."""
    before, after = exchange.before, exchange.after
    if not before or before.expired or (before.problem and exchange.key_in != exchange.key_out):
        return "row-created"
    if exchange.key_in != exchange.key_out and after and after.kind != "cookie":
        return "row-created" if exchange.left else "key-changed"
    return "row-changed" if exchange.changes or before.problem else "row-saved"


def told_lines(exchange):
    """Return the `SetCookie`s that a lesson or view sent: all but Django's own two."""
    own = own_names()
    return [line for line in exchange.set_cookie if line.name not in own]


def cookie_kind(exchange, later=()):
    """Return what happened to the cookies of an exchange, or None if nothing did."""
    lines = told_lines(exchange) if exchange.set_cookie else ()
    if not lines:
        return None
    if any(line.outcome == "refused" for line in lines):
        return "cookie-refused"
    if any(missed(line, exchange, later) for line in lines):
        return "cookie-not-deleted"
    return BY_OUTCOME.get(lines[-1].outcome, "cookie-set")


def missed(line, exchange, later):
    """Return True if `line` was to delete a cookie, and a later request brought it still."""
    return BY_OUTCOME.get(line.outcome) == "cookie-deleted" and (
        correction(line, exchange, later)[0] == "not-deleted"
    )


def correction(line, exchange, later):
    """Return what the requests after `exchange` say of a line in it: see `jar.correction`.

    A request that began before the answer had left says nothing. The key is "deleted-one" if fewer
    cookies of the name came than before.
    """
    for each in later:
        if each.time < exchange.ended:
            continue
        found = jar.correction(
            line,
            exchange.url,
            each.url,
            each.cookie_header,
            each.time - exchange.ended,
            each.cross_site,
        )
        if found[0] == "not-deleted" and count(line, each) < count(line, exchange):
            return (
                "deleted-one",
                f"Deleted one: another `{line.name}` came back, with another path.",
            )
        if found[0]:
            return found
        # Only the requests until the same name is set anew can tell.
        if any(other.name == line.name for other in each.set_cookie):
            break
    return "", ""


def count(line, exchange):
    """Return how many cookies of the name of a line came with a request."""
    return sum(is_named(pair, {line.name}) for pair in cookie_pairs(exchange.cookie_header))


def is_in_vain(line, exchange):
    """Return True if `line` was to delete a cookie, and none of its name came to this page."""
    if line.outcome != "deletion" or count(line, exchange):
        return False
    return path_match(urlsplit(exchange.url).path or "/", line.path)


def headline(story: "Sequence[Exchange]", later: "Sequence[Exchange | Later]" = ()) -> Headline:
    """Return the `Headline` of a story, its exchanges in order of time.

    `later` are exchanges after the story. A verdict in it may be refuted by them.
    """
    kinds = [
        kind_of(exchange, (*story[number:], *later)) for number, exchange in enumerate(story, 1)
    ]
    kind = min(kinds, key=RANK.get)
    number = kinds.index(kind)
    exchange, after = story[number], (*story[number + 1 :], *later)
    words = [*WORDS[kind](exchange, after)]
    if RANK[kind] < RANK["cookie-refused"] and cookie_kind(exchange, after):
        words += [" ", *cookies(exchange, after)]
    return Headline(kind, tuple(words))


def short(text):
    """Return a `Fact` of `text`, which is cut if it is long."""
    return Fact(text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…")


def key_start(key):
    """Return a `Fact` of the first characters of a session key."""
    return Fact(f"{key[:4]}…")


def listed(groups):
    """Return lists of words as one, joined by commas, and a number of those that are too many."""
    words, more = [], len(groups) - MAX_NAMED
    for number, group in enumerate(groups[:MAX_NAMED]):
        is_last = more <= 0 and number == len(groups) - 1
        words += ["" if not number else " and " if is_last else ", ", *group]
    return [*words, f", and {more} more"] if more > 0 else words


def changed(changes, before, after):
    """Return in words which items changed from one `Stored` to another.

    Of one or two, the values are told too.
    """
    old = dict((before and before.items) or ())
    new = dict((after and after.items) or ())
    if len(changes) > MAX_WITH_VALUES:
        kinds = {}
        for change, key in changes:
            kinds.setdefault(change, []).append([short(key)])
        groups = [[*listed(keys), f" {change}"] for change, keys in kinds.items()]
        return [word for group in groups for word in ("; ", *group)][1:]
    groups = []
    for change, key in changes:
        if change == "changed":
            was, became = short(old.get(key, "…")), short(new.get(key, "…"))
            groups.append([short(key), " ", was, " → ", became])
        elif change == "added":
            groups.append([Fact(f"{short(key).text}: {short(new.get(key, '…')).text}"), " added"])
        else:
            groups.append([short(key), " removed"])
    return listed(groups)


def noun(exchange):
    """Return what a session is in its store: a row, a cache entry, a file or a cookie."""
    stored = exchange.after or exchange.before or exchange.left
    return stored.kind if stored else "row"


def server_error(exchange, later):
    words = [f"{exchange.status}: "]
    if settings.DEBUG and exchange.error:
        words += [Fact(exchange.error), ". "]
    else:
        words += ["the server failed. "]
    if exchange.unsaved:
        names = listed([[short(key)] for _, key in exchange.unsaved])
        return [*words, "What the view did to ", *names, " was not saved."]
    if exchange.changes:
        return [*words, "The session had been saved before."]
    return [*words, "The session is as it was."]


def csrf_refused(exchange, later):
    return [f"{exchange.status}: Django refused the form. ", exchange.csrf]


def row_vanished(exchange, later):
    gone = "The row was deleted while the request ran" if exchange.before else "No row was there"
    return [f"{exchange.status}: {gone}, so Django refused to save."]


def sessions(exchange, later):
    others = [other for other in exchange.others if other.before != other.after]
    count = len(others)
    names = listed([[Fact(other.cookie)] for other in others])
    what = "One session of another engine" if count == 1 else f"{count} sessions at once"
    gone = all(other.after is None for other in others)
    return [f"{what} {'ended' if gone else 'changed'}: ", *names, "."]


def key_changed(exchange, later):
    words = ["The key changed: ", key_start(exchange.key_in), " → ", key_start(exchange.key_out)]
    if not has_moved(exchange):
        return [*words, f". The old {noun(exchange)} is gone, and a new one was made."]
    words.append(", and the data moved.")
    if exchange.changes:
        words += [" ", *changed(exchange.changes, exchange.before, exchange.after), "."]
    return words


def has_moved(exchange):
    """Return True if what the old row held is in the new one: all keys, and most of the values."""
    old, new = dict(exchange.before.items or ()), dict(exchange.after.items or ())
    same = sum(new.get(key) == value for key, value in old.items())
    return set(old) <= set(new) and same * 2 > len(old)


def row_deleted(exchange, later):
    if exchange.key_out:
        return [f"The {noun(exchange)} was deleted. Your browser still has its key."]
    return [f"The {noun(exchange)} was deleted, and the cookie taken back."]


def row_left(exchange, later):
    if exchange.before.kind == "cookie":
        return ["The cookie was taken back. Whoever has a copy of it has the whole session."]
    return [
        f"The cookie is gone; the {noun(exchange)} stays, and whoever has a copy of the key can "
        "open it."
    ]


def row_created(exchange, later):
    stored = exchange.after
    if stored and stored.kind == "cookie":
        words = ["A session was made, and all of it is in the cookie."]
    elif stored and stored.kind != "row":
        words = [f"A {stored.kind} was made, and your browser got its key."]
    else:
        words = ["A row was made, and your browser got its key."]
    items = (stored and stored.items) or ()
    pairs = [[Fact(f"{short(key).text}: {short(value).text}")] for key, value in items]
    return [*words, " It holds ", *listed(pairs), "."] if pairs else words


def row_changed(exchange, later):
    now = exchange.after or exchange.left
    words = changed(exchange.changes, exchange.before, now)
    if exchange.is_saved and exchange.before.items and not now.items:
        return [f"All data was removed. The {noun(exchange)} stays, and holds ", Fact("{}"), "."]
    if exchange.before.problem:
        return [f"The {noun(exchange)} that could not be read was overwritten."]
    if exchange.is_saved:
        return [*words, f", same {noun(exchange)}."]
    return [*words, f". The {noun(exchange)} changed, but this request’s session was not saved."]


def not_saved(exchange, later):
    names = listed([[short(key)] for _, key in exchange.unsaved])
    words = [*names, " changed in memory and was not saved"]
    if exchange.session.modified:
        return [*words, f": the answer is {exchange.status}."]
    return [*words, ": ", Fact("modified"), " is False."]


def row_corrupt(exchange, later):
    stored = exchange.after or exchange.before
    return [f"The {noun(exchange)} cannot be read. ", stored.problem or exchange.before.problem]


def row_expired(exchange, later):
    words = [f"The key opens a {noun(exchange)} that expired. Django reads an empty session."]
    if not exchange.key_out:
        words.append(f" It took the cookie back; the {noun(exchange)} stays.")
    return words


def key_unknown(exchange, later):
    words = ["The key that came opens nothing."]
    return words if exchange.key_out else [*words, " Django took the cookie back."]


def row_saved(exchange, later):
    return [f"The same data was saved again, and the {noun(exchange)} lives longer."]


def read(exchange, later):
    words = [prefix(exchange), *brought(exchange)]
    if exchange.before:
        return [*words, "The session was read, and nothing was saved."]
    return [*words, "The view looked for a session. There is none, and nothing was saved."]


def first_visit(exchange, later):
    words = [prefix(exchange), "Your browser sent no cookie."]
    names = [line.name for line in exchange.set_cookie]
    return [*words, " It got ", *listed([[short(name)] for name in names]), "."] if names else words


def untouched(exchange, later):
    words = [prefix(exchange), *brought(exchange), "No session was touched"]
    return [*words, "." if exchange.set_cookie else ", and no cookie was set."]


def brought(exchange):
    """Return in words which cookies came, but for Django's own two."""
    own = own_names()
    pairs = [pair for pair in cookie_pairs(exchange.cookie_header) if not is_named(pair, own)]
    names = [[short(pair.partition("=")[0])] for pair in pairs]
    return ["Your browser sent ", *listed(names), ". "] if pairs else []


def is_named(pair, names):
    """Return True if a cookie in a header has one of `names`."""
    return pair.partition("=")[0] in names


def own_names():
    """Return the names of Django's own cookies, and of other sessions."""
    return {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, *conf.session_cookies()}


def prefix(exchange):
    """Return the status of an answer that refuses, or ""."""
    return f"{exchange.status}: " if exchange.status >= 400 else ""


def cookies(exchange, later):
    """Return in words what became of the cookies, the refused ones first."""
    groups = {}
    for line in told_lines(exchange):
        if missed(line, exchange, later):
            outcome = "not deleted"
        elif is_in_vain(line, exchange):
            outcome = "in vain"
        else:
            outcome = {"deletion": "deleted", "unknown": "stored"}.get(line.outcome, line.outcome)
        groups.setdefault(outcome, []).append(line)
    words = [prefix(exchange)]
    for outcome in ("refused", "not deleted", "replaced", "deleted", "in vain", "stored"):
        lines = groups.get(outcome, [])
        if not lines:
            continue
        words += [" " if len(words) > 1 else ""]
        if outcome == "in vain":
            names = listed([[short(line.name)] for line in lines])
            words += ["A deletion of ", *names, " was sent, and no such cookie had come."]
            continue
        if outcome == "replaced" and len(lines) == 1:
            words += replaced(lines[0], exchange)
            continue
        words += listed([[short(line.name)] for line in lines])
        were = "was" if len(lines) == 1 else "were"
        words += [f" {were} {'set' if outcome == 'stored' else outcome}", reason(outcome, lines)]
    return words


def replaced(line, exchange):
    """Return in words what a cookie was and is."""
    pairs = [pair.partition("=") for pair in cookie_pairs(exchange.cookie_header)]
    old = [value for name, _, value in pairs if name == line.name]
    if len(old) != 1 or old[0] == line.value:
        return [short(line.name), f" was set again, {lifetime(line.lifetime)}."]
    return [short(line.name), " ", short(old[0]), " → ", short(line.value), ": replaced."]


def reason(outcome, lines):
    """Return the end of the sentence about lines of one outcome."""
    first = lines[0]
    if outcome == "refused" and all(line.rule == first.rule for line in lines):
        if first.rule == "size":
            return f": {first.size:,} bytes, and browsers keep at most 4,096."
        left = " So the cookie stays." if first.lifetime == 0 else ""
        return f": {first.sentence}{left}"
    if outcome == "not deleted":
        return ": it came back, so it was set with another path or domain."
    if outcome == "stored" and len(lines) == 1:
        return f", {lifetime(first.lifetime)}."
    return "."


def lifetime(seconds):
    """Say how long a browser keeps a cookie of so many seconds, None being a session cookie."""
    if seconds is None:
        return "until the browser ends its session"
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            number = round(seconds / length)
            return f"for {number} {unit}{'' if number == 1 else 's'}"
    return f"for {seconds} second{'' if seconds == 1 else 's'}"


WORDS = {
    "server-error": server_error,
    "csrf-refused": csrf_refused,
    "row-vanished": row_vanished,
    "sessions": sessions,
    "key-changed": key_changed,
    "row-deleted": row_deleted,
    "row-left": row_left,
    "row-created": row_created,
    "row-changed": row_changed,
    "not-saved": not_saved,
    "row-corrupt": row_corrupt,
    "row-expired": row_expired,
    "key-unknown": key_unknown,
    "row-saved": row_saved,
    "read": read,
    "first-visit": first_visit,
    "untouched": untouched,
    **dict.fromkeys(
        ("cookie-refused", "cookie-not-deleted", "cookie-replaced", "cookie-deleted", "cookie-set"),
        cookies,
    ),
}
