"""What a reader is told when Django's CSRF check refuses a form, reason by reason."""

import inspect

from django.urls import resolve

from course.lessons import places
from course.messages import message


def csrf_failure(request, reason=""):
    """Explain a POST that Django's CSRF check refused: what it looked at, and what helps."""
    return message(
        request,
        403,
        "Django refused this form",
        f"Nothing was changed. Django says: `{reason}`",
        *next((words for start, words in CSRF_REASONS if reason.startswith(start)), ()),
        back=lesson_behind(request.resolver_match),
    )


# How Django's reasons begin, in the order of its checks (django/middleware/csrf.py), and what to
# tell a reader about each.
CSRF_REASONS = [
    (
        "Origin checking failed",
        (
            "The browser names the site that a form stands on in the `Origin` header. This one "
            "is not the site that the form was sent to. So Django looked no further: neither at "
            "the `csrftoken` cookie nor at the token in the form.",
            "Sending it again changes nothing, because the browser will say the same. A form of "
            "this site’s own pages has the right `Origin`.",
            "If the form does stand on this site, Django sees another address than the browser: "
            "a proxy is between them, or https ends before Django. The settings for that are "
            "`SECURE_PROXY_SSL_HEADER` and `CSRF_TRUSTED_ORIGINS`.",
        ),
    ),
    (
        "Referer checking failed",
        (
            "The request came over https and without an `Origin` header. Then Django looks at "
            "the `Referer` header: the page that sent the form must be a page of this site, over "
            "https. Neither the `csrftoken` cookie nor the token was looked at.",
            "Sending it again changes nothing as long as the browser, or a program between it "
            "and the site, leaves both headers out.",
        ),
    ),
    (
        "CSRF cookie not set",
        (
            "The form came without a `csrftoken` cookie, so there is nothing to compare a token "
            "with. The cookie was deleted, or the browser does not keep it, or the page that the "
            "form stands on never set it.",
            "A page whose form has a token sets the cookie. Load such a page, and send the form "
            "from there.",
        ),
    ),
    (
        "CSRF cookie",
        (
            "A `csrftoken` cookie came, but no value that Django makes: it was edited or cut.",
            "This answer sets a new one. Load the page with the form again, and send it from "
            "there.",
        ),
    ),
    (
        "CSRF token missing",
        (
            "The `csrftoken` cookie came. The token did not: it must be in the form, as "
            "`csrfmiddlewaretoken`, or in the `X-CSRFToken` header.",
            "Sending the same form again changes nothing. Its template lacks `{% csrf_token %}`.",
        ),
    ),
    (
        "CSRF token from",
        (
            "Cookie and token both came, and they do not belong together. Often the form is "
            "older than the cookie: signing in gives the browser a new `csrftoken`, and forms in "
            "other tabs still have the old token.",
            "Load the page with the form again, and send it from there.",
        ),
    ),
]


def lesson_behind(match):
    """Return the name of the lesson that a resolved URL belongs to, or None.

    An experiment belongs to the first lesson on its subject, which is the name of their files.
    """
    if match is None or match.view_name in places():
        return match and match.view_name
    module = inspect.unwrap(match.func).__module__.replace(".experiments.", ".views.")
    for name, place in places().items():
        if inspect.unwrap(resolve(place.lesson.url).func).__module__ == module:
            return name
    return None
