"""How much of another directory's machine, and of ours, reading its feed may take."""

from dataclasses import dataclass

from webapp.library.importing.feed import FeedError


@dataclass(frozen=True)
class FeedLimits:
    """Bounds of one reading. Seconds, bytes as they are once unpacked, and counts.

    A county's feed is a few megabytes in some hundred answers; with a page a second it is read in minutes.
    """

    pause: float = 0.5  # between two questions to one host
    step_seconds: float = 20  # without a byte
    answer_seconds: float = 60
    all_seconds: float = 2 * 3600
    answer_bytes: int = 64 << 20
    all_bytes: int = 256 << 20
    pages: int = 5000
    records: int = 200_000
    longest_wait: float = 120  # that a server may ask of us before the next question


class FeedFault(FeedError):
    """A feed could not be read whole. The message is a sentence or two; what was there before is still there."""


class Unending(FeedFault):
    """What came makes no whole: it is not gone on with, and the next reading begins anew."""


class NotThere(FeedFault):
    """The address answers that it has no such thing, or does not give it to us. `status` is the number it gives."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status

    @property
    def is_gone(self) -> bool:
        return self.status in {404, 410}
