"""Following a gap without asking for it: whoever follows hears what those who asked hear, and counts nowhere."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.upsert import insert
from webapp.gaps.models import Gap, GapEvent
from webapp.people.models import User


class GapFollow(Base):
    """One person wants to hear of one gap."""

    __tablename__ = "gap_follows"

    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(Moment)


def follow(session: Session, gap: Gap, user: User, now: datetime) -> bool:
    """Let `user` hear of `gap`; False where they do already. Commit afterwards."""
    return bool(_add(session, gap, [user.id], now))


def stop(session: Session, gap: Gap, user: User) -> bool:
    """Undo `follow`; False where there is nothing to undo. Commit afterwards."""
    mine = delete(GapFollow).where(GapFollow.gap_id == gap.id, GapFollow.user_id == user.id)
    return session.scalar(mine.returning(GapFollow.gap_id)) is not None


def is_followed(session: Session, gap: Gap, user: User) -> bool:
    """Whether `user` follows `gap`."""
    return session.get(GapFollow, (gap.id, user.id)) is not None


def of(session: Session, gaps: Iterable[Gap]) -> set[int]:
    """The ids of everyone who follows any of `gaps`."""
    wanted = select(GapFollow.user_id).where(GapFollow.gap_id.in_([gap.id for gap in gaps]))
    return set(session.scalars(wanted))


def bring(session: Session, main: Gap, gap: Gap, now: datetime) -> None:
    """Let those who follow `gap`, which becomes part of `main`, hear of that one. Commit afterwards."""
    _add(session, main, sorted(of(session, [gap])), now)


def take_back(session: Session, main: Gap, gap: Gap, others: Sequence[Gap]) -> None:
    """Undo `bring` of `gap` to `main`. Who also came with one of `others` goes on. Commit afterwards.

    Whoever came with it began to follow `main` at the moment that the two became one, and nobody else did.
    """
    merged = select(GapEvent.at).where(GapEvent.gap_id == gap.id, GapEvent.kind == "merged")
    at = session.scalar(merged.order_by(GapEvent.at.desc()).limit(1))
    came = of(session, [gap]) - of(session, others)
    mine = (GapFollow.gap_id == main.id, GapFollow.at == at, GapFollow.user_id.in_(came))
    session.execute(delete(GapFollow).where(*mine))


def followed_by(user_id: int) -> ColumnElement[bool]:
    """Followed by this person."""
    return Gap.id.in_(select(GapFollow.gap_id).where(GapFollow.user_id == user_id))


def _add(session: Session, gap: Gap, people: list[int], now: datetime) -> list[int]:
    rows = [{"gap_id": gap.id, "user_id": number, "at": now} for number in people]
    if not rows:
        return []
    new = insert(session, GapFollow).on_conflict_do_nothing().returning(GapFollow.gap_id)
    return list(session.scalars(new, rows))
