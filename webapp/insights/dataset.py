"""Everything that pages and files of insights are made of, read once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.english.dates import month as month_name
from webapp.insights import barriers, lines, logs, measures, sessions, state
from webapp.insights.barriers import Barriers
from webapp.insights.logs import Logs
from webapp.insights.models import PROGRAMME, Measure, MeasurePoint
from webapp.insights.periods import Period, Quarter
from webapp.insights.sections import NO_FIGURE, Head, Row, Section, Value, formatted, share
from webapp.insights.sessions import Held
from webapp.insights.suppression import Cell, PeriodFigures
from webapp.library.vocabulary import Vocabulary

SO_FAR = "so far"


@dataclass(frozen=True)
class Gathered:
    """`words` names teams, localities and workstreams."""

    period: Period
    words: Vocabulary
    logs: Logs
    barriers: Barriers
    sessions: Mapping[tuple[Quarter, str], Held]


def gather(session: Session, period: Period, words: Vocabulary, now: datetime) -> Gathered:
    """Everything of `period`: what was counted before, where nothing has changed since."""
    localities = {slug: team.locality for slug, team in words.teams.items()}
    key = (str(session.get_bind().engine.url), period, words, state.of(session), int(now.timestamp()) // KEPT_SECONDS)
    counted = _COUNTED.get(key)
    if counted is None:
        counted = _COUNTED[key] = logs.read(session, period, localities), barriers.read(session, period, localities)
        while len(_COUNTED) > MOST_KEPT:
            _COUNTED.pop(next(iter(_COUNTED)), None)
    return Gathered(period, words, *counted, sessions.read(session, period, now))


# Counting takes longer than all else on a page; what it comes to is the same until somebody writes something.
_COUNTED: dict[tuple[object, ...], tuple[Logs, Barriers]] = {}
MOST_KEPT, KEPT_SECONDS = 6, 300


def month_label(month: date, period: Period) -> str:
    return f"{month_name(month)}, {SO_FAR}" if month == period.current else month_name(month)


def share_of(cell: Cell | None) -> Value:
    """The first part in per cent of all."""
    if cell is None:
        return None
    return share(cell.numbers[0], cell.total) if cell.total else NO_FIGURE


def total_of(cell: Cell | None) -> Value:
    return None if cell is None else cell.total


def first_of(cell: Cell | None) -> Value:
    return None if cell is None else cell.numbers[0]


def tree_rows(
    words: Vocabulary, values: Callable[[Callable[[PeriodFigures], Cell | None]], tuple[Value, ...]]
) -> list[Row]:
    """The programme, each locality and its teams. `values` is given how to look into the figures of a period.

    Teams of which nothing may be shown in any period are left out: see `left_out`.
    """
    rows = [Row("The programme", values(lambda figures: figures.programme))]
    names = {group.slug: group.label for group in words.localities}
    for locality in dict.fromkeys([*names, *(team.locality for team in words.teams.values())]):
        teams = [team for team in words.teams.values() if team.locality == locality]
        if not teams:
            continue
        name = names.get(locality, locality.replace("-", " ").capitalize() or "No locality")
        rows.append(Row(name, values(lambda figures, slug=locality: figures.locality(slug)), 1))  # type: ignore[misc]
        theirs = [
            Row(team.label, values(lambda figures, slug=team.slug: figures.team(slug)), 2)  # type: ignore[misc]
            for team in teams
        ]
        rows += [row for row in theirs if any(value is not None for value in row.values)]
    return rows


def left_out(words: Vocabulary, rows: Sequence[Row]) -> tuple[str, ...]:
    """What to say of the teams that `rows` leave out."""
    missing = len(words.teams) - sum(row.depth == 2 for row in rows)
    if not missing:
        return ()
    teams = "One team is" if missing == 1 else f"{missing} teams are"
    return (f"{teams} not shown in any of these periods.",)


def measure_sections(session: Session, got: Gathered, *scopes: str) -> list[Section]:
    """A section for each measure of `scopes`: its months beside its trajectory."""
    found = measures.of_scope(session, *scopes)
    points = measures.points(session, [measure.id for measure in found], got.period.first)
    return [_measure(measure, points[measure.id], got.words) for measure in found]


def scope_label(scope: str, words: Vocabulary) -> str:
    """The programme, a locality or a team, by its name."""
    names = {PROGRAMME: "The programme", **{group.slug: group.label for group in words.localities}}
    return names.get(scope) or words.label("teams", scope)


def _measure(measure: Measure, points: list[MeasurePoint], words: Vocabulary) -> Section:
    rows = [
        Row(month_name(p.month), tuple(NO_FIGURE if v is None else v for v in (p.value, p.trajectory))) for p in points
    ]
    aim = [] if measure.target is None else [f"Target: {formatted(measure.target, measure.unit)}."]
    way = f"{measure.better.value.capitalize()} is better."
    source = [f"Source: {measure.source}."] if measure.source else []
    return Section(
        id=f"measure-{measure.id}",
        title=measure.title if measure.scope == PROGRAMME else f"{measure.title}: {scope_label(measure.scope, words)}",
        what="Month",
        heads=(Head("Figure", measure.unit), Head("Trajectory", measure.unit)),
        rows=rows,
        lead=" ".join([*aim, way]),
        notes=source,
        lines=lines.draw([(p.month, p.value, p.trajectory) for p in points], measure.unit),
    )
