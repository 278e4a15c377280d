"""The mock interview: ten questions, and which of them the reader knew, kept in the session.

All that is stored is one small dictionary of ids and marks, in the order of the interview:

    request.session["mock_interview"] = {"what-is-a-cookie": True, "csrf": False, "chips": None}

True is known, False is not known, None is not marked yet. The texts stay in the bank.

Tabs do not lose each other's marks, because a mark is posted to the URL of its own question, and
each request loads what the requests before it have saved. What remains is the limit of every
session: it is saved as a whole. Of two marks that arrive in the same instant, the request that
saves last puts back its older copy of the other mark (the lesson `lost_update` shows this).
Nobody presses two buttons at once, and a lost mark is seen as one that is still open, so the
session is good enough here. Where a mark must never be lost, it needs a row of its own.
"""

import random
from dataclasses import dataclass

from interview_prep.bank import Question, bank

KEY = "mock_interview"
DRAWN = {"A": 5, "B": 3, "C": 2}
MARKS = {"known": True, "unknown": False}


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


def current(session):
    """Return the `Interview` in the session. Questions that left the bank are left out."""
    marks = session.get(KEY, {}).items()
    questions = [(bank().question(question_id), mark) for question_id, mark in marks]
    still_there = [(question, mark) for question, mark in questions if question]
    return Interview(
        tuple(
            Asked(number, question, mark)
            for number, (question, mark) in enumerate(still_there, start=1)
        )
    )


def start(session):
    """Draw ten questions by tier, in place of any interview before. Return the `Interview`."""
    drawn = []
    for tier, count in DRAWN.items():
        questions = bank().select(tier=tier)
        drawn += random.sample(questions, min(count, len(questions)))
    session[KEY] = {question.id: None for question in drawn}
    return current(session)


def mark(session, question_id, known):
    """Mark a question of the interview. Return the `Interview` as it is then."""
    # Assigned, not changed in place: Django would not notice, and would save nothing.
    session[KEY] = {**session[KEY], question_id: known}
    return current(session)


def abandon(session):
    """Forget the interview. The rest of the session stays."""
    session.pop(KEY, None)
