"""What colleagues search for and do not find, and what the gap log did, by month: for the programme as a whole."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from webapp.gaps.models import Gap
from webapp.insights.buckets import begins, number_of
from webapp.insights.periods import Period, shift
from webapp.searches.models import CountedSearch
from webapp.searches.patterns import FEW
from webapp.web.small_numbers import FEWEST


@dataclass(frozen=True)
class Month:
    """None where fewer than five people are behind a number, or behind what it leaves of the number before it."""

    searches: int | None
    few: int | None  # found FEW listings or fewer
    reported: int
    answered: int
    closed: int


def read(session: Session, period: Period) -> dict[date, Month]:
    """The months of `period` that are over."""
    months = period.whole_months
    starts = [begins(month) for month in months]
    ends = begins(shift(months[-1], 1))
    searched = _searches(session, starts, ends)
    reported, answered, closed = (
        _gaps(session, column, starts, ends) for column in (Gap.created_at, Gap.answered_at, Gap.closed_at)
    )
    return {
        month: Month(*searched.get(n, (0, 0)), reported.get(n, 0), answered.get(n, 0), closed.get(n, 0))
        for n, month in enumerate(months)
    }


def _searches(session: Session, starts: list[datetime], ends: datetime) -> dict[int, tuple[int | None, int | None]]:
    at, found = CountedSearch.at, CountedSearch.found
    place = number_of(at, starts).label("place")
    few, many = case((found <= FEW, CountedSearch.person)), case((found > FEW, CountedSearch.person))
    counted = select(
        place,
        func.count(),
        func.count(CountedSearch.person.distinct()),
        func.count(few),
        func.count(few.distinct()),
        func.count(many.distinct()),
    )
    rows = session.execute(counted.where(at >= starts[0], at < ends).group_by(place))
    return {
        number: (
            searches if people >= FEWEST else None,
            some if min(with_few, with_many) >= FEWEST else None,
        )
        for number, searches, people, some, with_few, with_many in rows
    }


def _gaps(session: Session, column: Any, starts: list[datetime], ends: datetime) -> dict[int, int]:
    """How many gaps there were with `column` in each month. Each of them stands in the gap log for all to read."""
    place = number_of(column, starts).label("place")
    counted = select(place, func.count()).where(column >= starts[0], column < ends, Gap.merged_into_id.is_(None))
    return dict(session.execute(counted.group_by(place)).all())
