"""The figures of the gap log. The database counts: no gap is read, however many there are."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, case, cast, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.gaps.models import Gap
from webapp.gaps.statuses import CLOSED, OPEN, Status
from webapp.reporting.scope import Scope, after, months, starts

LONG = timedelta(days=30)
OLDEST = 10
MOST_MONTHS = 24
USUAL_MONTHS = 12
AGES = ("Under 30 days", "30 to 89 days", "90 to 179 days", "180 days or more")
AGE_EDGES = (180, 90, 30)  # days, the oldest first


@dataclass
class Count:
    """So many gaps, and how many people asked for them: one who asked for two counts twice."""

    gaps: int = 0
    people: int = 0

    def add(self, gaps: int, people: int) -> None:
        self.gaps += gaps
        self.people += people


@dataclass(frozen=True)
class Median:
    """The days that half of `of` gaps took at the most; None where there are none."""

    days: float | None
    of: int


@dataclass(frozen=True)
class MonthFigures:
    """What happened within one month."""

    first: date
    reported: int
    answered: int
    closed: int


@dataclass(frozen=True)
class Figures:
    """Counts of the gaps that were reported within a scope. The keys of `by_place` and `by_theme` are slugs."""

    by_status: dict[Status, Count]
    by_place: dict[str, Count]
    by_theme: dict[str, Count]
    by_age: dict[str, Count]
    all_places: dict[str, Count]  # open and closed
    all_themes: dict[str, Count]
    unanswered_long: int
    to_answer: Median
    to_close: Median
    months: Sequence[MonthFigures]
    closed: dict[Status, int] = field(default_factory=dict)  # within the scope's days, whenever reported

    @property
    def open(self) -> Count:
        return _sum(self.by_status[status] for status in OPEN)

    @property
    def all(self) -> Count:
        return _sum(self.by_status.values())


def gather(session: Session, scope: Scope, now: datetime, today: date) -> Figures:
    """Everything that is counted. Open and closed are as they are now."""
    by_status = {status: Count() for status in Status}
    by_age = {age: Count() for age in AGES}
    places, themes, all_places, all_themes = (_tally() for _ in range(4))
    unanswered_long = 0
    for status, place, theme, age, unanswered, gaps, people in session.execute(_cube(scope, now)):
        by_status[status].add(gaps, people)
        all_places[place].add(gaps, people)
        all_themes[theme].add(gaps, people)
        if status.is_open:
            places[place].add(gaps, people)
            themes[theme].add(gaps, people)
            by_age[AGES[age]].add(gaps, people)
            unanswered_long += gaps if unanswered and age else 0
    return Figures(
        by_status=by_status,
        by_place=_most_first(places),
        by_theme=_most_first(themes),
        by_age=by_age,
        all_places=_most_first(all_places),
        all_themes=_most_first(all_themes),
        unanswered_long=unanswered_long,
        to_answer=_median(session, scope, Gap.answered_at),
        to_close=_median(session, scope, Gap.closed_at),
        months=_months(session, scope, today),
        closed=_closed(session, scope),
    )


def oldest(session: Session, scope: Scope) -> Sequence[Gap]:
    """The open gaps that have waited longest for an answer."""
    unanswered = select(Gap).where(Gap.status.in_(OPEN), Gap.answered_at.is_(None), *scope.during(Gap.created_at))
    return session.scalars(unanswered.order_by(Gap.created_at, Gap.id).limit(OLDEST)).all()


def _cube(scope: Scope, now: datetime) -> Any:
    """One pass over the gaps: a line for each status, place, theme, age and whether answered."""
    ages = [(Gap.created_at <= now - timedelta(days=days), len(AGE_EDGES) - i) for i, days in enumerate(AGE_EDGES)]
    age = case(*ages, else_=0).label("age")
    unanswered = case((Gap.answered_at.is_(None), 1), else_=0).label("unanswered")
    groups = (Gap.status, Gap.place, Gap.theme, age, unanswered)
    counted = select(*groups, func.count(), func.sum(Gap.people)).where(*scope.during(Gap.created_at))
    return counted.group_by(Gap.status, Gap.place, Gap.theme, age, unanswered)


def _median(session: Session, scope: Scope, column: InstrumentedAttribute[Any]) -> Median:
    """Of the gaps whose `column` is within the scope's days."""
    days = _days_between(session)(Gap.created_at, column)
    asked = [column.is_not(None), *scope.during(column)]
    count = session.scalar(select(func.count()).select_from(Gap).where(*asked)) or 0
    if not count:
        return Median(None, 0)
    middle = select(days).where(*asked).order_by(days).offset((count - 1) // 2).limit(2 - count % 2)
    values = [float(value) for value in session.scalars(middle)]
    return Median(round(sum(values) / len(values), 1), count)


def _days_between(session: Session) -> Callable[[Any, Any], ColumnElement[Any]]:
    if session.get_bind().dialect.name == "sqlite":
        return lambda first, last: func.julianday(last) - func.julianday(first)
    return lambda first, last: cast(extract("epoch", last - first), Float) / 86400.0


def _months(session: Session, scope: Scope, today: date) -> list[MonthFigures]:
    until = min(scope.until or today, today)
    earliest = until.replace(year=until.year - 1, day=1)
    firsts = months(scope.since or after(earliest), until, MOST_MONTHS if scope.since else USUAL_MONTHS)
    counts = [_by_month(session, scope, column, firsts) for column in (Gap.created_at, Gap.answered_at, Gap.closed_at)]
    return [MonthFigures(first, *(count[number] for count in counts)) for number, first in enumerate(firsts)]


def _by_month(session: Session, scope: Scope, column: InstrumentedAttribute[Any], firsts: Sequence[date]) -> Counter:
    if not firsts:
        return Counter()
    ends = [(column < starts(after(first)), number) for number, first in enumerate(firsts)]
    number = case(*ends).label("number")
    within = (column >= starts(firsts[0]), column < starts(after(firsts[-1])))
    query = select(number, func.count()).where(*within, *scope.during(column)).group_by(number)
    return Counter(dict(session.execute(query).all()))


def _closed(session: Session, scope: Scope) -> dict[Status, int]:
    query = select(Gap.status, func.count()).where(Gap.status.in_(CLOSED), *scope.during(Gap.closed_at))
    return dict(session.execute(query.group_by(Gap.status)).all())


class _Tally(dict[str, Count]):
    def __missing__(self, key: str) -> Count:
        self[key] = Count()
        return self[key]


def _tally() -> _Tally:
    return _Tally()


def _most_first(counts: dict[str, Count]) -> dict[str, Count]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1].gaps, -item[1].people, item[0])))


def _sum(counts: Any) -> Count:
    total = Count()
    for count in counts:
        total.add(count.gaps, count.people)
    return total
