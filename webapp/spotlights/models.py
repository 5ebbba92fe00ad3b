"""The tables of spotlight sessions: when a team holds one, who came, what the room said and what people thought."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.statuses import stored

EVERY_TEAM = ""  # the `team` of a session that is for all


class Useful(StrEnum):
    """Whether a session was useful, as the one-minute form asks. The value is what the database holds."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class SpotlightSession(Base):
    """One date on which one team, or all of them, hold a spotlight. Texts have passed the personal-data guard.

    `spotlight` is the last part of the page's address; `team` a slug of the teams vocabulary, or EVERY_TEAM.
    `sequence` rises with every change that a calendar must hear of (RFC 5545, 3.8.7.4).
    """

    __tablename__ = "spotlight_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    spotlight: Mapped[str] = mapped_column(String(200), index=True)
    team: Mapped[str] = mapped_column(String(100), default=EVERY_TEAM)
    starts_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    venue: Mapped[str] = mapped_column(String(200), default="")
    join: Mapped[str] = mapped_column(String(500), default="")  # the address at which to join from afar
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    # The record, written during the session or after it.
    came: Mapped[int | None]  # how many; never who
    notes: Mapped[str] = mapped_column(Text, default="")  # what the room said
    actions: Mapped[str] = mapped_column(Text, default="")
    held_at: Mapped[datetime | None] = mapped_column(Moment)  # when the record was first kept
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "team", "starts_at"),)


class SessionTheme(Base):
    """A theme that came up in a session; a slug of the themes vocabulary."""

    __tablename__ = "spotlight_session_themes"

    session_id: Mapped[int] = mapped_column(ForeignKey("spotlight_sessions.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = mapped_column(String(100), primary_key=True, index=True)


class SessionFeedback(Base):
    """What one person thought of a session, in a minute. Once for each person and session."""

    __tablename__ = "spotlight_feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("spotlight_sessions.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    team: Mapped[str] = mapped_column(String(100), default="")  # at the time: people move on
    useful: Mapped[Useful] = mapped_column(stored(Useful))
    will_try: Mapped[str] = mapped_column(Text, default="")
    in_the_way: Mapped[str] = mapped_column(Text, default="")
    may_quote: Mapped[bool] = mapped_column(default=False)
    barrier_id: Mapped[int | None] = mapped_column(ForeignKey("barriers.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)

    __table_args__ = (UniqueConstraint("session_id", "user_id"),)
