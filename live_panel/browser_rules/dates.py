"""The dates that a browser can read in `Expires`. RFC 6265bis, section 5.1.1."""

import re
from datetime import datetime, timezone

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def parse_date(text: str) -> datetime | None:
    """Return the date in the value of Expires, in UTC, or None if it is none. Section 5.1.1.

    A browser ignores time zones. A year after 9999 comes back as one shortly before.
    """
    day = month = year = time = None
    for token in re.split(r"[\t -/;-@\[-`{-~]+", text):
        clock = re.fullmatch("([0-9]+):([0-9]+):([0-9]+)", token)
        if time is None and clock:
            time = clock.groups()
        elif day is None and re.fullmatch("[0-9]{1,2}", token):
            day = int(token)
        elif month is None and token[:3].lower() in MONTHS:
            month = MONTHS.index(token[:3].lower()) + 1
        elif year is None and re.fullmatch("[0-9]{1,5}", token):
            year = int(token)
    if None in (day, month, year, time):
        return None
    if year < 100:
        year += 2000 if year < 70 else 1900
    if year > 9999:
        year = 9600 + year % 400  # the calendar repeats itself every 400 years
    try:
        return datetime(year, month, day, *map(int, time), tzinfo=timezone.utc)
    except (ValueError, OverflowError):
        return None
