"""The furniture of a lesson page: what surrounds a lesson without being in its view."""

import os
import re
from functools import cache
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path

from django import template
from django.conf import ENVIRONMENT_VARIABLE, settings
from django.urls import resolve, reverse
from django.utils.html import escape
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course import addresses
from course.lessons import place_of, source_of, tracks
from course.texts import plain

register = template.Library()
register.filter(plain)


@register.simple_tag
def course():
    """Return the tracks of the course, in reading order."""
    return tracks()


@register.simple_tag(takes_context=True)
def place(context):
    """Return the place of this page's lesson in the course, or None elsewhere."""
    return place_of(context["request"])


@register.filter
def prose(text):
    """Return a text of the project's as markup: escaped, and what is in backquotes as code."""
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", escape(text)))


@register.simple_tag(takes_context=True)
def address_at(context, host, view_name=None, port=None):
    """Return the URL of this page, or of the view named, under another name of this machine.

    It is "" where there is no such name; see `course.addresses.address_at`.
    """
    request = context["request"]
    path = reverse(view_name) if view_name else request.path
    return addresses.address_at(request, host, path, port)


@register.simple_tag(takes_context=True)
def other_site(context):
    """Return the origin of this site under its other name, or "" if it has none here."""
    return addresses.other_site(context["request"])


@register.simple_tag(takes_context=True)
def ways_back(context):
    """Return the ways back from another host; see `course.addresses.ways_back`."""
    return addresses.ways_back(context["request"])


@register.inclusion_tag("course/be_a_stranger.html", takes_context=True)
def be_a_stranger(context):
    """Print a button that makes this browser a stranger to the site, and comes back here."""
    return {key: context[key] for key in ("request", "csrf_token")}


@register.inclusion_tag("course/source.html", takes_context=True)
def source(context, name=None):
    """Print the source of the view that is serving this page, or of what is named.

    `name` is that of a URL, such as "app:view", or the dotted path of a function.
    """
    if name and ":" not in name:
        view = import_string(name)
    elif name:
        view = resolve(reverse(name)).func
    else:
        view = context["request"].resolver_match.func
    return highlighted(view)


@register.inclusion_tag("course/settings_lines.html")
def settings_lines(*parts):
    """Print the lines of the settings file that have one of `parts` in them, with their numbers.

    A settings module may take everything from another one. Then the lines stand there.
    """
    for file in settings_files(os.environ[ENVIRONMENT_VARIABLE]):
        code = file.read_text(encoding="utf-8")
        numbers = [
            number
            for number, line in enumerate(code.splitlines(), start=1)
            if any(part in line for part in parts)
        ]
        if numbers:
            break
    lines = highlight(code, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)).splitlines()
    if file.is_relative_to(settings.BASE_DIR):
        file = file.relative_to(settings.BASE_DIR)
    else:
        file = Path(file.name)
    return {
        "file": file.as_posix(),
        "lines": [(number, mark_safe(lines[number - 1])) for number in numbers],
    }


def settings_files(module_name):
    """Yield the file of a settings module, then those of the modules it takes everything from."""
    module = import_module(module_name)
    file = Path(module.__file__)
    yield file
    for name in re.findall(r"^from (\S+) import \*", file.read_text(encoding="utf-8"), re.M):
        yield from settings_files(resolve_name(name, module.__package__))


@register.filter
@cache
def python(code):
    """Return Python code as markup: highlighted, with an element for each line.

    Cached because the project's code does not change while it runs.
    """
    lines = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).splitlines(keepends=True)
    return mark_safe("".join(f'<span class="line">{text}</span>' for text in lines))


@cache
def highlighted(view):
    """Return the highlighted source of `view`, its file relative to the project, its line."""
    code, file, line = source_of(view)
    return {
        "code": python(code),
        "file": Path(file).relative_to(settings.BASE_DIR).as_posix(),
        "line": line,
    }
