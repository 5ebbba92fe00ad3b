"""Everything that pages and files of insights are made of, read once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.dates import month as month_name
from webapp.insights import barriers, logs, measures, sessions
from webapp.insights.barriers import Barriers
from webapp.insights.logs import Logs
from webapp.insights.models import PROGRAMME, Measure, MeasurePoint
from webapp.insights.periods import Period, Quarter
from webapp.insights.sections import NO_FIGURE, Head, Row, Section, Value, share, told
from webapp.insights.sessions import Held
from webapp.insights.suppression import Cell, Told
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
    localities = {slug: team.locality for slug, team in words.teams.items()}
    return Gathered(
        period,
        words,
        logs.read(session, period, localities),
        barriers.read(session, period, localities),
        sessions.read(session, period, now),
    )


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


def tree_rows(words: Vocabulary, values: Callable[[Callable[[Told], Cell | None]], tuple[Value, ...]]) -> list[Row]:
    """The programme, each locality and its teams. `values` is given how to look into the figures of a period."""
    rows = [Row("The programme", values(lambda told: told.programme))]
    names = {group.slug: group.label for group in words.localities}
    for locality in dict.fromkeys([*names, *(team.locality for team in words.teams.values())]):
        teams = [team for team in words.teams.values() if team.locality == locality]
        if not teams:
            continue
        name = names.get(locality, locality.replace("-", " ").capitalize() or "No locality")
        rows.append(Row(name, values(lambda told, slug=locality: told.locality(slug)), 1))  # type: ignore[misc]
        for team in teams:
            rows.append(Row(team.label, values(lambda told, slug=team.slug: told.team(slug)), 2))  # type: ignore[misc]
    return rows


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
    aim = [] if measure.target is None else [f"Target: {told(measure.target, measure.unit)}."]
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
        drawn=(0, 1),
        after=("", "planned"),
    )
