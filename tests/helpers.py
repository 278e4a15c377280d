"""What several test modules ask of a page."""

import json

from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session


def soup_of(response):
    """Return the page of `response` for questions about its structure."""
    return BeautifulSoup(response.content, "html.parser")


def exchanges_of(response):
    """Return the exchanges of the last story that the panel on the page tells, newest first."""
    return soup_of(response).select("[data-exchange]")[::-1]


def earlier_of(response):
    """Return the lines of the earlier exchanges on the page, newest first."""
    return soup_of(response).select("[data-earlier]")


def headline_of(response):
    """Return the kind and the words of the headline on the page."""
    headline = soup_of(response).select_one('[data-panel="headline"]')
    return headline["data-kind"], headline.get_text()


def fact(element, *names):
    """Return the text of the panel's fact at `names`, or None if the panel says it is absent."""
    selector = " ".join(f'[data-panel="{name}"]' for name in names)
    found = element.select_one(selector)
    return None if found.has_attr("data-absent") else found.get_text()


def decoded(element, *names):
    """Return the decoded session data that the panel shows, as a dictionary."""
    return json.loads(fact(element, *names, "session-decoded"))


def row_of(client):
    """Return the session row that the cookie of `client` opens, or None."""
    cookie = client.cookies.get("sessionid")
    return Session.objects.filter(pk=cookie.value).first() if cookie else None


def cookie_line(response, name):
    """Return the `Set-Cookie` line for cookie `name` as it is sent."""
    return response.cookies[name].OutputString()
