"""The statuses of a gap: what each is called, what it means for the people who asked, and its colour."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a gap stands. The value is what the database and addresses hold."""

    NEW = "new"
    UNDER_REVIEW = "under-review"
    PROTOTYPE = "prototype"
    IN_PLAN = "in-plan"
    MET = "met"
    NOT_NOW = "not-now"

    @property
    def label(self) -> str:
        return WORDS[self].label

    @property
    def meaning(self) -> str:
        """One sentence to the people who asked."""
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
    Status.NEW: Words("New", "A commissioner will read this next.", "blue"),
    Status.UNDER_REVIEW: Words("Under review", "A commissioner is finding out what could be done.", "purple"),
    Status.PROTOTYPE: Words("Prototype", "Something small is being tried, to learn what works.", "yellow"),
    Status.IN_PLAN: Words("In commissioning plan", "It is planned. It has not started yet.", "teal"),
    Status.MET: Words("Met", "There is now something that meets this.", "green"),
    Status.NOT_NOW: Words("Not now", "Nothing is planned. The answer says why.", "grey"),
}
CLOSED = frozenset({Status.MET, Status.NOT_NOW})  # closing needs an answer that everyone can read
OPEN = tuple(status for status in Status if status.is_open)
WORTH_TELLING = frozenset({Status.PROTOTYPE, Status.IN_PLAN, *CLOSED})  # the people who asked hear of these
