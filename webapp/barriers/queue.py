"""A workstream lead's queue: what waits for them, what is answered in the gap log, and what is closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier
from webapp.barriers.statuses import CLOSED, OPEN


@dataclass(frozen=True)
class QueueShelf:
    """One part of the queue, and what a list of it says when it is empty."""

    words: str
    empty: str


SHELVES = {
    "waiting": QueueShelf("Waiting for you", "Nothing waits for an answer."),
    "gaps": QueueShelf("In the gap log", "Nothing of yours is in the gap log."),
    "closed": QueueShelf("Closed", "Nothing is closed yet."),
}


def shelf_of(value: str | None) -> str:
    """The shelf that an address asks for; the first where it asks for none that there is."""
    return value if value in SHELVES else next(iter(SHELVES))


def _on(shelf: str) -> list[ColumnElement[bool]]:
    if shelf == "gaps":
        return [Barrier.gap_id.is_not(None)]
    return [Barrier.gap_id.is_(None), Barrier.status.in_(OPEN if shelf == "waiting" else CLOSED)]


def wanted(workstreams: Sequence[str], shelf: str) -> Select[Barrier]:
    """What is on one shelf: what most people share first where it waits, the newest first where it does not."""
    query = select(Barrier).where(Barrier.workstream.in_(workstreams), *_on(shelf))
    if shelf == "waiting":
        return query.order_by(Barrier.people.desc(), Barrier.created_at, Barrier.id)
    return query.order_by(Barrier.created_at.desc(), Barrier.id.desc())


def counts(session: Session, workstreams: Sequence[str]) -> dict[str, int]:
    """How many there are on each shelf."""
    theirs = select(func.count()).select_from(Barrier).where(Barrier.workstream.in_(workstreams))
    return {shelf: session.scalar(theirs.where(*_on(shelf))) or 0 for shelf in SHELVES}
