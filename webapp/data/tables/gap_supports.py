"""Who asked for gaps after whoever reported them: one row a colleague who joined, without their name."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import select

from webapp.data import batches
from webapp.data.table import Asked, Column, Kind, Table, changed, changed_since, coded, day, plain
from webapp.data.tables.gaps import of_gap, ref
from webapp.gaps.models import GapSupport

# How many residents one colleague knows of is not told: a gap's sum is, as bands allow.
READ = ("public_id", "gap_id", "user_id", "team", "evidence", "may_quote", "created_at", "via_id", "modified_at")
COLUMNS = (
    plain("id", Kind.TEXT, "What the row is called. It says nothing of whose it is.", of="public_id"),
    of_gap(),
    Column("joined", Kind.DAY, "The day on which the colleague asked for it too.", lambda s, _: day(s.created_at)),
    *coded("team", "The team of the colleague at that time", "teams"),
    plain("evidence", Kind.TEXT, "What they had tried. Everyone who signs in can read it."),
    plain("may_quote", Kind.YES_NO, "Whether they said that it may be quoted outside, without a name."),
    Column("came_by", Kind.TEXT, "The gap through which they came, where that was merged into this one.",
           lambda s, _: ref(s.via_id), to="gaps.ref"),
    changed(),
)  # fmt: skip


def _rows(asked: Asked) -> Iterator[Any]:
    query = changed_since(select(*(GapSupport.__table__.c[name] for name in READ)), GapSupport, asked)
    found = batches.in_order(asked.engine, query, [GapSupport.gap_id, GapSupport.user_id])
    for _, those in groupby(found, lambda row: row.gap_id):
        yield from sorted(those, key=lambda row: row.public_id or "")  # in an order that says nothing of anybody


TABLE = Table(
    name="gap_supports",
    title="Who else asked",
    row="One colleague who asked for a gap after it was reported. Nobody is named.",
    key=("id",),
    columns=COLUMNS,
    rows=_rows,
    tells_changes=True,
    notes=(
        "Colleagues of a gap: one, who reported it, and a row here for each other.",
        "Count rows of gaps with an empty merged_into: who asked for a merged gap has a row with its main gap too.",
        "A row goes when its colleague takes it back. Take the table whole now and then.",
    ),
)
