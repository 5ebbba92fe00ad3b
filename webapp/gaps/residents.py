"""How many residents a gap would help: an honest band from each colleague who asked, summed as a range.

Colleagues answer for the residents whom they work with. Nothing is told of fewer than five: a gap whose answers come
to fewer is told as "up to 5", and every sum adds what is told of its gaps, so that no part follows from a whole.
Why: docs/decisions/residents-in-bands.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from webapp.web.small_numbers import FEWEST


class Band(StrEnum):
    """One colleague's answer. `low` and `high` are numbers of residents; `high` is None where there is no end."""

    label: str
    low: int
    high: int | None

    def __new__(cls, value: str, label: str = "", low: int = 0, high: int | None = 0) -> Self:
        # The defaults are for type checkers, who take a look-up by value, `Band("1")`, for a call of this.
        band = str.__new__(cls, value)
        band._value_ = value
        band.label, band.low, band.high = label, low, high
        return band

    NOT_SAID = "", "Not said"
    ONE = "1", "One", 1, 1
    FEW = "2-5", "2 to 5", 2, 5
    SOME = "6-20", "6 to 20", 6, 20
    MORE = "21+", "More than 20", 21, None
    UNKNOWN = "unknown", "I don’t know"


ANSWERS = tuple((band.value, band.label) for band in Band if band is not Band.NOT_SAID)


@dataclass(frozen=True)
class ResidentRange:
    """From `low` to `high` residents, or to no known end where `more`. All 0 where nobody gave a number."""

    low: int = 0
    high: int = 0
    more: bool = False

    def __add__(self, other: "ResidentRange") -> "ResidentRange":
        return ResidentRange(self.low + other.low, self.high + other.high, self.more or other.more)

    def __bool__(self) -> bool:
        return self.low > 0

    @property
    def told(self) -> "ResidentRange":
        """What may be told of one gap with these answers: the same, or 1 to 5 and more where they come to fewer."""
        if not self or self.low >= FEWEST:
            return self
        return ResidentRange(1, max(self.high, FEWEST), self.more)

    @property
    def words(self) -> str:
        """“up to 5”, “6 to 20”, “21 or more”, “40”; “not known” where nobody gave a number."""
        if not self:
            return "not known"
        if self.more:
            return f"{self.low:,} or more"
        if self.low < FEWEST:
            return f"up to {self.high:,}"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"


def added(bands: Iterable[Band]) -> ResidentRange:
    """The sum of colleagues' answers about one gap, as they gave them. Those without a number add nothing."""
    every = list(bands)
    return ResidentRange(
        sum(band.low for band in every),
        sum(band.low if band.high is None else band.high for band in every),
        any(band.high is None for band in every),
    )
