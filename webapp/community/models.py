"""The tables of a team's community: who brings something to a meeting, and which commissioner was asked to come.

When and where a team meets is content: see the vocabulary `teams`. Texts have passed the guard.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db.engine import Base, Moment
from webapp.db.statuses import stored
from webapp.people.models import User

LONGEST_ABOUT = 200
LONGEST_NOTE = 300


class RotaPlace(Base):
    """Someone who brings something to the meeting of `team` on `day`. They put themselves on, and off."""

    __tablename__ = "community_rota"

    team: Mapped[str] = mapped_column(String(100), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    about: Mapped[str] = mapped_column(String(LONGEST_ABOUT), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    off_at: Mapped[datetime | None] = mapped_column(Moment)  # kept until the day has been, so that it can be undone

    user: Mapped[User] = relationship(lazy="raise")


class Reply(StrEnum):
    """What a commissioner said to an invitation. The value is what the database holds."""

    WAITING = "waiting"
    COMING = "coming"
    CANNOT = "cannot"


class Invitation(Base):
    """A commissioner (`user_id`) who was asked to the meeting of `team` on `day`, once for each day."""

    __tablename__ = "community_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str] = mapped_column(String(100))
    day: Mapped[date] = mapped_column(Date)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    answered: Mapped[Reply] = mapped_column(stored(Reply), default=Reply.WAITING)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise")
    by: Mapped[User | None] = relationship(foreign_keys=[by_id], lazy="raise")

    __table_args__ = (UniqueConstraint("team", "day", "user_id"),)
