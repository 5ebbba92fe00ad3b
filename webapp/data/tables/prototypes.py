"""Prototypes, and the gaps that each is about."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from webapp.data import batches
from webapp.data.table import Asked, Column, Kind, Table, changed, changed_since, placed, plain
from webapp.data.tables.gaps import of_gap
from webapp.gaps.prototype_models import Prototype, PrototypeGap
from webapp.web.small_numbers import FEWEST

COLUMNS = (
    plain("id", Kind.NUMBER, "Its number. It never changes."),
    plain("title", Kind.TEXT, "What it is called."),
    plain("public", Kind.TEXT, "What is tried, in a sentence for everyone."),
    *placed(),
    plain("hypothesis", Kind.TEXT, "What we think will happen, and why."),
    plain("tries", Kind.TEXT, "What is done."),
    plain("measure", Kind.TEXT, "How we will know."),
    plain("starts_on", Kind.DAY, "Its first day."),
    plain("ends_on", Kind.DAY, "Its last day as planned."),
    Column("state", Kind.TEXT, "Where it stood on the day of the file: Planned, Running, Decision due or Decided.",
           lambda row, words: row.state(words.today).value),
    Column("decision", Kind.TEXT, "What it led to: scale, adapt or stop. Empty while nobody has decided.",
           lambda row, _: row.decision.value if row.decision else None),
    plain("decided_at", Kind.MOMENT, "When that was first decided."),
    plain("cost", Kind.NUMBER, "What it costs, in pounds; once it is decided, what it did cost."),
    Column("reached", Kind.TEXT, "How many people it reached, in words: of fewer than five no more is told.",
           lambda row, _: row.reached_in_words or None),
    Column("people_reached", Kind.NUMBER, "The same as a number. Empty for one to four, and where it is not known.",
           lambda row, _: None if row.reached and row.reached < FEWEST else row.reached),
    plain("became", Kind.TEXT, "What became of it."),
    plain("learned", Kind.TEXT, "What was learned, in words for everyone."),
    changed(),
)  # fmt: skip
GAP_COLUMNS = (
    plain("prototype", Kind.NUMBER, "The prototype.", of="prototype_id", to="prototypes.id"),
    of_gap(),
    plain("at", Kind.MOMENT, "When the two were linked."),
)


def _rows(asked: Asked) -> Iterator[Any]:
    return batches.in_order(asked.engine, changed_since(select(Prototype), Prototype, asked), [Prototype.id])


def _gap_rows(asked: Asked) -> Iterator[Any]:
    key = [PrototypeGap.prototype_id, PrototypeGap.gap_id]
    return batches.in_order(asked.engine, select(*PrototypeGap.__table__.c), key)


TABLE = Table(
    name="prototypes",
    title="Prototypes",
    row="One prototype: something small that is tried, to learn what works.",
    key=("id",),
    columns=COLUMNS,
    rows=_rows,
    tells_changes=True,
)
GAPS = Table(
    name="prototype_gaps",
    title="Gaps of prototypes",
    row="One gap that a prototype is about.",
    key=("prototype", "gap"),
    columns=GAP_COLUMNS,
    rows=_gap_rows,
)
