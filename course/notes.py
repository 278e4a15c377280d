"""The notes that the course is built from, and where the site shows each statement.

`notes.toml` holds them in their order, under their headings.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course import texts
from course.lessons import places

FILE = Path(__file__).parent / "notes.toml"


@dataclass(frozen=True)
class Statement:
    """A statement of the notes, retold.

    `lesson` is the name of a lesson's view and `anchor` an HTML id on its page, where the site
    shows it. `correction` says what holds where the notes are wrong, and is empty otherwise.
    """

    text: str
    lesson: str = texts.a_lesson()
    anchor: str = texts.an_anchor()
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
    """Return the sections of the site's own file. Raise `TextError` as `load` does."""
    return load(FILE)


def load(file):
    """Return the sections in a TOML file.

    Raise `TextError` at the first problem: a file that is not TOML, a section without
    statements, or a field that is missing, unknown or malformed.
    """
    table = texts.read(file)
    found = []
    for where, section in texts.pop_entries(table, "section", file.name):
        statements = tuple(
            texts.make(Statement, entry, place)
            for place, entry in texts.pop_entries(section, "statement", where)
        )
        found.append(texts.make(Section, section, where, statements=statements))
    texts.reject_unknown(table, (), file.name)
    return tuple(found)
