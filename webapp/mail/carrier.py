"""What `delivery` asks of a way of sending: to carry a letter, and to say after a crash what became of one."""

from enum import StrEnum
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from webapp.mail.letters import Letter


class Fate(StrEnum):
    """What became of a letter."""

    SENT = "sent"  # taken: it is theirs now
    LATER = "later"  # not taken; another time it may be
    REFUSED = "refused"  # not taken, and never will be
    UNSURE = "unsure"  # it may have been taken, and nobody can say
    PENDING = "pending"  # it may have been taken, and we can find out later
    NEVER_LEFT = "never-left"  # surely not taken, and through no fault of the letter or the server


class DeliveryOutcome(NamedTuple):
    """`reason` names nobody. `stop` says that others would now fare no better."""

    fate: Fate
    reason: str = ""
    stop: bool = False


class Carrier(Protocol):
    """Entered for one round. Several may be at work, each on the rows that it has claimed."""

    holder: str  # what the rows it claims are marked with: whom to ask when nobody finished them

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def carry(self, letter: Letter) -> DeliveryOutcome:
        """Hand one letter over."""
        ...

    def look_up(self, reference: str) -> DeliveryOutcome:
        """What became of a letter that this holder claimed and nobody finished."""
        ...
