"""The figures of the gap log. The database counts: no gap is read, however many there are.

What is open is counted as it is now, whenever it was reported. What was reported, answered and closed is counted
within the scope's days.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from webapp.commissioning.report.cross_tab import COLUMNS, with_audiences
from webapp.commissioning.report.medians import Median, median
from webapp.commissioning.report.scope import Scope, after, months
from webapp.english.dates import day_of, starts
from webapp.gaps.models import Gap
from webapp.gaps.residents import ResidentRange
from webapp.gaps.statuses import CLOSED, OPEN, Status
from webapp.web.small_numbers import FEWEST

LONG = timedelta(days=30)
OLDEST = 10
MOST_MONTHS = 24
AGES = ("Under 30 days", "30 to 89 days", "90 to 179 days", "180 days or more")
AGE_EDGES = (180, 90, 30)  # days, the oldest first


@dataclass
class Count:
    """So many gaps, how often staff asked for them, and how many residents they would help, as far as `known`."""

    gaps: int = 0
    staff: int = 0  # somebody who asked for two gaps counts twice
    residents: ResidentRange = field(default_factory=ResidentRange)
    known: int = 0  # gaps of which somebody said a number

    def add(self, other: "Count") -> None:
        self.gaps += other.gaps
        self.staff += other.staff
        self.residents += other.residents
        self.known += other.known


Stages = dict[tuple[str, Status], Count]  # of each place, or audience, in each status


@dataclass(frozen=True)
class MonthFigures:
    """What happened within one month."""

    first: date
    reported: int
    answered: int
    closed: int


@dataclass(frozen=True)
class Figures:
    """Counts within a scope; all but closed statuses are of now."""

    by_status: dict[Status, Count]  # of a closed one: those that closed within the days
    by_age: dict[str, Count]
    unanswered_long: int
    reported: Count
    to_answer: Median
    months: Sequence[MonthFigures]

    @property
    def open(self) -> Count:
        total = Count()
        for status in OPEN:
            total.add(self.by_status[status])
        return total


def gather(session: Session, scope: Scope, now: datetime, most_months: int = MOST_MONTHS) -> Figures:
    """Everything that is counted."""
    by_status = {status: Count() for status in Status} | _closed(session, scope)
    by_age = {age: Count() for age in AGES}
    unanswered_long = 0
    for status, age, unanswered, *sums in session.execute(_cube(scope, now)):
        count = counted(sums)
        by_status[status].add(count)
        by_age[AGES[age]].add(count)
        unanswered_long += count.gaps if unanswered and age else 0
    return Figures(
        by_status=by_status,
        by_age=by_age,
        unanswered_long=unanswered_long,
        reported=counted(session.execute(select(*sums_of()).where(*scope.during(Gap.created_at))).one()),
        to_answer=median(session, scope, Gap.answered_at),
        months=by_month(session, scope, most_months),
    )


def oldest(session: Session, scope: Scope, most: int = OLDEST) -> Sequence[Gap]:
    """The open gaps that have waited longest for an answer."""
    unanswered = select(Gap.id).where(Gap.status.in_(OPEN), Gap.answered_at.is_(None), *scope.standing())
    return first_of(session, unanswered.order_by(Gap.created_at, Gap.id), most)


def first_of(session: Session, ids: Select[int], most: int) -> Sequence[Gap]:
    """The first `most` gaps of these ids in their order: the index finds them, and only they are read."""
    found = session.scalars(ids.limit(most)).all()
    wanted = select(Gap).where(Gap.id.in_(found)).options(selectinload(Gap.owner))
    gaps = {gap.id: gap for gap in session.scalars(wanted)}
    return [gaps[number] for number in found if number in gaps]


def open_by(session: Session, scope: Scope, dimension: str) -> Stages:
    """Open gaps by a dimension of the cross-tab and by status. One that is for two audiences stands with both."""
    groups = (COLUMNS[dimension], Gap.status)
    query = select(*groups, *sums_of()).select_from(Gap).where(Gap.status.in_(OPEN), *scope.standing())
    query = with_audiences(query, scope) if dimension == "audience" else query
    return {(slug, status): counted(sums) for slug, status, *sums in session.execute(query.group_by(*groups))}


def most_first(stages: Stages) -> dict[str, Count]:
    """The counts of all statuses together, those of most gaps first."""
    whole: dict[str, Count] = {}
    for (slug, _), count in stages.items():
        whole.setdefault(slug, Count()).add(count)
    return dict(sorted(whole.items(), key=lambda item: (-item[1].gaps, -item[1].staff, item[0])))


def sums_of() -> tuple[ColumnElement[Any], ...]:
    """What is summed of gaps, for `counted`. Of each gap the residents are those that may be told of it."""
    low, high = Gap.residents_low, Gap.residents_high
    few = and_(low > 0, low < FEWEST)
    return (
        func.count(),
        func.coalesce(func.sum(Gap.people), 0),
        func.coalesce(func.sum(case((few, 1), else_=low)), 0),
        func.coalesce(func.sum(case((and_(few, high < FEWEST), FEWEST), else_=high)), 0),
        func.coalesce(func.max(Gap.residents_more), 0),
        func.count(case((low > 0, 1))),
    )


def counted(sums: Any) -> Count:
    """The count of a row that `sums_of` asked for."""
    gaps, staff, low, high, more, known = sums
    return Count(gaps, int(staff), ResidentRange(int(low), int(high), more > 0), known)


def by_month(session: Session, scope: Scope, most: int) -> list[MonthFigures]:
    """Whole months, from the first one with a gap to that of the scope's last day, the latest `most` of them."""
    first = session.scalar(select(func.min(Gap.created_at)).where(*scope.standing()))
    if first is None or day_of(first) > scope.until:
        return []
    firsts = months(day_of(first), scope.until, most)
    counts = [_in_months(session, scope, column, firsts) for column in (Gap.created_at, Gap.answered_at, Gap.closed_at)]
    return [MonthFigures(first, *(count[number] for count in counts)) for number, first in enumerate(firsts)]


def _cube(scope: Scope, now: datetime) -> Select[Any]:
    """One pass over the open gaps: a line for each status, age and whether answered."""
    ages = [(Gap.created_at <= now - timedelta(days=days), len(AGE_EDGES) - i) for i, days in enumerate(AGE_EDGES)]
    age = case(*ages, else_=0).label("age")
    unanswered = case((Gap.answered_at.is_(None), 1), else_=0).label("unanswered")
    groups = (Gap.status, age, unanswered)
    return select(*groups, *sums_of()).where(Gap.status.in_(OPEN), *scope.standing()).group_by(*groups)


def _closed(session: Session, scope: Scope) -> dict[Status, Count]:
    query = select(Gap.status, *sums_of()).where(Gap.status.in_(CLOSED), *scope.during(Gap.closed_at))
    return {status: counted(sums) for status, *sums in session.execute(query.group_by(Gap.status))}


def _in_months(session: Session, scope: Scope, column: InstrumentedAttribute[Any], firsts: Sequence[date]) -> Counter:
    number = _halved(column, firsts, 0).label("number")
    within = (column >= starts(firsts[0]), column < starts(after(firsts[-1])))
    query = select(number, func.count()).where(*within, *scope.standing()).group_by(number)
    return Counter(dict(session.execute(query).all()))


def _halved(column: InstrumentedAttribute[Any], firsts: Sequence[date], number: int) -> ColumnElement[int]:
    """Which month it is, found by halves: comparing with each in turn takes the database three times as long."""
    if len(firsts) == 1:
        return literal(number)
    middle = len(firsts) // 2
    earlier, later = _halved(column, firsts[:middle], number), _halved(column, firsts[middle:], number + middle)
    return case((column < starts(firsts[middle]), earlier), else_=later)
