"""This site under its other name: one server for us, two sites for a browser."""

import re
import time

from django.conf import settings
from django.core.cache import cache
from django.http.request import split_domain_port, validate_host

NAMES = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}

# For a Content-Security-Policy: the two names on any port, and nothing else
BOTH_SITES = [f"http://{name}:*" for name in NAMES]

# The four cookies of the SameSite lesson, in the order of the columns of its matrix
COOKIES = ("samesite_strict", "samesite_lax", "samesite_none", "samesite_absent")

# What the rules say of a request that another site starts: which of the four it carries
RULES = {
    "link": {"samesite_lax", "samesite_none", "samesite_absent"},
    "post": {"samesite_none"},
    "image": {"samesite_none"},
    "frame": {"samesite_none"},
    "fetch": {"samesite_none"},
}
# Chromium's exception: so young, a cookie without SameSite goes with a POST form too.
LAX_POST_AGE = 120  # seconds

# The value of the four cookies names one run of the experiment: when it began, and which it is.
RUN = "[0-9]{10}-[a-zA-Z0-9]{12}"
KEPT = 60 * 60  # seconds


def other_origin(request):
    """Return the origin of this site under its other name, or "" if it has none here."""
    name, port = split_domain_port(request.get_host())
    other = NAMES.get(name, "")
    if not other or not validate_host(other, settings.ALLOWED_HOSTS):
        return ""
    return f"{request.scheme}://{other}{f':{port}' if port else ''}"


def note_arrival(run, kind, came):
    """Remember that a request of `kind` brought the cookies named in `came`.

    One cache key for each kind: they arrive at the same time.
    """
    age = int(time.time()) - int(run.partition("-")[0])
    cache.set(f"samesite:{run}:{kind}", {"came": came, "age": age}, KEPT)


def matrix(run):
    """Return the rows of the matrix: what arrived in a run, beside what the rules say.

    `run` is whatever the visitor's cookie says. A cell's `came` is None while nothing arrived.
    """
    known = re.fullmatch(RUN, run) is not None
    rows = []
    for kind, rule in RULES.items():
        arrival = cache.get(f"samesite:{run}:{kind}") if known else None
        if kind == "post" and (arrival is None or arrival["age"] <= LAX_POST_AGE):
            rule = rule | {"samesite_absent"}
        cells = [
            {"came": arrival and name in arrival["came"], "rule": name in rule} for name in COOKIES
        ]
        rows.append({"kind": kind, "age": arrival and arrival["age"], "cells": cells})
    return rows
