"""The mock interview: ten questions, and which of them the reader knew, kept in a signed cookie.

All that is kept is the ids and their marks, in the order of the interview:

    mock_interview=what-is-a-cookie.known~csrf.unknown~chips.open:1vQ0Xk:…

The session would be the wrong place: what proves an answer is a lesson, and many lessons empty the
session. The signature is not there for secrecy, since a reader who cheats cheats nobody else. It
tells our own text from anything else that could come, and it holds the time, so that an old
interview counts as none.

Tabs do not lose each other's marks, because a mark is posted to the URL of its own question, and
each request brings the cookie as the response before it left it. What remains is the limit of
every cookie: it is set as a whole. Of two marks that are sent in the same instant, the response
that arrives last puts back its older copy of the other mark. Nobody presses two buttons at once,
and a lost mark is seen as one that is still open.
"""

import random
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from interview_prep.bank import Question, bank

COOKIE = "mock_interview"
MAX_AGE = 24 * 60 * 60  # seconds
DRAWN = {"A": 5, "B": 3, "C": 2}
MARKS = {"known": True, "unknown": False}
WORDS = {True: "known", False: "unknown", None: "open"}


@dataclass(frozen=True)
class Asked:
    """A question of the interview, its number there, and its mark: True, False or None."""

    number: int
    question: Question
    mark: bool | None


@dataclass(frozen=True)
class Interview:
    """The questions that were drawn, in order. There are none if no interview was started."""

    asked: tuple[Asked, ...]

    @classmethod
    def of(cls, marks):
        """Return the interview of a dictionary from ids to marks, without unknown questions."""
        found = [(bank().question(question_id), mark) for question_id, mark in marks.items()]
        known = [(question, mark) for question, mark in found if question]
        return cls(tuple(Asked(n, *entry) for n, entry in enumerate(known, start=1)))

    @property
    def marks(self):
        """A dictionary from the ids of the questions to their marks."""
        return {each.question.id: each.mark for each in self.asked}

    def find(self, question_id):
        """Return the `Asked` of that id, or None if the interview does not have it."""
        return next((each for each in self.asked if each.question.id == question_id), None)

    def neighbors(self, asked):
        """Return the `Asked` before and after that one, None where there is none."""
        around = [None, *self.asked, None]
        return around[asked.number - 1], around[asked.number + 1]

    def next_open(self, after=None):
        """Return the first `Asked` without a mark, beginning after that one, or None."""
        start = after.number if after else 0
        in_turn = self.asked[start:] + self.asked[:start]
        return next((each for each in in_turn if each.mark is None), None)

    @property
    def known(self):
        """What the reader knew."""
        return [each for each in self.asked if each.mark is True]

    @property
    def unknown(self):
        """What the reader did not know, and should revisit."""
        return [each for each in self.asked if each.mark is False]

    @property
    def marked(self):
        """What the reader has marked, in whichever way."""
        return [each for each in self.asked if each.mark is not None]


def draw():
    """Return a new `Interview`: ten questions by tier, none of them marked."""
    drawn = []
    for tier, count in DRAWN.items():
        questions = bank().select(tier=tier)
        drawn += random.sample(questions, min(count, len(questions)))
    return Interview.of({question.id: None for question in drawn})


def brought_by(request):
    """Return the `Interview` in the cookie. A cookie that is edited, old or odd counts as none."""
    text = request.get_signed_cookie(COOKIE, default="", max_age=MAX_AGE)
    marks = {}
    # A good signature is no promise about the text: older versions of this site signed others.
    for part in text.split("~")[: sum(DRAWN.values())]:
        question_id, _, word = part.rpartition(".")
        marks[question_id] = MARKS.get(word)
    return Interview.of(marks)


def keep(interview, response):
    """Have the browser keep the interview for a day."""
    text = "~".join(f"{question_id}.{WORDS[mark]}" for question_id, mark in interview.marks.items())
    response.set_signed_cookie(
        COOKIE,
        text,
        max_age=MAX_AGE,
        path=path(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response):
    """Have the browser delete the interview."""
    response.delete_cookie(COOKIE, path=path(), samesite="Lax")


def path():
    """Return the path that the cookie is for: interview preparation, and no lesson."""
    return reverse("interview_prep:home")
