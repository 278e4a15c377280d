"""The question bank: interview questions and myths, read from the TOML files of a folder.

`myths.toml` holds the myths. Every other file is one subject: its title, its place among the
subjects, and its questions.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course import texts

FOLDER = Path(__file__).parent / "questions"
MYTHS_FILE = "myths.toml"
TIERS = ("A", "B", "C")
PROOFS = ("click", "read")


def a_proof():
    """Return a dataclass field that says how the lesson proves an answer. "click" if left out."""
    return texts.matching("|".join(PROOFS), "one of " + ", ".join(PROOFS), default="click")


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
    `proof` is "click" where the answer can be made to happen there, and "read" where it is said.
    """

    subject: Subject
    id: str = texts.an_id()
    tier: str = texts.matching("|".join(TIERS), "one of " + ", ".join(TIERS))
    question: str
    short: str
    answer: str
    follow_up: str
    follow_up_answer: str
    lesson: str = texts.a_lesson()
    anchor: str = texts.an_anchor()
    proof: str = a_proof()


@dataclass(frozen=True)
class Myth:
    """A statement that is true or false, why, and where a lesson proves it."""

    id: str = texts.an_id()
    statement: str
    truth: bool
    why: str
    lesson: str = texts.a_lesson()
    anchor: str = texts.an_anchor()
    proof: str = a_proof()


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
    """Return the `Bank` in this app's own folder. Raise `TextError` as `load` does."""
    return load(FOLDER)


def load(folder):
    """Return the `Bank` made of the TOML files in `folder`.

    Raise `TextError` at the first problem: no file at all, a file that is not TOML, a field
    that is missing, unknown or malformed, or an id that is used twice.
    """
    files = sorted(Path(folder).glob("*.toml"))
    if not files:
        raise texts.TextError(f"{folder}: there are no .toml files here.")
    questions, myths, every = {}, [], []
    for file in files:
        table = texts.read(file)
        if file.name == MYTHS_FILE:
            entries = texts.pop_entries(table, "myth", file.name)
            texts.reject_unknown(table, (), file.name)
            made = [(where, texts.make(Myth, entry, where)) for where, entry in entries]
            myths = [myth for _, myth in made]
        else:
            entries = texts.pop_entries(table, "question", file.name)
            subject = texts.make(Subject, table, file.name, slug=file.stem)
            made = [
                (where, texts.make(Question, entry, where, subject=subject))
                for where, entry in entries
            ]
            questions[subject] = [question for _, question in made]
        every += made
    texts.reject_twins(every)
    subjects = sorted(questions, key=lambda subject: (subject.order, subject.slug))
    in_order = (question for subject in subjects for question in questions[subject])
    return Bank(tuple(subjects), tuple(in_order), tuple(myths))
