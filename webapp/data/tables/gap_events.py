"""What happened to gaps: one row a step that everyone can see."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from webapp.data import batches
from webapp.data.table import Asked, Column, Kind, Table, changed, changed_since, coded, plain
from webapp.data.tables.gaps import of_gap
from webapp.gaps.models import GapEvent

TEAM, TEAM_CODE = coded("team", "The team of the commissioner who did it, never that of a reporter", "teams")
COLUMNS = (
    plain("id", Kind.NUMBER, "The number of the step. It never changes."),
    of_gap(),
    plain(
        "kind", Kind.TEXT,
        "What happened: reported, status, answered, corrected, undone, merged, unmerged, split, tried or learned.",
    ),
    plain("at", Kind.MOMENT, "When it happened."),
    TEAM,
    TEAM_CODE,
    Column("status", Kind.TEXT, "The status it took, in words. Empty where it took none.",
           lambda e, _: e.status.label if e.status else None),
    Column("status_code", Kind.TEXT, "The status it took, as a code.",
           lambda e, _: e.status.value if e.status else None, codes="gap-statuses"),
    plain("text", Kind.TEXT, "What was said of it to everyone: a reason, an answer, what is tried."),
    changed(),
)  # fmt: skip


def _rows(asked: Asked) -> Iterator[Any]:
    query = changed_since(select(*GapEvent.__table__.c), GapEvent, asked)
    return batches.in_order(asked.engine, query, [GapEvent.id])


TABLE = Table(
    name="gap_events",
    title="What happened to gaps",
    row="One step in the life of a gap.",
    key=("id",),
    columns=COLUMNS,
    rows=_rows,
    tells_changes=True,
    notes=("A step is kept, also where a later one undoes it.",),
)
