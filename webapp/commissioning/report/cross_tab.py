"""Gaps counted by any two of what is known of them: place by audience, outcome by team and so on.

Cells count gaps, which are about services; nothing here counts people.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from webapp.commissioning.report.links import OPEN as OPEN_ARGS
from webapp.commissioning.report.links import GapLinks, coded
from webapp.commissioning.report.scope import Scope
from webapp.gaps.models import Gap, GapAudience
from webapp.gaps.statuses import OPEN, Status
from webapp.library.vocabulary import Vocabulary

SHADES = 4


@dataclass(frozen=True)
class Dimension:
    """Something by which gaps are counted. `nothing` is what its empty value is called."""

    label: str
    vocabulary: str
    nothing: str


DIMENSIONS: Mapping[str, Dimension] = {
    "place": Dimension("Place", "places", "Whole city"),
    "audience": Dimension("Who it is for", "audiences", "Anyone"),
    "outcome": Dimension("Outcome", "outcomes", "Not decided"),
    "theme": Dimension("Theme", "themes", "Not decided"),
    "workstream": Dimension("Workstream", "workstreams", "Not decided"),
    "status": Dimension("Status", "", ""),
    "team": Dimension("Team that reported", "teams", "No team"),
}
AUDIENCE: ColumnElement[str] = func.coalesce(GapAudience.audience, "")
COLUMNS: Mapping[str, Any] = {
    "place": Gap.place,
    "audience": AUDIENCE,
    "outcome": Gap.outcome,
    "theme": Gap.theme,
    "workstream": Gap.workstream,
    "status": Gap.status,
    "team": Gap.reporter_team,
}
SHOWN = {"open": "Open now", "reported": "Reported within the days", "all": "All, open and closed"}


@dataclass(frozen=True)
class CrossQuestion:
    """What is counted: `rows` by `columns`, both of DIMENSIONS and not the same; `shown` of SHOWN."""

    rows: str = "place"
    columns: str = "audience"
    shown: str = "open"

    @classmethod
    def from_args(cls, args: Any) -> "CrossQuestion":
        """From an address: `rows`, `columns`, `shown`. What cannot be becomes the usual."""
        rows = args.get("rows") if args.get("rows") in DIMENSIONS else cls.rows
        columns = args.get("columns") if args.get("columns") in DIMENSIONS else cls.columns
        if columns == rows:
            columns = cls.columns if rows != cls.columns else cls.rows
        return cls(rows, columns, args.get("shown") if args.get("shown") in SHOWN else cls.shown)


@dataclass(frozen=True)
class CrossCell:
    """So many gaps, where they are listed (empty for none), and how dark it is: 0 to SHADES."""

    gaps: int
    href: str
    shade: int = 0


@dataclass(frozen=True)
class CrossTable:
    """Rows of (words, cells, total), those with most gaps first. Each gap stands once in each total."""

    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[CrossCell], CrossCell]]
    totals: Sequence[CrossCell]
    total: CrossCell

    def narrowed(self, most: int) -> "CrossTable":
        """With the first columns alone. Totals stay those of all."""
        rows = [(words, cells[:most], total) for words, cells, total in self.rows]
        return replace(self, heads=self.heads[:most], rows=rows, totals=self.totals[:most])


def table(session: Session, scope: Scope, asked: CrossQuestion, words: Vocabulary) -> CrossTable:
    """Count it. Only rows and columns that have a gap are there."""
    cells = _counts(session, scope, asked.shown, asked.rows, asked.columns)
    of_rows = _totals(session, scope, asked, cells, 0)
    of_columns = _totals(session, scope, asked, cells, 1)
    rows, columns = ([key for (key,), _ in _most_first(counts)] for counts in (of_rows, of_columns))
    most = max(cells.values(), default=0)
    whole = sum((of_columns if asked.rows == "audience" else of_rows).values())

    def cell(gaps: int, where: Mapping[str, str], dark: int = 0) -> CrossCell:
        return CrossCell(gaps, _link(scope, asked.shown, where) if gaps else "", dark)

    def line(row: str) -> tuple[str, Sequence[CrossCell], CrossCell]:
        here = {asked.rows: row}
        counts = [(cells[row, column], {**here, asked.columns: column}) for column in columns]
        return (
            name(asked.rows, row, words),
            [cell(count, where, shade(count, most)) for count, where in counts],
            cell(of_rows[row,], here),
        )

    return CrossTable(
        heads=[name(asked.columns, key, words) for key in columns],
        rows=[line(row) for row in rows],
        totals=[cell(of_columns[column,], {asked.columns: column}) for column in columns],
        total=cell(whole, {}),
    )


def name(dimension: str, key: str, words: Vocabulary) -> str:
    """A value of a dimension in words."""
    if dimension == "status":
        return Status(key).label
    about = DIMENSIONS[dimension]
    return words.label(about.vocabulary, key) if key else about.nothing


def shade(count: int, most: int) -> int:
    """How dark a cell of `count` is beside one of `most`: 0 for none, then 1 to SHADES. One gap alone is never dark."""
    return -(-count * SHADES // max(most, SHADES))


def _counts(session: Session, scope: Scope, shown: str, *dimensions: str) -> Counter[tuple[str, ...]]:
    columns = [COLUMNS[one] for one in dimensions]
    query: Select[Any] = select(*columns, func.count()).select_from(Gap)
    if "audience" in dimensions:
        query = with_audiences(query, scope)
    rows = session.execute(_within(query, scope, shown).group_by(*columns))
    return Counter({tuple(str(key) for key in keys): gaps for *keys, gaps in rows})


def _totals(
    session: Session, scope: Scope, asked: CrossQuestion, cells: Counter[tuple[str, ...]], position: int
) -> Counter[tuple[str, ...]]:
    """Of the rows (0) or the columns (1): the sum of their cells, but where those have a gap with each audience."""
    across = (asked.columns, asked.rows)[position]
    if across == "audience" and not scope.audience:
        return _counts(session, scope, asked.shown, (asked.rows, asked.columns)[position])
    totals: Counter[tuple[str, ...]] = Counter()
    for key, gaps in cells.items():
        totals[key[position],] += gaps
    return totals


def with_audiences(query: Select[Any], scope: Scope) -> Select[Any]:
    """`query` of gaps with a line for each audience; where the scope is about one, for that alone."""
    query = query.outerjoin(GapAudience, GapAudience.gap_id == Gap.id)
    return query.where(GapAudience.audience == scope.audience) if scope.audience else query


def _within(query: Select[Any], scope: Scope, shown: str) -> Select[Any]:
    if shown == "reported":
        return query.where(*scope.during(Gap.created_at))
    return query.where(*scope.standing(), *([Gap.status.in_(OPEN)] if shown == "open" else []))


def _link(scope: Scope, shown: str, where: Mapping[str, str]) -> str:
    links = GapLinks(scope)
    filters: dict[str, Any] = {dimension: coded(dimension, slug) for dimension, slug in where.items()}
    if shown == "reported":
        return links.within("reported", **filters)
    return links.to(**{**(OPEN_ARGS if shown == "open" else {}), **filters})


def _most_first(counts: Counter[tuple[str, ...]]) -> list[tuple[tuple[str, ...], int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
