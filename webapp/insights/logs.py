"""What is counted of learning logs, and which of it may be told. A log counts in the month of its week's Monday."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from webapp.insights import suppression
from webapp.insights.periods import Period, Quarter, shift
from webapp.insights.suppression import Cell, PeriodFigures, Shown, Teams
from webapp.learning_logs.models import Helped, LearningLog

YES = (Helped.HELPED, Helped.PARTLY)
PARTS = tuple(Helped)
MOST_TEXTS = 12
NOTHING = Cell((0, 0, 0), (frozenset(),) * 3)
NONE_TRIED = Cell((0, 0), (frozenset(),) * 2)


@dataclass(frozen=True)
class Logs:
    """The logs of a period, by month and team. `given` has the parts of PARTS; `tried` what is tried, and nothing.

    What is told comes from here alone, for every page and file: whoever reads it sees the same or less.
    """

    period: Period
    localities: Mapping[str, str]  # of each team
    given: Mapping[date, Teams]
    tried: Mapping[Quarter, Teams]

    @cached_property
    def counts(self) -> dict[date, PeriodFigures]:
        """How many logs were written, by month."""
        found = {}
        for month, given in self.given.items():
            teams = {team: cell.whole for team, cell in given.items()}
            found[month] = PeriodFigures(
                teams, self.localities, suppression.tree(teams, self.localities), NOTHING.whole
            )
        return found

    @cached_property
    def answers(self) -> dict[Quarter, PeriodFigures]:
        """Whether it helped, or partly did, by quarter."""
        found = {}
        for quarter in self.period.quarters:
            months = {
                month: {team: two_way(cell) for team, cell in self.given[month].items()} for month in quarter.months
            }
            shown = suppression.answers(months, self.localities, self._within(quarter))
            found[quarter] = PeriodFigures(_added(months.values()), self.localities, shown, two_way(NOTHING))
        return found

    @cached_property
    def tries(self) -> dict[Quarter, PeriodFigures]:
        """How many logs say what will be tried, by quarter."""
        return {
            quarter: PeriodFigures(
                teams,
                self.localities,
                suppression.tree(teams, self.localities, self._within(quarter)),
                NONE_TRIED,
            )
            for quarter, teams in self.tried.items()
        }

    def programme(self, month: date) -> Cell | None:
        """Whether it helped, in three parts or, where one is too small, in two: helped or partly, and not yet.

        None where that is too little as well.
        """
        whole = suppression.summed(self.given[month].values()) or NOTHING
        return next((cell for cell in (whole, two_way(whole)) if cell.is_enough or not cell.total), None)

    def _within(self, quarter: Quarter) -> Shown:
        return suppression.all_of([self.counts[month].shown for month in quarter.months])


def _added(months: Iterable[Teams]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for teams in months:
        for team, cell in teams.items():
            found[team] = found[team] + cell if team in found else cell
    return found


def two_way(cell: Cell) -> Cell:
    """Helped or partly, and not yet."""
    helped, partly, not_yet = cell.numbers
    return Cell((helped + partly, not_yet), (cell.people[0] | cell.people[1], cell.people[2]))


def read(session: Session, period: Period, localities: Mapping[str, str]) -> Logs:
    """The logs of `period`. Those of no team, or of one that content has dropped, are not counted."""
    found: dict[date, dict[str, tuple[list[int], list[set[int]]]]] = {month: {} for month in period.months}
    places = {helped.value: place for place, helped in enumerate(PARTS)}
    answer = type_coerce(LearningLog.helped, String)
    for week, team, helped, count, authors in session.execute(_counted_by(answer).where(*_counts(period))):
        if team in localities:
            kept, them = found[week.replace(day=1)].setdefault(team, ([0, 0, 0], [set(), set(), set()]))
            kept[places[helped]] += count
            them[places[helped]].update(map(int, authors.split(",")))
    given = {
        month: {team: Cell(tuple(kept), tuple(map(frozenset, them))) for team, (kept, them) in teams.items()}
        for month, teams in found.items()
    }
    return Logs(period, localities, given, _tried(session, period, localities))


def _counted_by(part: Any) -> Select[Any]:
    """How many logs each team wrote in each week, by `part`, and the ids of who wrote them, with commas between.

    One row for dozens of logs: to hand over every log would take longer than all else on a page.
    """
    authors = func.aggregate_strings(cast(LearningLog.author_id, String), ",")
    by = (LearningLog.week, LearningLog.team, part)
    return select(*by, func.count(), authors).group_by(*by)


def _tried(session: Session, period: Period, localities: Mapping[str, str]) -> dict[Quarter, dict[str, Cell]]:
    nothing_tried = case((LearningLog.will_try != "", 0), else_=1)
    ends = LearningLog.week < shift(period.quarters[-1].first, 3)
    counted: dict[tuple[Quarter, str], tuple[list[int], list[set[int]]]] = {}
    quarters = {month: quarter for quarter in period.quarters for month in quarter.months}
    for week, team, part, count, authors in session.execute(_counted_by(nothing_tried).where(*_counts(period), ends)):
        if team in localities:
            key = (quarters[week.replace(day=1)], team)
            numbers, people = counted.setdefault(key, ([0, 0], [set(), set()]))
            numbers[part] += count
            people[part].update(map(int, authors.split(",")))
    found: dict[Quarter, dict[str, Cell]] = {quarter: {} for quarter in period.quarters}
    for (quarter, team), (numbers, people) in counted.items():
        found[quarter][team] = Cell(tuple(numbers), tuple(map(frozenset, people)))
    return found


def texts(session: Session, team: str, month: date) -> list[str]:
    """What people of `team` said in `month` they would try and shared with it; nothing where fewer than five did."""
    shared = (
        LearningLog.team == team,
        LearningLog.week >= month,
        LearningLog.week < shift(month, 1),
        LearningLog.share,
        LearningLog.withdrawn_at.is_(None),
        LearningLog.will_try != "",
    )
    if (session.scalar(select(func.count(LearningLog.author_id.distinct())).where(*shared)) or 0) < suppression.FEWEST:
        return []
    # In the order of the letters, which says nothing of who wrote when.
    query = select(LearningLog.will_try).where(*shared).distinct().order_by(LearningLog.will_try).limit(MOST_TEXTS)
    return list(session.scalars(query))


def _counts(period: Period) -> tuple[ColumnElement[bool], ...]:
    until = shift(period.current, 1)
    return LearningLog.week >= period.first, LearningLog.week < until, LearningLog.withdrawn_at.is_(None)
