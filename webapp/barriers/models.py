"""The tables of barriers: what gets in the way of good practice. Only `report` and `triage` write to them."""

import re
import textwrap
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.barriers.statuses import Status
from webapp.db.engine import Base, Moment, Stamped
from webapp.db.statuses import stored
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.people.models import User

REF = re.compile(r"BAR-(\d{4,9})")
LONGEST_TEXT = 500
LONGEST_TITLE = 110
PROVISION = "provision"  # the kind, of the vocabulary `barrier-kinds`, that is a gap


class BarrierSource(StrEnum):
    """Where a barrier was written. The value is what the database holds."""

    LOG = "log"  # a learning log
    SESSION = "session"  # the form after a spotlight session
    DIRECT = "direct"  # its own form


class Barrier(Stamped, Base):
    """Something that gets in the way, and the workstream that can act on it. Texts have passed the guard.

    `kind`, `workstream`, `team`, `place` and `theme` are vocabulary slugs; the last three may be empty. Where it
    is a gap as well (`gap_id`), the gap's status and answer are the ones that count: see `queries.stands`.
    """

    __tablename__ = "barriers"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from BarrierCounter: never used again
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    kind: Mapped[str] = mapped_column(String(100))
    workstream: Mapped[str] = mapped_column(String(100))
    team: Mapped[str] = mapped_column(String(100), default="")  # of whoever raised it, at the time
    place: Mapped[str] = mapped_column(String(100), default=WHOLE_CITY)
    theme: Mapped[str] = mapped_column(String(100), default="")
    source: Mapped[BarrierSource] = mapped_column(stored(BarrierSource), default=BarrierSource.DIRECT)
    may_quote: Mapped[bool] = mapped_column(default=False)  # in a meeting or a report, without a name
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    people: Mapped[int] = mapped_column(default=1)  # who raised it and everyone who shares it

    status: Mapped[Status] = mapped_column(stored(Status), default=Status.NEW)
    status_reason: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)  # the first time
    answer_changed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    # What became of it: a gap, a prototype, or the proposal of a spotlight by its slug.
    gap_id: Mapped[int | None] = mapped_column(ForeignKey("gaps.id", ondelete="SET NULL"), index=True)
    prototype_id: Mapped[int | None] = mapped_column(ForeignKey("prototypes.id", ondelete="SET NULL"), index=True)
    spotlight: Mapped[str] = mapped_column(String(200), default="")
    # Raised by every change a lead makes, not by "me too": two of them cannot overwrite each other.
    version: Mapped[int] = mapped_column(default=1)
    touched_at: Mapped[datetime | None] = mapped_column(Moment)  # when a lead last changed something

    gap: Mapped[Gap | None] = relationship(lazy="raise")
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id], lazy="raise")

    __table_args__ = (
        Index(None, "workstream", "status", "created_at"),
        Index(None, "team", "created_at"),
        Index(None, "team", "touched_at"),
        Index(None, "status", "created_at"),
    )

    @property
    def ref(self) -> str:
        """BAR-0001"""
        return ref_of(self.id)

    @property
    def title(self) -> str:
        """What is in the way, short enough for a heading; `text` itself where it is."""
        return textwrap.shorten(self.text, LONGEST_TITLE, placeholder="…")


def ref_of(number: int) -> str:
    """BAR-0001"""
    return f"BAR-{number:04d}"


def id_of(ref: str) -> int | None:
    """The id behind BAR-0001, or None where that is no reference of ours."""
    match = REF.fullmatch(ref)
    number = int(match[1]) if match else 0
    return number if number and ref_of(number) == ref else None


class BarrierCounter(Base):
    """One row: the last number given. A database's own sequence may give a number again, or leave holes."""

    __tablename__ = "barrier_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class BarrierSupport(Base):
    """One person's "me too"."""

    __tablename__ = "barrier_supports"

    barrier_id: Mapped[int] = mapped_column(ForeignKey("barriers.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    team: Mapped[str] = mapped_column(String(100), default="")  # at the time: people move on
    created_at: Mapped[datetime] = mapped_column(Moment)


class BarrierEvent(Base):
    """One step that everyone can see: raised, a new status with its reason, an answer, what became of it."""

    __tablename__ = "barrier_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    barrier_id: Mapped[int] = mapped_column(ForeignKey("barriers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # raised, status, answered, corrected, moved, gap, spotlight, tried
    at: Mapped[datetime] = mapped_column(Moment)
    team: Mapped[str] = mapped_column(String(100), default="")  # of the lead; never of who raised it
    status: Mapped[Status | None] = mapped_column(stored(Status))
    text: Mapped[str] = mapped_column(Text, default="")
