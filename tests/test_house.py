"""The house: imports run down, from the roof to the cellar."""

import ast
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

BASE = Path(settings.BASE_DIR)

# No room knows its neighbor: a room may use only what stands on a lower floor.
FLOORS = [
    ["live_panel"],
    ["course"],
    ["cookies_demo", "sessions_demo", "interview_prep"],
    ["demo_site"],
]
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}

# What composes a lesson page may load the tags of any room.
COMPOSING = {"templates/lesson.html"}
# Every room's pages extend it, so it stands on the ground floor.
SHARED = {"templates/base.html": "course"}


def files(room, pattern):
    return sorted((BASE / room).rglob(pattern))


def room_of(name):
    """Return the room that a dotted or slashed name begins with, or None if it is no room."""
    first = re.split(r"[./]", name)[0]
    return first if first in FLOOR_OF else None


def imports_of(file):
    """Return the dotted names that a Python file imports, wherever in the file that is."""
    names = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: say where it comes from, without dots."
            names.append(node.module)
    return names


def libraries():
    """Return a dictionary from the name of a library of template tags to its module."""
    return engines["django"].engine.libraries


def uses_of(template):
    """Return the names of the modules and templates that a template is made of.

    A link to another room's page is no use of that room.
    """
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"{% comment .*?{% endcomment %}", "", text, flags=re.DOTALL)
    loads = re.findall(r"{% load (.*?) %}", text)
    modules = [libraries()[name] for load in loads for name in load.split()]
    return modules + re.findall(r"{% (?:extends|include|source) ['\"]([^'\"]+)['\"]", text)


def wrong(room, names):
    """Return those of `names` that a room may not use."""
    return [
        name
        for name in names
        if room_of(name) not in (None, room) and FLOOR_OF[room_of(name)] >= FLOOR_OF[room]
    ]


@pytest.mark.parametrize("room", FLOOR_OF)
def test_imports_run_down(room):
    found = {
        str(file.relative_to(BASE)): wrong(room, imports_of(file)) for file in files(room, "*.py")
    }

    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize("room", FLOOR_OF)
def test_templates_use_only_what_is_below_them(room):
    found = {}
    for folder in (f"templates/{room}", f"{room}/templates"):
        for file in files(folder, "*.*"):
            found[str(file.relative_to(BASE))] = wrong(room, uses_of(file))

    assert {file: names for file, names in found.items() if names} == {}


def test_templates_of_no_room_are_known():
    shared = {str(file.relative_to(BASE)) for file in (BASE / "templates").glob("*.html")}

    assert shared == COMPOSING | set(SHARED)
    for name, room in SHARED.items():
        assert wrong(room, uses_of(BASE / name)) == []


def test_the_panel_knows_only_django():
    """So that it can be installed into any project. Its own panel for the toolbar is optional."""
    known = {"__future__", "asgiref", "django", "live_panel"}  # Django itself needs asgiref
    for file in files("live_panel", "*.py"):
        tops = {name.partition(".")[0] for name in imports_of(file)} - known
        others = {name for name in tops if name not in sys.stdlib_module_names}
        assert others <= ({"debug_toolbar"} if file.name == "panels.py" else set()), file


@pytest.mark.parametrize("app", ["cookies_demo", "sessions_demo"])
def test_a_subject_has_one_file_name(app):
    """Who finds a subject's views knows its lessons, tests and experiments, if it has some."""
    subjects = {
        folder: {file.stem for file in (BASE / app / folder).glob("*.py")} - {"__init__"}
        for folder in ("lessons", "views", "experiments")
    }
    tests = {file.stem.removeprefix("test_") for file in (BASE / "tests" / app).glob("test_*.py")}

    assert subjects["lessons"] == subjects["views"] == tests
    assert subjects["experiments"] <= tests


def test_every_app_stands_on_a_floor():
    ours = {app for app in settings.INSTALLED_APPS if (BASE / app).is_dir()}

    assert ours == set(FLOOR_OF), "FLOORS above must name each app of the project once."
