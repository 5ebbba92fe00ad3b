"""Which devices keep pages for visits without a signal, and which pages somebody wants there."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment

LONGEST_PATH = 500


class OfflineDevice(Base):
    """One browser whose person said that nobody else uses it. The browser holds the token; we hold only its hash.

    `session_version` is the person's when the device last asked: what it keeps goes when theirs is raised. `seen_at` is
    when it last took anything along.
    """

    __tablename__ = "offline_devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    session_version: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment, index=True)


class PinnedPage(Base):
    """A page of guidance that one person wants to read without a signal."""

    __tablename__ = "pinned_pages"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    pinned_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (Index(None, "user_id", "pinned_at"),)
