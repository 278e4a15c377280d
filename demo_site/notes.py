"""The notes that the course is built from, and where the site shows each statement.

`notes.toml` holds them in their order, under their headings. Backquotes in a text mark code. Line
breaks in a text are spaces.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

from demo_site.course import places

FILE = Path(__file__).parent / "notes.toml"

# Fields that are more than any text: what they must match, and how to say so
FORMS = {
    "lesson": (r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*", 'like "sessions_demo:set_session"'),
    "anchor": (r"[a-z0-9]+(-[a-z0-9]+)*", 'like "first-save"'),
}


class NotesError(Exception):
    """The file of the notes is wrong. The message names the file, the place and the field."""


@dataclass(frozen=True)
class Statement:
    """A statement of the notes, retold.

    `lesson` is the name of a lesson's view and `anchor` an HTML id on its page, where the site
    shows it. `correction` says what holds where the notes are wrong, and is empty otherwise.
    """

    text: str
    lesson: str
    anchor: str
    correction: str = ""

    @property
    def proof(self):
        """The lesson that shows it."""
        return places()[self.lesson].lesson


@dataclass(frozen=True)
class Section:
    """A heading of the notes, the part that it belongs to, and its statements."""

    part: str
    heading: str
    statements: tuple[Statement, ...]


@cache
def sections():
    """Return the sections of the site's own file. Raise `NotesError` as `load` does."""
    return load(FILE)


def load(file):
    """Return the sections in a TOML file.

    Raise `NotesError` at the first problem: a file that is not TOML, a section without
    statements, or a field that is missing, unknown or malformed.
    """
    try:
        # Some editors begin a file with a byte order mark, which TOML does not allow.
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # what TOMLDecodeError and UnicodeDecodeError are
        raise NotesError(f"{file.name}: this is not valid TOML: {error}.") from error
    found = []
    for where, section in entries(table, "section", file.name):
        statements = entries(section, "statement", where)
        values = texts(section, ("part", "heading"), where, others=("statement",))
        found.append(Section(**values, statements=tuple(map(make_statement, statements))))
    texts(table, (), file.name, others=("section",))
    return tuple(found)


def make_statement(entry):
    """Return the `Statement` of an entry, which is a pair of its place and its table."""
    where, table = entry
    required = ("text", "lesson", "anchor")
    optional = ("correction",) if "correction" in table else ()
    return Statement(**texts(table, required + optional, where))


def entries(table, field, where):
    """Return the tables in the list `field`, such as [[section]], each with its place."""
    found = table.get(field)
    if not found or type(found) is not list or any(type(entry) is not dict for entry in found):
        raise NotesError(f"{where}, {field}: there must be entries that begin [[…{field}]].")
    return [(f"{where}, {field} {number}", entry) for number, entry in enumerate(found, start=1)]


def texts(table, names, where, others=()):
    """Return the fields called `names` as a dictionary of texts. Only `others` may be there too."""
    for field in table:
        if field not in (*names, *others):
            raise NotesError(f"{where}, {field}: there is no such field.")
    return {name: text(table, name, where) for name in names}


def text(table, field, where):
    """Return the text in `field`, its line breaks as spaces."""
    if field not in table:
        raise NotesError(f"{where}, {field}: this field is missing.")
    value = table[field]
    if type(value) is not str or not value.strip():
        raise NotesError(f"{where}, {field}: must be a text in quotes, not {value!r}.")
    value = " ".join(value.split())
    regex, wanted = FORMS.get(field, (".*", ""))
    if not re.fullmatch(regex, value):
        raise NotesError(f"{where}, {field}: must be {wanted}, not {value!r}.")
    return value
