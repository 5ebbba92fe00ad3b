"""Unmet demand: what people searched for and hardly found, by month and place.

Only months that are over are told, so that two files of one month never differ by one person's search; and only words
that five people or more searched for in it. Why: docs/decisions/data-out.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.data.table import Asked, Column, Kind, Table, plain
from webapp.searches import counting, patterns
from webapp.searches.patterns import Pattern
from webapp.web.small_numbers import FEWEST

COLUMNS = (
    Column("id", Kind.TEXT, "The month, the place and what the words have in common.", lambda r, _: r.id),
    plain("month", Kind.DAY, "The first day of the month."),
    Column("words", Kind.TEXT, "The words, as most people typed them.", lambda r, _: r.pattern.words),
    Column("place", Kind.TEXT, "The place that was searched in. Empty for several places, or none.",
           lambda r, words: words.label("places", r.pattern.place)),
    Column("place_code", Kind.TEXT, "That place as a code.", lambda r, _: r.pattern.place or None, codes="places"),
    Column("searches", Kind.NUMBER, f"Searches that found {patterns.FEW} results or fewer.",
           lambda r, _: r.pattern.searches),
    Column("people_at_least", Kind.NUMBER, f"How many people made them. Never fewer than {FEWEST}.",
           lambda r, _: r.pattern.people),
    Column("found_nothing", Kind.NUMBER, "How many of these searches found nothing at all.",
           lambda r, _: r.pattern.nothing),
)  # fmt: skip


@dataclass(frozen=True)
class MonthOfPattern:
    """What was searched for in one month. `month` is its first day."""

    month: date
    pattern: Pattern

    @property
    def id(self) -> str:
        return f"{self.month:%Y-%m}:{self.pattern.place}:{self.pattern.phrase}"


def _rows(asked: Asked) -> Iterator[Any]:
    # Searches are forgotten day by day: a month that has begun to go would tell of one person from one day to the next.
    month = _after(_month_of(asked.now - counting.KEPT))
    while (following := _after(month)) <= _month_of(asked.now):
        with Session(asked.engine) as session:
            unmet = [search for search in patterns.read(session, month, following, {}) if search.is_unmet]
        told = [pattern for pattern in patterns.patterns(unmet) if pattern.people >= FEWEST]
        yield from (MonthOfPattern(month.date(), pattern) for pattern in told)
        month = following


def _month_of(moment: datetime) -> datetime:
    """Where the month began, in UTC: as people are told apart, who have another name in each."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _after(month: datetime) -> datetime:
    years, number = divmod(month.month, 12)
    return month.replace(year=month.year + years, month=number + 1)


TABLE = Table(
    name="demand",
    title="Unmet demand",
    row="What several people searched for in one month and hardly found.",
    key=("id",),
    columns=COLUMNS,
    rows=_rows,
    notes=(
        "Only whole months that are over are told. Searches are kept for 13 months, so earlier months leave the table.",
        f"Words that fewer than {FEWEST} people searched for in a month are left out.",
        f"Of a month with very many searches the latest {patterns.MOST_READ:,} are counted.",
    ),
)
