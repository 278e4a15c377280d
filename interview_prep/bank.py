"""The question bank: interview questions and myths, read from the TOML files of a folder.

`myths.toml` holds the myths. Every other file is one subject: its title, its place among the
subjects, and its questions. Backquotes in a text mark code. Line breaks in a text are spaces.
"""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

FOLDER = Path(__file__).parent / "questions"
MYTHS_FILE = "myths.toml"
TIERS = ("A", "B", "C")

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
# Fields that are more than any text: what they must match, and how to say so
FORMS = {
    "id": (SLUG, 'like "what-is-a-cookie"'),
    "tier": ("|".join(TIERS), "one of " + ", ".join(TIERS)),
    "lesson": (r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*", 'like "sessions_demo:set_session"'),
    "anchor": (SLUG, 'like "first-save"'),
}
TYPES = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


class BankError(Exception):
    """A file of the bank is wrong. The message names the file, the question and the field."""


@dataclass(frozen=True)
class Subject:
    """What a file of questions is about. `slug` is the name of the file without `.toml`."""

    slug: str
    title: str
    order: int


@dataclass(frozen=True)
class Question:
    """An interview question with its answers, and where a lesson proves them.

    `short` is the answer in one breath, and `answer` says more. `lesson` is the name of a
    lesson's view, such as "sessions_demo:set_session", and `anchor` is an HTML id on its page.
    """

    subject: Subject
    id: str
    tier: str
    question: str
    short: str
    answer: str
    follow_up: str
    follow_up_answer: str
    lesson: str
    anchor: str


@dataclass(frozen=True)
class Myth:
    """A statement that is true or false, why, and where a lesson proves it."""

    id: str
    statement: str
    truth: bool
    why: str
    lesson: str
    anchor: str


@dataclass(frozen=True)
class Bank:
    """All subjects in their order, their questions in that order, and all myths."""

    subjects: tuple[Subject, ...]
    questions: tuple[Question, ...]
    myths: tuple[Myth, ...]

    def question(self, question_id):
        """Return the question of that id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)

    def select(self, subject=None, tier=None):
        """Return the questions of a subject, given by slug, and of a tier. None means any."""
        return tuple(
            question
            for question in self.questions
            if subject in (None, question.subject.slug) and tier in (None, question.tier)
        )

    def questions_for(self, lesson, limit=3):
        """Return the first `limit` questions that the lesson of that name proves."""
        return tuple(q for q in self.questions if q.lesson == lesson)[:limit]


@cache
def bank():
    """Return the `Bank` in this app's own folder. Raise `BankError` as `load` does."""
    return load(FOLDER)


def load(folder):
    """Return the `Bank` made of the TOML files in `folder`.

    Raise `BankError` at the first problem: no file at all, a file that is not TOML, a field
    that is missing, unknown or malformed, or an id that is used twice.
    """
    files = sorted(Path(folder).glob("*.toml"))
    if not files:
        raise BankError(f"{folder}: there are no .toml files here.")
    questions, myths, owners = {}, [], {}
    for file in files:
        table = parse(file)
        if file.name == MYTHS_FILE:
            tables = pop_tables(table, "myth", file)
            reject_unknown(table, (), file.name)
            myths = [make(Myth, myth, where, owners) for where, myth in tables]
        else:
            tables = pop_tables(table, "question", file)
            subject = make(Subject, table, file.name, slug=file.stem)
            questions[subject] = [
                make(Question, question, where, owners, subject=subject)
                for where, question in tables
            ]
    subjects = sorted(questions, key=lambda subject: (subject.order, subject.slug))
    in_order = (question for subject in subjects for question in questions[subject])
    return Bank(tuple(subjects), tuple(in_order), tuple(myths))


def plain(text):
    """Return a text of the bank without the backquotes that mark code."""
    return text.replace("`", "")


def parse(file):
    """Return the content of a TOML file as a dictionary. Raise `BankError` if it is not TOML."""
    try:
        # Some editors begin a file with a byte order mark, which TOML does not allow.
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # what TOMLDecodeError and UnicodeDecodeError are
        raise BankError(f"{file.name}: this is not valid TOML: {error}.") from error


def pop_tables(table, field, file):
    """Take the list `field`, such as [[question]], out of `table`.

    Return pairs of where each entry stands, for messages, and the entry. Raise `BankError` if
    there is no such list.
    """
    entries = table.pop(field, None)
    if not entries or type(entries) is not list or any(type(e) is not dict for e in entries):
        raise BankError(f"{file.name}, {field}: there must be entries that begin [[{field}]].")
    return [
        (f"{file.name}, {field} {number} ({entry.get('id', 'without id')})", entry)
        for number, entry in enumerate(entries, start=1)
    ]


def make(kind, table, where, owners=None, **given):
    """Return a `kind`, one of the dataclasses, made of the fields in `table` and those given.

    `owners` maps each id met so far to where it was met; the new id is added. Raise `BankError`,
    beginning with `where`, for the first field that is wrong.
    """
    types = {field.name: field.type for field in fields(kind) if field.name not in given}
    reject_unknown(table, types, where)
    values = {}
    for field, expected in types.items():
        if field not in table:
            raise BankError(f"{where}, {field}: this field is missing.")
        try:
            values[field] = checked(field, table[field], expected)
        except ValueError as error:
            raise BankError(f"{where}, {field}: {error}.") from None
    if owners is not None and owners.setdefault(values["id"], where) != where:
        raise BankError(f"{where}, id: {owners[values['id']]} has this id already.")
    return kind(**given, **values)


def reject_unknown(table, known, where):
    """Raise `BankError` if `table` has a field that is not in `known`."""
    for field in table:
        if field not in known:
            raise BankError(f"{where}, {field}: there is no such field.")


def checked(field, value, expected):
    """Return a value as the bank keeps it. Raise `ValueError`, saying why, if it is wrong."""
    if type(value) is not expected:  # for isinstance, true is a whole number
        raise ValueError(f"must be {TYPES[expected]}, not {value!r}")
    if expected is str:
        value = " ".join(value.split())
        if not value:
            raise ValueError("is empty")
        regex, wanted = FORMS.get(field, (".*", ""))
        if not re.fullmatch(regex, value):
            raise ValueError(f"must be {wanted}, not {value!r}")
    return value
