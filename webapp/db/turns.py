"""Whose turn it is: of several workers one does a job that two at once would do twice.

    if turns.take(session, "tidying", by=me, now=now(), lease=LEASE):
        ...
        turns.give_back(session, "tidying", by=me, due=now() + every)

A turn is held for a time, not for a transaction: the job may commit. Whoever was killed loses it when that has passed.
"""

from datetime import datetime, timedelta

from sqlalchemy import String, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.upsert import insert

SELDOM = timedelta(hours=2)  # everything is due more often


class Turn(Base):
    """One kind of work: when it is due, who has it, and until when."""

    __tablename__ = "job_turns"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(Moment)
    held_by: Mapped[str] = mapped_column(String(300), default="")
    held_until: Mapped[datetime | None] = mapped_column(Moment)


def take(session: Session, name: str, *, by: str, now: datetime, lease: timedelta, anyway: bool = False) -> bool:
    """Whether `name` is due (or `anyway`) and free, or `by`'s own already; then it is theirs for `lease`. Commits."""
    session.connection(execution_options={"writes": True})
    row = {"name": name, "due_at": now, "held_by": "", "held_until": None}
    session.execute(insert(session, Turn).values(row).on_conflict_do_nothing())
    # What is further ahead than anybody can have meant was written before the clock was set back.
    free = or_(Turn.held_until.is_(None), Turn.held_until < now, Turn.held_until > now + lease, Turn.held_by == by)
    wanted = select(Turn.name).where(Turn.name == name, free)
    if not anyway:
        wanted = wanted.where(or_(Turn.due_at <= now, Turn.due_at > now + SELDOM))
    mine = session.scalar(wanted.with_for_update(skip_locked=True))
    if mine:
        session.execute(update(Turn).where(Turn.name == name).values(held_by=by, held_until=now + lease))
    session.commit()
    return mine is not None


def give_back(session: Session, name: str, *, by: str, due: datetime) -> None:
    """`by` has done `name`, which is due again then. Commits. Changes nothing where somebody else has it by now."""
    mine = update(Turn).where(Turn.name == name, Turn.held_by == by)
    session.execute(mine.values(held_by="", held_until=None, due_at=due))
    session.commit()
