"""The statuses of a barrier: what each is called, what it means for the people who raised it, and its colour."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a barrier stands. The value is what the database and addresses hold."""

    NEW = "new"
    LOOKING = "looking"
    ACTING = "acting"
    ANSWERED = "answered"
    CANNOT = "cannot"

    @property
    def label(self) -> str:
        return WORDS[self].label

    @property
    def meaning(self) -> str:
        """One sentence to the people who raised it."""
        return WORDS[self].meaning

    @property
    def colour(self) -> str:
        """A colour of the GOV.UK tag. It never says more than the label does."""
        return WORDS[self].colour

    @property
    def is_open(self) -> bool:
        return self not in CLOSED


@dataclass(frozen=True)
class Words:
    label: str
    meaning: str
    colour: str


WORDS = {
    Status.NEW: Words("New", "The workstream lead will read this next.", "blue"),
    Status.LOOKING: Words("Being looked at", "The workstream lead is finding out what could be done.", "purple"),
    Status.ACTING: Words("Being acted on", "Something is being done about it.", "yellow"),
    Status.ANSWERED: Words("Answered", "It is dealt with. The answer says how.", "green"),
    Status.CANNOT: Words("Cannot be changed", "It stays as it is. The answer says why.", "grey"),
}
CLOSED = frozenset({Status.ANSWERED, Status.CANNOT})  # closing needs an answer that everyone can read
OPEN = tuple(status for status in Status if status.is_open)
WORTH_TELLING = frozenset({Status.ACTING, *CLOSED})  # the people who raised or shared it hear of these
