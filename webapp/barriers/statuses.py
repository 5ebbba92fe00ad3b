"""The statuses of a barrier: what each is called, what it means for the people who raised it, and its colour."""

from webapp.db.statuses import WordedStatus


class Status(WordedStatus):
    """Where a barrier stands."""

    NEW = "new", "New", "The workstream lead will read this next.", "blue"
    LOOKING = "looking", "Being looked at", "The workstream lead is finding out what could be done.", "purple"
    ACTING = "acting", "Being acted on", "Something is being done about it.", "yellow"
    ANSWERED = "answered", "Answered", "It is dealt with. The answer says how.", "green"
    CANNOT = "cannot", "Cannot be changed", "It stays as it is. The answer says why.", "grey"

    @property
    def is_open(self) -> bool:
        return self not in CLOSED


CLOSED = frozenset({Status.ANSWERED, Status.CANNOT})  # closing needs an answer that everyone can read
OPEN = tuple(status for status in Status if status.is_open)
WORTH_TELLING = frozenset({Status.ACTING, *CLOSED})  # the people who raised or shared it hear of these
