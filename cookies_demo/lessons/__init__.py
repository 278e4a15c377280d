"""The cookie lessons in reading order, by chapter and subject."""

from cookies_demo.lessons import (
    basics,
    csrf,
    encoding,
    expiry,
    flags,
    introduction,
    limits,
    passwords,
    preferences,
    prefixes,
    recap,
    remember_me,
    samesite,
    scope,
    side_by_side,
    signing,
    tracking,
)
from course.lessons import Chapter, Track

COOKIES = Track(
    title="Cookies",
    summary="Small texts that a server asks the browser to keep and to send back.",
    chapters=(
        Chapter(
            title="The basics",
            summary="A cookie is set, read, changed and deleted.",
            lessons=(*introduction.LESSONS, *basics.LESSONS),
        ),
        Chapter(
            title="Lifetime and reach",
            summary="How long the browser keeps a cookie, and which requests carry it.",
            lessons=(*expiry.LESSONS, *scope.LESSONS, *flags.LESSONS, *prefixes.LESSONS),
        ),
        Chapter(
            title="Trust",
            summary="What a server may believe of a text that the visitor can edit.",
            lessons=(*signing.LESSONS, *remember_me.LESSONS, *passwords.LESSONS),
        ),
        Chapter(
            title="What fits",
            summary="How many bytes, which letters, and what is worth keeping in a cookie.",
            lessons=(*limits.LESSONS, *encoding.LESSONS, *preferences.LESSONS),
        ),
        Chapter(
            title="Other sites",
            summary="What another site can learn from a cookie, and do with it.",
            lessons=(*tracking.LESSONS, *samesite.LESSONS, *csrf.LESSONS),
        ),
        Chapter(
            title="Looking back",
            summary="Everything about cookies once more, each with the place that shows it.",
            lessons=recap.LESSONS,
        ),
    ),
)

SIDE_BY_SIDE = Track(
    title="Side by side",
    summary="When a plain cookie is right, and when a session is.",
    chapters=(
        Chapter(
            title="The choice",
            summary="One color is kept in both ways, and the visitor tries to change it.",
            lessons=side_by_side.LESSONS,
        ),
    ),
)
