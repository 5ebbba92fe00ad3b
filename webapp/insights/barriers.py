"""What is counted of barriers: raised in each quarter, what became of them, and how soon each workstream answers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.barriers import queries
from webapp.barriers.models import Barrier
from webapp.barriers.statuses import CLOSED
from webapp.insights import suppression
from webapp.insights.buckets import begins, number_of
from webapp.insights.periods import Period, Quarter, shift
from webapp.insights.suppression import Cell, PeriodFigures, Tally
from webapp.web.small_numbers import FEWEST

NONE = Cell((0, 0), (frozenset(), frozenset()))
MOST_READ = 20_000  # of one period, the latest; the page says so where there are more


@dataclass(frozen=True)
class Turnaround:
    """Of the barriers that one workstream was told in one quarter. `days` is the median to the first answer."""

    raised: int
    answered: int
    days: int


@dataclass(frozen=True)
class Barriers:
    """Of each quarter and team: those closed with an answer, and those still open, with who raised them."""

    localities: Mapping[str, str]
    teams: Mapping[Quarter, Mapping[str, Cell]]
    workstreams: Mapping[tuple[Quarter, str], Turnaround]  # those that may be told
    is_cut: bool

    @cached_property
    def raised(self) -> dict[Quarter, PeriodFigures]:
        found = {}
        for quarter, cells in self.teams.items():
            teams = {team: cell.whole for team, cell in cells.items()}
            found[quarter] = PeriodFigures(teams, self.localities, suppression.tree(teams, self.localities), NONE.whole)
        return found

    @cached_property
    def became(self) -> dict[Quarter, PeriodFigures]:
        """What became of them: closed with an answer, and open."""
        return {
            quarter: PeriodFigures(
                teams,
                self.localities,
                suppression.tree(teams, self.localities, self.raised[quarter].shown),
                NONE,
            )
            for quarter, teams in self.teams.items()
        }


def read(session: Session, period: Period, localities: Mapping[str, str]) -> Barriers:
    """The barriers raised in the quarters of `period`. Where they stand is as it is now."""
    quarters = period.quarters
    starts = [begins(quarter.first) for quarter in quarters]
    ends = begins(shift(quarters[-1].first, 3))
    state = queries.states()
    place = number_of(Barrier.created_at, starts)
    wanted = (
        select(
            place,
            Barrier.team,
            Barrier.workstream,
            Barrier.reporter_id,
            Barrier.created_at,
            state.c.answered_at,
            state.c.status.in_([status.value for status in CLOSED]),
        )
        .join(state, state.c.id == Barrier.id)
        .where(Barrier.created_at >= starts[0], Barrier.created_at < ends)
        .order_by(Barrier.created_at.desc())
        .limit(MOST_READ)
    )
    teams: dict[Quarter, dict[str, Tally]] = {quarter: {} for quarter in quarters}
    streams: dict[Quarter, dict[str, Tally]] = {quarter: {} for quarter in quarters}
    days: dict[tuple[Quarter, str], list[int]] = defaultdict(list)
    rows = session.execute(wanted).all()
    for number, team, workstream, reporter, at, answered_at, is_closed in rows:
        quarter = quarters[number]
        them = () if reporter is None else (reporter,)
        is_answered = answered_at is not None
        if team in localities:
            teams[quarter].setdefault(team, Tally(2)).add(0 if is_closed else 1, 1, them)
        streams[quarter].setdefault(workstream, Tally(2)).add(0 if is_answered else 1, 1, them)
        if is_answered:
            days[quarter, workstream].append(max(0, (answered_at - at).days))
    counted = {quarter: suppression.cells(tallies) for quarter, tallies in streams.items()}
    by_team = {quarter: suppression.cells(tallies) for quarter, tallies in teams.items()}
    return Barriers(localities, by_team, _turnaround(counted, days), len(rows) == MOST_READ)


def _turnaround(
    streams: Mapping[Quarter, Mapping[str, Cell]], days: Mapping[tuple[Quarter, str], list[int]]
) -> dict[tuple[Quarter, str], Turnaround]:
    """Where five people or more wait or waited, and five or more were answered."""
    found = {}
    for quarter, cells in streams.items():
        whole = suppression.summed(cells.values())
        if whole is None or not whole.whole.is_enough:
            continue
        for stream in suppression.siblings({slug: cell.whole for slug, cell in cells.items()}):
            cell = cells[stream]
            if len(cell.people[0]) >= FEWEST:
                middle = round(median(days[quarter, stream]))
                found[quarter, stream] = Turnaround(cell.total, cell.numbers[0], middle)
    return found
