"""The furniture of a lesson page: what surrounds a lesson without being in its view."""

import ast
import os
import re
from functools import cache
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path

from django import template
from django.conf import ENVIRONMENT_VARIABLE, settings
from django.urls import resolve, reverse
from django.utils.html import escape, format_html
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course import addresses
from course.lessons import place_of, source_of, tracks
from course.texts import plain
from live_panel.placeholder import live_panel_headline

register = template.Library()
register.filter(plain)

# What a marked line of a view has to do with, as the panel shows it: the word for it, the sentence
# for those who listen, and the id of that place in the panel.
MADE = {
    "cookie": ("Cookie", "reads the Cookie header", "lp-sent"),
    "set-cookie": ("Set-Cookie", "makes a Set-Cookie line", "lp-crossed"),
    "row": ("row", "changes the row", "lp-kept"),
    "reads-row": ("row", "reads the row", "lp-kept"),
    "nothing": ("no change", "changes no row and no cookie", "lp-kept"),
}


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


@register.simple_tag
def outcome(name="outcome"):
    """Print the line beside a button that says what came of the click: the panel's headline.

    A form leads there with `action="#outcome"`. A redirect without a fragment inherits the one of
    the request (RFC 9110, 10.2.2), so no view needs to know of it.
    """
    return format_html(
        '<p class="outcome" id="{}" tabindex="-1">{}</p>', name, live_panel_headline()
    )


@register.simple_tag(takes_context=True)
def again(context, name="outcome"):
    """Return this page's address with another query, for a link that asks the server once more.

    A link that differs from the page in its fragment alone asks nobody.
    """
    number = re.fullmatch("[0-9]{1,5}", context["request"].GET.get("again", "0"))
    return f"?again={int(number[0]) + 1 if number else 1}#{name}"


@register.inclusion_tag("course/be_a_stranger.html", takes_context=True)
def be_a_stranger(context, outcome="outcome"):
    """Print a button that makes this browser a stranger to the site, and comes back here.

    `outcome` is the id of the line that then says so.
    """
    return {"outcome": outcome, **{key: context[key] for key in ("request", "csrf_token")}}


@register.inclusion_tag("course/source.html", takes_context=True)
def source(context, name=None):
    """Print the source of the view that is serving this page, or of what is named.

    `name` is that of a URL, such as "app:view", or the dotted path of a function. In the view of a
    lesson the lines that its `marks` name are marked.
    """
    request = context["request"]
    if name is None:
        here = place_of(request)
        return highlighted(request.resolver_match.func, here.lesson.marks if here else ())
    if ":" in name:
        return highlighted(resolve(reverse(name)).func)
    return highlighted(import_string(name))


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
def python(code, marks=()):
    """Return Python code as markup: highlighted, with an element for each line.

    `marks` are pairs of a part of a line and a key of MADE. Cached because the project's code does
    not change while it runs.
    """
    lines = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).splitlines(keepends=True)
    texts = code.splitlines()
    marked = marked_lines(code, marks) if marks else {}
    return mark_safe(
        "".join(
            f'<span class="line in-{indentation(text)}{" is-marked" if number in marked else ""}">'
            f"{line.rstrip()}{link_to_panel(marked.get(number))}\n</span>"
            for number, (line, text) in enumerate(zip(lines, texts, strict=False), start=1)
        )
    )


def indentation(text):
    """Return how many columns a line of code is indented."""
    return len(text) - len(text.lstrip())


def marked_lines(code, marks):
    """Return a dictionary from the number of each marked line to what it made, or None.

    A mark is found in the first line of a statement, and all lines of that statement are marked.
    """
    ends = {
        node.lineno: node.end_lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.stmt) and not hasattr(node, "body")
    }
    marked = {}
    for number, line in enumerate(code.splitlines(), start=1):
        for part, made in marks:
            if part in line:
                end = ends.get(number, number)
                marked |= dict.fromkeys(range(number, end)) | {end: made}
    return marked


def link_to_panel(made):
    """Return the link from a marked line to the place in the panel that shows what it made."""
    if made is None:
        return ""
    word, sentence, place = MADE[made]
    # The word is written by CSS, so that the code can be copied as it is.
    return (
        f'<a class="made" href="#{place}" data-made="{word}" title="This line {sentence}" '
        f'aria-label="This line {sentence}: see it in the panel"></a>'
    )


@cache
def highlighted(view, marks=()):
    """Return the highlighted source of `view`, its file relative to the project, its line."""
    code, file, line = source_of(view)
    return {
        "code": python(code, marks),
        "file": Path(file).relative_to(settings.BASE_DIR).as_posix(),
        "line": line,
    }
