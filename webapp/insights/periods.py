"""The periods of figures: months and quarters of the calendar, and no others.

Nobody chooses a first and a last day, for figures of two periods that differ by a day tell what that day held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.english.dates import month as month_name

CHOICES = (2, 4, 8)  # quarters before the one we are in
USUAL = 4


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months of the calendar. `first` is the first day of the first."""

    first: date

    @property
    def months(self) -> tuple[date, date, date]:
        return self.first, shift(self.first, 1), shift(self.first, 2)

    @property
    def label(self) -> str:
        """July to September 2026"""
        return f"{self.first:%B} to {month_name(self.months[2])}"

    @property
    def short(self) -> str:
        """Jul–Sep 2026"""
        return f"{self.first:%b}–{self.months[2]:%b %Y}"


@dataclass(frozen=True, slots=True)
class Period:
    """The quarters that are over, the oldest first, and the months of this one. `today` is a day of this month."""

    quarters: tuple[Quarter, ...]
    today: date

    @classmethod
    def until(cls, today: date, number: int) -> "Period":
        """`number` quarters before the one that `today` is in."""
        this = quarter_of(today)
        return cls(tuple(Quarter(shift(this.first, -3 * back)) for back in range(number, 0, -1)), today)

    @property
    def first(self) -> date:
        return self.quarters[0].first

    @property
    def current(self) -> date:
        """This month, which is not over: its logs are counted, its answers are not told."""
        return self.today.replace(day=1)

    @property
    def whole_months(self) -> Sequence[date]:
        """The months that are over, the oldest first."""
        return self.months[:-1]

    @property
    def months(self) -> Sequence[date]:
        """All of them, this one too."""
        count = (self.today.year - self.first.year) * 12 + self.today.month - self.first.month + 1
        return [shift(self.first, number) for number in range(count)]


def chosen(value: str, today: date) -> Period:
    """What an address asks for with `quarters=4`; what is none of CHOICES is USUAL."""
    return Period.until(today, next((n for n in CHOICES if str(n) == value), USUAL))


def quarter_of(day: date) -> Quarter:
    return Quarter(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def shift(month: date, by: int) -> date:
    """The first day of the month so many after `month`, or before it."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)
