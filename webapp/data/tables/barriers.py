"""Barriers: what gets in the way of good practice. Which team one came from is told of nobody: see small-numbers.md."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.barriers import queries
from webapp.barriers.models import Barrier
from webapp.data import batches
from webapp.data.table import Asked, Column, Kind, Table, changed, coded, day, placed, plain
from webapp.data.tables.gaps import of_gap
from webapp.gaps.models import Gap

COLUMNS = (
    plain("ref", Kind.TEXT, "Its number, such as BAR-0001. It never changes and is never given again."),
    plain("text", Kind.TEXT, "What gets in the way, as it was written. Everyone who signs in can read it."),
    *coded("kind", "What kind of barrier it is", "barrier-kinds"),
    *coded("workstream", "The workstream that can act on it", "workstreams"),
    *coded("theme", "Its theme", "themes"),
    *placed(),
    Column("raised", Kind.DAY, "The day it was raised.", lambda b, _: day(b.created_at)),
    Column("people", Kind.NUMBER, "How many colleagues raised it or share it.", lambda b, _: b.stand.people),
    Column("status", Kind.TEXT, "Where it stands, in words. Where it is a gap as well, as its gap stands.",
           lambda b, _: b.stand.status.label),
    Column("status_code", Kind.TEXT, "Where it stands, as a code.", lambda b, _: b.stand.status.value,
           codes="barrier-statuses"),
    Column("status_reason", Kind.TEXT, "Why it stands there.", lambda b, _: b.stand.reason),
    Column("answer", Kind.TEXT, "The answer that everyone can read.", lambda b, _: b.stand.answer),
    Column("answered", Kind.DAY, "The day of the first answer.", lambda b, _: day(b.stand.answered_at)),
    plain("may_quote", Kind.YES_NO, "Whether who wrote it said that its words may be quoted, without a name."),
    of_gap(),
    plain("prototype", Kind.NUMBER, "The prototype that came of it.", of="prototype_id", to="prototypes.id"),
    plain("spotlight", Kind.TEXT, "The spotlight that was proposed because of it, as its address names it."),
    changed(),
)  # fmt: skip


class _Standing:
    """A barrier, and where it stands."""

    def __init__(self, barrier: Barrier, stand: queries.Stand) -> None:
        self.barrier, self.stand = barrier, stand

    @property
    def modified_at(self) -> datetime:
        """When the barrier or the gap that it is last changed."""
        gap = self.stand.gap
        return max(self.barrier.modified_at, gap.modified_at) if gap else self.barrier.modified_at

    def __getattr__(self, name: str) -> Any:
        return getattr(self.barrier, name)


def _rows(asked: Asked) -> Iterator[Any]:
    query = select(Barrier)
    if asked.since:
        # A barrier that is a gap as well stands as its gap does, or as the one which that was merged into.
        moved = select(Gap.id).where((Gap.modified_at >= asked.since) | Gap.merged_into_id.is_not(None))
        query = query.where((Barrier.modified_at >= asked.since) | Barrier.gap_id.in_(moved))
    every = batches.in_order(asked.engine, query, [Barrier.id])
    while batch := list(islice(every, batches.AT_ONCE)):
        with Session(asked.engine) as session:
            stands = queries.stands(session, batch)
        yield from (_Standing(barrier, stands[barrier.id]) for barrier in batch)


TABLE = Table(
    name="barriers",
    title="Barriers",
    row="One barrier: something that gets in the way of good practice.",
    key=("ref",),
    columns=COLUMNS,
    rows=_rows,
    tells_changes=True,
    notes=("Which team a barrier came from is not told: in a small team it would say who wrote it.",),
)
