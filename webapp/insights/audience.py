"""Whose figures somebody may read."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from webapp.library.vocabulary import Vocabulary
from webapp.people.models import Person, teams_convened_by

READERS = ("facilitator", "convener", "lead", "commissioner", "admin")
PROGRAMME_READERS = ("lead", "commissioner", "admin")
KEEPERS = ("commissioner", "admin")  # of measures


def teams_of(session: Session, person: Person, words: Vocabulary) -> Sequence[str]:
    """The teams whose figures `person` may read, in the order of content: theirs, or all."""
    if person.has(*PROGRAMME_READERS):
        return list(words.teams)
    theirs = {person.team, *(teams_convened_by(session, person.id) if person.has("convener") else ())}
    return [slug for slug in words.teams if slug in theirs]


def belongs(session: Session, person: Person, team: str) -> bool:
    """Whether what was shared with `team` was shared with `person` too: it is theirs, or they convene it."""
    return person.team == team or (person.has("convener") and team in teams_convened_by(session, person.id))
