"""What belongs together: a click, the redirects it caused, and the page that it led to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from live_panel.exchange import Exchange

# What `Sec-Fetch-Dest` says of a page that takes the whole tab. Not every browser says it, and
# none does over plain http to another machine.
PAGES = ("", "document")
RELOADS_WITHIN = 5  # seconds
MAX_PARTS = 8  # images, frames and fetches that are told with their page


def last_story(exchanges: Sequence["Exchange"]) -> list["Exchange"]:
    """Return the exchanges of the last click, in order of time.

    `exchanges` are those of one browser, newest first. The story ends with what the page itself
    asked for: images, frames, fetches.
    """
    page = next((n for n, each in enumerate(exchanges) if each.destination in PAGES), 0)
    parts = exchanges[max(0, page - MAX_PARTS) : page]
    chain = list(exchanges[page : page + 1])
    for earlier in exchanges[page + 1 :]:
        if earlier.destination not in PAGES:
            continue
        if not leads_to(earlier, chain[-1]):
            break
        chain.append(earlier)
    return [*written_before(exchanges, chain), *reversed(chain), *reversed(parts)]


def written_before(exchanges: Sequence["Exchange"], chain: list["Exchange"]) -> list["Exchange"]:
    """Return what the scripts of a page sent before it loaded itself anew, in order of time.

    `chain` is the story of the page so far, newest first. A script that writes and then reloads
    makes one story: what it wrote is what the page shows.
    """
    page = chain[-1]
    older = exchanges[exchanges.index(page) + 1 :]
    written = []
    for each in older:
        if each.destination in PAGES:
            is_reload = len(chain) == 1 and page.method == "GET" and each.url == page.url
            return written[::-1] if is_reload else []
        if each.method != "GET" and page.time - each.time < RELOADS_WITHIN:
            written.append(each)
    return []


def leads_to(earlier: "Exchange", later: "Exchange") -> bool:
    """Return True if `earlier` is a redirect to the address of `later`, fragment aside."""
    if not (300 <= earlier.status < 400 and earlier.location):
        return False
    try:
        target = urlsplit(urljoin(earlier.url, earlier.location))
        page = urlsplit(later.url)
    except ValueError:
        return False
    # A browser escapes what a server may write as it is.
    return (
        (target.scheme, target.netloc) == (page.scheme, page.netloc)
        and unquote(target.path or "/") == later.path
        and unquote(target.query) == unquote(later.query)
    )
