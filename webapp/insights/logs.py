"""What is counted of learning logs, and which of it may be told. A log counts in the month of its week's Monday."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from webapp.insights import suppression
from webapp.insights.periods import Period, Quarter, shift
from webapp.insights.suppression import Cell, PeriodFigures, Shown, Tally, Teams
from webapp.learning_logs.models import Helped, LearningLog
from webapp.web.small_numbers import FEWEST

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
    places = {helped.value: place for place, helped in enumerate(PARTS)}
    given: dict[date, dict[str, Tally]] = {month: {} for month in period.months}
    tried: dict[Quarter, dict[str, Tally]] = {quarter: {} for quarter in period.quarters}
    quarters = {month: quarter for quarter in period.quarters for month in quarter.months}
    for week, team, helped, tries, count, authors in session.execute(_counted(period)):
        if team not in localities:
            continue
        month, people = week.replace(day=1), [int(author) for author in authors.split(",")]
        given[month].setdefault(team, Tally(3)).add(places[helped], count, people)
        if month in quarters:
            tried[quarters[month]].setdefault(team, Tally(2)).add(0 if tries else 1, count, people)
    return Logs(period, localities, _cells(given), _cells(tried))


def _cells(tallies: Mapping[Any, Mapping[str, Tally]]) -> dict[Any, dict[str, Cell]]:
    return {when: suppression.cells(teams) for when, teams in tallies.items()}


def _counted(period: Period) -> Select[Any]:
    """How many logs each team wrote in each week, by their answer and whether they say what will be tried.

    With the ids of who wrote them, and commas between: one row for dozens of logs, as to hand over every log would
    take longer than all else on a page.
    """
    authors = func.aggregate_strings(cast(LearningLog.author_id, String), ",")
    helped = type_coerce(LearningLog.helped, String)
    by: tuple[Any, ...] = (LearningLog.week, LearningLog.team, helped, LearningLog.tries)
    return select(*by, func.count(), authors).where(*_counts(period)).group_by(*by)


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
    if (session.scalar(select(func.count(LearningLog.author_id.distinct())).where(*shared)) or 0) < FEWEST:
        return []
    # In the order of the letters, which says nothing of who wrote when.
    query = select(LearningLog.will_try).where(*shared).distinct().order_by(LearningLog.will_try).limit(MOST_TEXTS)
    return list(session.scalars(query))


def _counts(period: Period) -> tuple[ColumnElement[bool], ...]:
    until = shift(period.current, 1)
    return LearningLog.week >= period.first, LearningLog.week < until, LearningLog.withdrawn_at.is_(None)
