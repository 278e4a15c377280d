"""What will a browser do with a `Set-Cookie` line, and what does it send back?

A browser drops a bad cookie in silence. `judge` says what becomes of a line and which rule decided;
`pieces` cuts the line where a browser cuts it. `keep` returns the cookies that a browser has after
a verdict, `held_back` why one of them does not go along with a request, and `cookie_header` the
header that the browser sends.

The rules are those of draft-ietf-httpbis-rfc6265bis-22: dates 5.1.1, domain-match 5.1.3, paths
5.1.4, prefixes 5.4, parsing 5.6, storing 5.7, sending 5.8. Where Chromium 156 differs, Chromium is
followed:

- A tab inside a name or value refuses the line. So does "=" in the value of a nameless cookie.
- `__Http-` and `__Host-Http-` are prefixes too (layered-cookies-02). Partitioned needs Secure.
- `__Host-` needs Path=/ in so many words. In the draft, an empty Path does on a page at the root.
- Max-Age may start with "+". The last Max-Age or Expires counts even if it makes no sense; in the
  draft, the last one that does.
- In a date, a number is all digits: neither "9th" nor "10:18:14pm". A year has one to five digits,
  and one before 1601 is long ago, not an error.
- Expires counts from the Date of the response, so a browser's wrong clock makes no difference.
- A lifetime is cut to 400 days. The draft says that it should not be longer.
- Domain=. refuses the line. An IP address as Domain means host-only, under `__Host-` too.
- Secure works over plain http on localhost and loopback addresses, which may also replace and
  delete Secure cookies. The draft leaves this open.
- A new value makes a new cookie, which goes to the end of the cookies with a path of its length.
  In the draft, a cookie keeps its place.
- A site keeps 180 cookies. One more, and it is cut to 150: cookies without Secure leave first, and
  of those the least recently used. A site is a registrable domain, such as example.com with all its
  hosts. The draft leaves the numbers open.
- A cookie without SameSite goes along with a form of another site for two minutes, as the draft
  allows.

Two of its oddities are not followed: it accepts a Domain that is not ASCII if it is UTF-8, and a
Max-Age of 2^63-1 or more, or of -2^63 or less, with anything else behind the digits.

What a line and its request cannot show, and `judge` therefore does not know: public suffixes of
several labels, such as co.uk, whose cookies are refused; whether another site caused the request
(5.7 step 18); the user's settings for third-party cookies; and, without a jar, which cookies are
there already: those that the line replaces or deletes, and Secure ones, which plain http may
neither replace nor delete (5.7 step 16). `keep` knows neither the limits of all cookies together
and of partitioned ones, nor that of too many cookies those with Priority=Low leave first.
"""

from live_panel.browser_rules.dates import parse_date
from live_panel.browser_rules.kept import Identity, Kept
from live_panel.browser_rules.matching import (
    default_path,
    domain_match,
    is_trustworthy,
    path_match,
    site,
)
from live_panel.browser_rules.sending import (
    COOKIES_AFTER_CUT,
    MAX_COOKIES,
    cookie_header,
    cross_site_of,
    held_back,
    keep,
    used,
)
from live_panel.browser_rules.storing import (
    MAX_ATTRIBUTE,
    MAX_LIFETIME,
    MAX_PAIR,
    RULES,
    Piece,
    Verdict,
    judge,
    pieces,
)

__all__ = [
    "COOKIES_AFTER_CUT",
    "MAX_ATTRIBUTE",
    "MAX_COOKIES",
    "MAX_LIFETIME",
    "MAX_PAIR",
    "RULES",
    "Identity",
    "Kept",
    "Piece",
    "Verdict",
    "cookie_header",
    "cross_site_of",
    "default_path",
    "domain_match",
    "held_back",
    "is_trustworthy",
    "judge",
    "keep",
    "parse_date",
    "path_match",
    "pieces",
    "site",
    "used",
]
