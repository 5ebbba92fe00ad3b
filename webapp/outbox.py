"""Messages to people, written in the same commit as what they tell of.

    outbox.tell(db.session, now=now, to=[3, 5], topic="gap-answered", subject=("gap", "GAP-0003"),
                text="There is an answer to GAP-0003.", path="/gaps/GAP-0003", key="gap:GAP-0003:4")
    db.session.commit()

A message in the product is there as soon as it is committed. Other channels are rows too, which a worker sends:
`sent_at`, `attempts` and `next_try_at` are for it. `key` and the unique constraint keep anything from being told twice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db import Base, Moment

IN_PRODUCT = "in-product"


class Message(Base):
    """One thing told to one person by one channel: a sentence in which nothing is personal, and where to read on."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    channel: Mapped[str] = mapped_column(String(20), default=IN_PRODUCT)
    topic: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))  # of the subject, as in the audit trail: gap, correction
    ref: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(String(500))
    path: Mapped[str] = mapped_column(String(500))
    key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("to_id", "channel", "key"),
        Index(None, "to_id", "read_at"),
        Index(None, "kind", "ref"),
        Index(None, "channel", "sent_at", "next_try_at"),
    )


def tell(
    session: Session,
    *,
    now: datetime,
    to: Iterable[int],
    topic: str,
    subject: tuple[str, str],
    text: str,
    path: str,
    key: str,
) -> int:
    """Tell each person of `to` (ids) once; someone already told under `key` is not told again.

    Returns how many were told. Commit afterwards.
    """
    row = {
        "channel": IN_PRODUCT, "topic": topic, "kind": subject[0], "ref": subject[1],
        "text": text, "path": path, "key": key, "created_at": now, "attempts": 0,
    }  # fmt: skip
    rows = [{**row, "to_id": person} for person in dict.fromkeys(to)]
    if not rows:
        return 0
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    told = session.execute(insert(Message).on_conflict_do_nothing().returning(Message.id), rows)
    return len(told.all())


def unread(session: Session, user_id: int, *, kind: str | None = None, limit: int = 20) -> Sequence[Message]:
    """What `user_id` has not marked as read, newest first; only about a `kind` of subject where one is named."""
    query = select(Message).where(*_unread(user_id, kind)).order_by(Message.created_at.desc(), Message.id.desc())
    return session.scalars(query.limit(limit)).all()


def count_unread(session: Session, user_id: int, *, kind: str) -> int:
    """About how many subjects of `kind` there is something unread for `user_id`."""
    return session.scalar(select(func.count(func.distinct(Message.ref))).where(*_unread(user_id, kind))) or 0


def mark_read(session: Session, user_id: int, *, now: datetime, kind: str, ref: str | None = None) -> None:
    """Mark as read what was told to `user_id` about one subject, or about all of `kind`. Commit afterwards."""
    about = [Message.ref == ref] if ref else []
    session.execute(update(Message).where(*_unread(user_id, kind), *about).values(read_at=now))


def forget(session: Session, kind: str, ref: str) -> None:
    """Remove every message about a subject that is gone. Commit afterwards."""
    session.execute(delete(Message).where(Message.kind == kind, Message.ref == ref))


def _unread(user_id: int, kind: str | None) -> list:
    mine = [Message.to_id == user_id, Message.channel == IN_PRODUCT, Message.read_at.is_(None)]
    return [*mine, Message.kind == kind] if kind else mine
