"""Requests that another site starts, and which cookies came."""

import base64
import re
import time

from csp.decorators import csp_replace, csp_update
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from course.addresses import BOTH_SITES, other_site
from course.messages import message

# The smallest GIF: one transparent pixel
PIXEL = base64.b64decode(
    "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
)

# The four cookies of the lesson, in the order of its columns
COOKIES = (
    "samesite_strict",
    "samesite_lax",
    "samesite_none",
    "samesite_absent",
)

# Which of the four the rules allow in a request of another site
RULES = {
    "link": {"samesite_lax", "samesite_none", "samesite_absent"},
    "post": {"samesite_none"},
    "image": {"samesite_none"},
    "frame": {"samesite_none"},
    "fetch": {"samesite_none"},
}

# Chromium's exception: so young, a cookie without SameSite goes with
# a POST form too.
LAX_POST_AGE = 120  # seconds

# The value of the four cookies names one run of the experiment: when
# it began, and which it is.
RUN = "[0-9]{10}-[a-zA-Z0-9]{12}"
KEPT = 60 * 60  # seconds


@csp_update(
    {
        "img-src": BOTH_SITES,
        "frame-src": BOTH_SITES,
        "connect-src": BOTH_SITES,
        "form-action": BOTH_SITES,
    }
)
@require_safe
def stranger(request, run):
    """Send five kinds of requests to the site at the other name."""
    context = {"other": other_site(request), "run": run}
    return render(
        request, "cookies_demo/experiments/stranger.html", context
    )


@csrf_exempt
@xframe_options_exempt
@csp_replace({"frame-ancestors": BOTH_SITES})
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request, run, kind):
    """Note which of the four cookies came with this request."""
    if (request.method == "POST") != (kind == "post"):
        return message(
            request,
            404,
            "Not the request that was meant",
            "This address waits for another method.",
            back="cookies_demo:samesite",
        )
    came = [
        name for name in COOKIES if request.COOKIES.get(name) == run
    ]
    note_arrival(run, kind, came)
    if kind == "image":
        return HttpResponse(PIXEL, content_type="image/gif")
    if kind == "fetch":
        return HttpResponse(status=204)
    if kind == "frame":
        return render(
            request,
            "cookies_demo/experiments/frame.html",
            {"came": came},
        )
    return redirect("cookies_demo:samesite")


def note_arrival(run, kind, came):
    """Remember which cookies a request of this `kind` brought.

    One cache key for each kind: they arrive at the same time.
    """
    age = int(time.time()) - int(run.partition("-")[0])
    cache.set(
        f"samesite:{run}:{kind}", {"came": came, "age": age}, KEPT
    )


def matrix(run):
    """Return a run's rows of the matrix: what arrived, and the rules.

    `run` is whatever the visitor's cookie says. A cell's `came` is None
    while nothing arrived.
    """
    known = re.fullmatch(RUN, run) is not None
    rows = []
    for kind, rule in RULES.items():
        arrival = cache.get(f"samesite:{run}:{kind}") if known else None
        if kind == "post" and (
            arrival is None or arrival["age"] <= LAX_POST_AGE
        ):
            rule = rule | {"samesite_absent"}
        cells = [
            {
                "came": arrival and name in arrival["came"],
                "rule": name in rule,
            }
            for name in COOKIES
        ]
        rows.append(
            {
                "kind": kind,
                "age": arrival and arrival["age"],
                "cells": cells,
            }
        )
    return rows
