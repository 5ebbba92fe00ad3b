"""Messages to people, written in the same commit as what they tell of.

    outbox.enqueue(db.session, now=now, to=[3, 5], topic="gap-answered", subject=("gap", "GAP-0003"),
                text="There is an answer to GAP-0003.", path="/gaps/GAP-0003", key="gap:GAP-0003:4")
    db.session.commit()

A message in the product is there as soon as it is committed. The same message by e-mail is a row of its own, which
`sending` hands over: what is in such a mail, and who does not want it, is decided there, when it is sent.
`key` and the unique constraint keep anything from being told twice.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    UniqueConstraint,
    delete,
    distinct,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.upsert import insert

IN_PRODUCT = "in-product"
EMAIL = "email"

# What became of a message by e-mail. One in the product is TOLD, and that is all.
TOLD = "told"
WAITING = "waiting"  # to be handed over from `next_try_at` on
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)  # whatever time it is on the machine that writes the message
SENDING = "sending"  # claimed by `claimed_by`; after `claimed_until` somebody must find out what became of it
SENT = "sent"
FAILED = "failed"  # given up; `last_error` says why, in words that name nobody
DROPPED = "dropped"  # not wanted, or the person has left
UNSURE = "unsure"  # the server may have taken it and we cannot know: never sent again


class Message(Base):
    """One notification to one person by one channel: a sentence without personal data, and an address to read on."""

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
    state: Mapped[str] = mapped_column(String(20), default=TOLD)
    # What the mail is known by outside: the same at every try, so that it can be recognised. Says nothing of anyone.
    reference: Mapped[str | None] = mapped_column(String(32), unique=True)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_by: Mapped[str] = mapped_column(String(40), default="")
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        UniqueConstraint("to_id", "channel", "key"),
        Index(None, "to_id", "read_at"),
        Index(None, "kind", "ref"),
        Index(None, "channel", "state", "next_try_at"),
    )


def enqueue(
    session: Session,
    *,
    now: datetime,
    to: Iterable[int],
    topic: str,
    subject: tuple[str, str],
    text: str,
    path: str,
    key: str,
    channels: Sequence[str] = (IN_PRODUCT, EMAIL),
) -> int:
    """Notify each person of `to` (ids) once; someone already notified under `key` is not notified again.

    Returns how many people are newly notified. Commit afterwards.
    """
    row = {
        "topic": topic, "kind": subject[0], "ref": subject[1], "text": text, "path": path, "key": key,
        "created_at": now, "attempts": 0, "claimed_by": "", "last_error": "",
    }  # fmt: skip
    people = list(dict.fromkeys(to))
    rows = [{**row, **_sent_by(channel), "to_id": person} for channel in channels for person in people]
    if not rows:
        return 0
    receivers = session.execute(insert(session, Message).on_conflict_do_nothing().returning(Message.to_id), rows)
    return len(set(receivers.scalars()))


def _sent_by(channel: str) -> dict[str, object]:
    if channel == IN_PRODUCT:
        return {"channel": channel, "state": TOLD, "reference": None, "next_try_at": None}
    return {"channel": channel, "state": WAITING, "reference": secrets.token_hex(16), "next_try_at": AT_ONCE}


def unread(session: Session, user_id: int, *, kind: str | None = None, limit: int = 20) -> Sequence[Message]:
    """What `user_id` has not marked as read, newest first; only about a `kind` of subject where one is named."""
    query = select(Message).where(*_unread(user_id, kind)).order_by(Message.created_at.desc(), Message.id.desc())
    return session.scalars(query.limit(limit)).all()


def count_unread(session: Session, user_id: int, *, kind: str | None = None, but: Collection[str] = ()) -> int:
    """About how many subjects there is something unread for `user_id`; of `kind`, or of any `but` some."""
    wanted = _unread(user_id, kind) + ([Message.kind.not_in(but)] if but else [])
    subjects = select(Message.kind, Message.ref).where(*wanted).distinct().subquery()
    return session.scalar(select(func.count()).select_from(subjects)) or 0


def unread_by(person: ColumnElement[int]) -> ScalarSelect[int]:
    """The same of whoever has the id `person`, for a query that every page asks."""
    subject = func.count(distinct(Message.kind + ":" + Message.ref))
    return select(subject).where(*_unread(person)).scalar_subquery()


def inbox(session: Session, user_id: int, *, limit: int, offset: int = 0) -> tuple[Sequence[Message], int]:
    """The notifications that `user_id` has in the product, newest first, and their total number."""
    mine = [Message.to_id == user_id, Message.channel == IN_PRODUCT]
    query = select(Message).where(*mine).order_by(Message.created_at.desc(), Message.id.desc())
    count = session.scalar(select(func.count()).select_from(Message).where(*mine)) or 0
    return session.scalars(query.limit(limit).offset(offset)).all(), count


def mark_read(
    session: Session,
    user_id: int,
    *,
    now: datetime,
    kind: str | None = None,
    ref: str | None = None,
    message: int | None = None,
) -> None:
    """Mark notifications to `user_id` as read: one message (its id), all about a subject or a kind of it, or all.

    Commit afterwards.
    """
    which = [Message.ref == ref] if ref else []
    which += [Message.id == message] if message is not None else []
    session.execute(update(Message).where(*_unread(user_id, kind), *which).values(read_at=now))


def forget(session: Session, kind: str, ref: str) -> None:
    """Remove every message about a subject that is gone. Commit afterwards."""
    session.execute(delete(Message).where(Message.kind == kind, Message.ref == ref))


def _unread(user_id: int | ColumnElement[int], kind: str | None = None) -> list:
    mine = [Message.to_id == user_id, Message.channel == IN_PRODUCT, Message.read_at.is_(None)]
    return [*mine, Message.kind == kind] if kind else mine
