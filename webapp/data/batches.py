"""Rows of a table of any length, a few at a time: no number of them fills the memory.

No transaction is open while somebody's slow line takes them, so what changes meanwhile may be in the file or not.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Engine, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

AT_ONCE = 1000


def in_order(engine: Engine, query: Select[Any], key: Sequence[InstrumentedAttribute[Any]]) -> Iterator[Any]:
    """What `query` selects, by `key`, which tells its rows apart and is among its columns or those of its entity."""
    names, last = [column.key for column in key], None
    while True:
        wanted = query if last is None else query.where(tuple_(*key) > tuple_(*last))
        found = _fetch(engine, wanted.order_by(*key).limit(AT_ONCE))
        yield from found
        if len(found) < AT_ONCE:
            return
        last = [getattr(found[-1], name) for name in names]


def by_number(engine: Engine, query: Select[Any], number: InstrumentedAttribute[int]) -> Iterator[Any]:
    """The things of one table that `query` finds, in its own order. One that is removed meanwhile is left out."""
    ids = _fetch(engine, query.with_only_columns(number, maintain_column_froms=True))
    for start in range(0, len(ids), AT_ONCE):
        batch = ids[start : start + AT_ONCE]
        those = query.with_only_columns(number.class_).order_by(None).where(number.in_(batch))
        found = {getattr(thing, number.key): thing for thing in _fetch(engine, those)}
        yield from (found[one] for one in batch if one in found)


def _fetch(engine: Engine, query: Select[Any]) -> Sequence[Any]:
    """All of `query`; of a single column or entity the things themselves."""
    with Session(engine) as session:
        rows = session.execute(query).all()
    return [row[0] for row in rows] if rows and len(rows[0]) == 1 else rows
