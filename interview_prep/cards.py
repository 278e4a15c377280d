"""The cards that a filter leaves. The filter is in the address, so that it can be shared."""

from dataclasses import dataclass
from urllib.parse import urlencode

from interview_prep.bank import TIERS, Subject, bank


class UnknownFilter(Exception):
    """The address asks for a subject or a tier that does not exist. The message says which."""


@dataclass(frozen=True)
class Deck:
    """The cards of a subject and of a tier. None means any."""

    subject: Subject | None = None
    tier: str | None = None

    @classmethod
    def chosen_by(cls, query):
        """Return the deck that a query such as `?subject=cookies&tier=A` asks for.

        Raise `UnknownFilter` if there is no such subject or tier.
        """
        slug, tier = query.get("subject") or None, query.get("tier") or None
        subjects = {subject.slug: subject for subject in bank().subjects}
        if slug is not None and slug not in subjects:
            raise UnknownFilter(f"There is no subject “{slug[:40]}”.")
        if tier is not None and tier not in TIERS:
            raise UnknownFilter(f"There is no tier “{tier[:40]}”.")
        return cls(subjects.get(slug), tier)

    @property
    def query(self):
        """The query that asks for this deck, such as "?subject=cookies&tier=A", or ""."""
        chosen = {"subject": self.subject and self.subject.slug, "tier": self.tier}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{query}" if query else ""

    @property
    def cards(self):
        """The questions of the deck, in the order of the bank."""
        return bank().select(self.subject and self.subject.slug, self.tier)

    @property
    def by_subject(self):
        """The decks that differ in the subject: all subjects first."""
        return [Deck(subject, self.tier) for subject in (None, *bank().subjects)]

    @property
    def by_tier(self):
        """The decks that differ in the tier: all tiers first."""
        return [Deck(self.subject, tier) for tier in (None, *TIERS)]

    def place_of(self, question):
        """Return the number of a card here and its neighbors, or None if it is not here."""
        if question not in self.cards:
            return None
        number = self.cards.index(question) + 1
        around = [None, *self.cards, None]
        return {"number": number, "previous": around[number - 1], "next": around[number + 1]}
