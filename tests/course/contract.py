"""What makes a lesson: one URL, one view, one template, one name, a place and a question."""

import inspect
from pathlib import Path

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.urls import get_resolver

from course.lessons import places, source_of
from course.templatetags.lesson import MADE
from interview_prep.bank import bank

LINES = 20
COLUMNS = 72
QUESTIONS = 2


def apps():
    """Return the names of the apps that have lessons."""
    return sorted({track.partition(".")[0] for track in settings.COURSE_TRACKS})


def views_of(app):
    """Return a dictionary from URL name to view, for each URL of `app` that is no experiment."""
    (resolver,) = [
        resolver
        for resolver in get_resolver().url_patterns
        if getattr(resolver, "namespace", None) == app
    ]
    views = {pattern.name: inspect.unwrap(pattern.callback) for pattern in resolver.url_patterns}
    return {
        name: view
        for name, view in views.items()
        if not view.__module__.startswith(f"{app}.experiments")
    }


def templates_of(app):
    """Return the names of the templates that lie in the folder of `app` itself, without .html."""
    folders = [Path(folder, app) for folder in settings.TEMPLATES[0]["DIRS"]]
    return {file.stem for folder in folders for file in folder.glob("*.html")}


def lessons_of(app):
    """Return every name by which `app` seems to have a lesson: of a URL, a template or a place."""
    placed = {view.partition(":")[2] for view in places() if view.startswith(f"{app}:")}
    return sorted({*views_of(app), *templates_of(app), *placed})


def shortcomings(app, name):
    """Return what the lesson `name` of `app` lacks, as sentences that say where to add it."""
    lesson, view = f"{app}:{name}", views_of(app).get(name)
    missing = []
    if lesson not in places():
        missing.append(f'place: no Lesson(view="{lesson}", …) in a track of {app}/lessons.')
    if view is None:
        missing.append(f'URL: no path(…, views.{name}, name="{name}") in {app}/urls.py.')
    else:
        missing += shortcomings_of_view(app, name, view)
    missing += shortcomings_of_template(app, name)
    questions = len(bank().questions_for(lesson))
    if questions < QUESTIONS:
        missing.append(
            f'question: {questions} of {QUESTIONS} with lesson = "{lesson}" in '
            "interview_prep/questions."
        )
    return missing


def shortcomings_of_view(app, name, view):
    """Return what a lesson's view lacks. It is printed, so its looks count."""
    code, _, _ = source_of(view)
    body = [line for line in code.splitlines() if line and not line.startswith(("@", "def"))]
    docstring = view.__doc__ or ""
    missing = []
    if not view.__module__.startswith(f"{app}.views.") or view.__name__ != name:
        missing.append(f"view: {name} is not {app}.views.{name}.")
    if not docstring.endswith(".") or "\n" in docstring:
        missing.append(f"docstring: {name} has no one sentence that says what it does.")
    if not code.startswith(("@require_safe\n", "@require_http_methods([")):
        missing.append(f"methods: {name} does not begin with the decorator that names them.")
    if len(body) > LINES:
        missing.append(f"length: {name} has {len(body)} lines, and may have {LINES}.")
    if any(len(line) > COLUMNS for line in code.splitlines()):
        missing.append(f"width: a line of {name} has more than {COLUMNS} columns.")
    place = places().get(f"{app}:{name}")
    return missing + (shortcomings_of_marks(place.lesson, code) if place else [])


def shortcomings_of_marks(lesson, code):
    """Return what the marks of a lesson lack: each must name a line of the view's."""
    missing = [
        f"mark: no line of {lesson.view} has {part!r} in it."
        for part, _ in lesson.marks
        if part not in code
    ]
    missing += [
        f"mark: {made!r} is none of {[*MADE]}." for _, made in lesson.marks if made not in MADE
    ]
    if not lesson.marks:
        missing.append(f'mark: Lesson(view="{lesson.view}") marks no line of its view.')
    return missing


def shortcomings_of_template(app, name):
    """Return what a lesson's template lacks."""
    file = f"templates/{app}/{name}.html"
    try:
        template = get_template(f"{app}/{name}.html").template
    except TemplateDoesNotExist:
        return [f"template: there is no {file}."]
    blocks = {block.name for block in template.nodelist.get_nodes_by_type(BlockNode)}
    return [
        f"template: {file} has no block {block}."
        for block in ("predict", "try", "answer", "notes", "traps")
        if block not in blocks
    ]
