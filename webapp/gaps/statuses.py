"""The statuses of a gap: what each is called, what it means for the people who asked, and its colour."""

from webapp.db.statuses import WordedStatus


class Status(WordedStatus):
    """Where a gap stands."""

    NEW = "new", "New", "A commissioner will read this next.", "blue"
    UNDER_REVIEW = "under-review", "Under review", "A commissioner is finding out what could be done.", "purple"
    PROTOTYPE = "prototype", "Prototype", "Something small is being tried, to learn what works.", "yellow"
    IN_PLAN = "in-plan", "In commissioning plan", "It is planned. It has not started yet.", "teal"
    MET = "met", "Met", "There is now something that meets this.", "green"
    NOT_NOW = "not-now", "Not now", "Nothing is planned. The answer says why.", "grey"

    @property
    def is_open(self) -> bool:
        return self not in CLOSED


CLOSED = frozenset({Status.MET, Status.NOT_NOW})  # closing needs an answer that everyone can read
OPEN = tuple(status for status in Status if status.is_open)
WORTH_TELLING = frozenset({Status.PROTOTYPE, Status.IN_PLAN, *CLOSED})  # the people who asked hear of these
