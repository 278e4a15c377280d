"""The notes that the course is built from: their own words, what holds, and where it can be seen.

`notes.toml` holds them in their order, under their headings.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.text import slugify

from course import texts
from course.lessons import places, source_of

FILE = Path(__file__).parent / "notes.toml"

A_VIEW = r"[a-z]+\.[a-z_]+"

# What can be said of a statement, in a word for each
VERDICTS = {
    "holds": "Holds.",
    "partly": "Not the whole truth.",
    "wrong": "Not so.",
    "at-odds": "At odds with itself.",
}


@dataclass(frozen=True)
class View:
    """A view of the notes: two functions of one name, as the notes have it and mended.

    `part` is "sessions" or "cookies". Some names occur in both.
    """

    part: str
    name: str

    @property
    def noted(self):
        """The function as it stands in the notes."""
        return import_string(f"course.snippets.{self.part}_as_noted.{self.name}")

    @property
    def mended(self):
        """The function as it should be."""
        return import_string(f"course.snippets.{self.part}_mended.{self.name}")

    @property
    def url(self):
        """The path of the page on which both can be run."""
        return reverse("notes:run", args=[self.part, self.name])


@dataclass(frozen=True)
class Snippet:
    """Code in the notes: `code` that stands in `notes.toml`, then the source of `views`.

    For a snippet with views, `steps` says what to try with them, and `writes` what they leave in
    the browser or in its session. `first` names a view that must have run before, if one must.
    `reads` is the name of a cookie or a session key that they print, if they do.
    """

    code: str = texts.code(default="")
    views: str = texts.matching(
        f"{A_VIEW}( {A_VIEW})*",
        'like "sessions.login_view sessions.dashboard"',
        default="",
    )
    first: str = texts.matching(A_VIEW, 'like "sessions.set_session"', default="")
    steps: str = ""
    writes: str = ""
    reads: str = ""

    @property
    def runs(self):
        """The `View`s in it, in the order of the notes."""
        return [View(*name.split(".")) for name in self.views.split()]

    @property
    def before(self):
        """The `View` to run before them, or None."""
        return View(*self.first.split(".")) if self.first else None

    @property
    def text(self):
        """The snippet as the notes print it."""
        sources = [source_of(view.noted)[0].rstrip() for view in self.runs]
        return "\n\n".join(filter(None, [self.code, *sources]))


@dataclass(frozen=True)
class Proof:
    """Where something can be seen: the name of a lesson's view, and an HTML id on its page."""

    lesson: str = texts.a_lesson()
    anchor: str = texts.an_anchor()

    @property
    def place(self):
        """The lesson."""
        return places()[self.lesson].lesson


@dataclass(frozen=True)
class Statement:
    """What the notes say, word for word and with their code, and what holds."""

    verdict: str = texts.matching("|".join(VERDICTS), f"one of {', '.join(VERDICTS)}")
    holds: str
    snippets: tuple[Snippet, ...]
    proofs: tuple[Proof, ...]
    words: str = ""

    @property
    def said(self):
        """The verdict, in words for the reader."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True)
class Section:
    """A heading of the notes, the part that it belongs to, and its statements.

    The last part of the notes begins without a heading.
    """

    part: str
    statements: tuple[Statement, ...]
    heading: str = ""

    @property
    def id(self):
        """An HTML id for it."""
        return slugify(f"{self.part} {self.heading}")

    @property
    def part_id(self):
        """An HTML id for the part that it belongs to."""
        return slugify(self.part)

    @property
    def corrections(self):
        """How many of its statements do not hold as they stand."""
        return sum(statement.verdict != "holds" for statement in self.statements)


@cache
def sections():
    """Return the sections of the site's own file. Raise `TextError` as `load` does."""
    return load(FILE)


@cache
def views():
    """Return a dictionary from each `View` in the notes to its section, statement and snippet."""
    return {
        view: (section, statement, snippet)
        for section in sections()
        for statement in section.statements
        for snippet in statement.snippets
        for view in snippet.runs
    }


def load(file):
    """Return the sections in a TOML file.

    Raise `TextError` at the first problem: a file that is not TOML, a section without
    statements, a statement without words and code, or a field that is missing, unknown or
    malformed.
    """
    table = texts.read(file)
    found = []
    for where, section in texts.pop_entries(table, "section", file.name):
        statements = tuple(
            statement_of(entry, place)
            for place, entry in texts.pop_entries(section, "statement", where)
        )
        found.append(texts.make(Section, section, where, statements=statements))
    texts.reject_unknown(table, (), file.name)
    return tuple(found)


def statement_of(table, where):
    """Return the `Statement` that a table holds. Raise `TextError` as `load` does."""
    proofs = tuple(
        texts.make(Proof, entry, place) for place, entry in texts.pop_entries(table, "proof", where)
    )
    snippets = ()
    if "snippet" in table:
        entries = texts.pop_entries(table, "snippet", where)
        snippets = tuple(texts.make(Snippet, entry, place) for place, entry in entries)
    elif "words" not in table:
        raise texts.TextError(f"{where}, words: this field is missing.")
    return texts.make(Statement, table, where, proofs=proofs, snippets=snippets)
