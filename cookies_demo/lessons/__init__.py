"""The cookie lessons in reading order, by subject."""

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
from course.lessons import Track

COOKIES = Track(
    title="Cookies",
    summary="Small texts that a server asks the browser to keep and to send back.",
    lessons=(
        *introduction.LESSONS,
        *basics.LESSONS,
        *expiry.LESSONS,
        *scope.LESSONS,
        *flags.LESSONS,
        *signing.LESSONS,
        *remember_me.LESSONS,
        *limits.LESSONS,
        *prefixes.LESSONS,
        *encoding.LESSONS,
        *preferences.LESSONS,
        *tracking.LESSONS,
        *samesite.LESSONS,
        *csrf.LESSONS,
        *passwords.LESSONS,
        *recap.LESSONS,
    ),
)

SIDE_BY_SIDE = Track(
    title="Side by side",
    summary="When a plain cookie is right, and when a session is.",
    lessons=(*side_by_side.LESSONS,),
)
