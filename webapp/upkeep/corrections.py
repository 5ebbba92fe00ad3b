"""Something wrong or missing on a page: told by whoever reads it, dealt with by editors, and answered.

Each function changes rows and adds to the audit trail; the view commits. Free text comes as `CleanText` only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.statuses import WordedStatus, stored
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.upkeep import decisions

KIND = "correction"


class CorrectionTopic(StrEnum):
    """What is the matter. The value is what the database and addresses hold."""

    OUT_OF_DATE = "out-of-date"
    MORE = "more-to-add"
    CLOSED = "closed"
    NOT_USEFUL = "not-useful"
    OTHER = "something-else"

    @property
    def label(self) -> str:
        return TOPIC_LABELS[self]


class CorrectionState(WordedStatus):
    """What became of it."""

    NEW = "new", "Waiting for an editor", "", "blue"
    DONE = "done", "Done", "", "green"
    NOT_CHANGED = "not-changed", "Not changed", "", "grey"


TOPIC_LABELS = {
    CorrectionTopic.OUT_OF_DATE: "Something is out of date or wrong",
    CorrectionTopic.MORE: "There is more to add",
    CorrectionTopic.CLOSED: "It has closed or stopped",
    CorrectionTopic.NOT_USEFUL: "It did not help me",
    CorrectionTopic.OTHER: "Something else",
}
DECIDED = decisions.Kind(
    KIND,
    waiting=CorrectionState.NEW,
    refused=CorrectionState.NOT_CHANGED,
    told_back={
        CorrectionState.DONE: "An editor changed a page because of what you told us.",
        CorrectionState.NOT_CHANGED: (
            "An editor looked at what you told us and did not change the page. You can read why."
        ),
    },
    path="/feedback",
)


class Correction(Base):
    """One thing told about a page. `about` is its path, or empty for the site as a whole.

    `proposed` is what a listing should say instead, as `library.listings.proposals.Proposal` writes it. Who runs what
    is listed may send one too, and is nobody here: then there is no sender.
    """

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(500), default="", index=True)
    topic: Mapped[CorrectionTopic] = mapped_column(stored(CorrectionTopic))
    text: Mapped[str] = mapped_column(String(1000), default="")
    proposed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by_organisation: Mapped[bool] = mapped_column(default=False)
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    state: Mapped[CorrectionState] = mapped_column(stored(CorrectionState), default=CorrectionState.NEW)
    reason: Mapped[str] = mapped_column(Text, default="")
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    handled_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (Index(None, "state", "created_at"),)


@dataclass(frozen=True)
class CorrectionPage:
    """One page of a list. `number` counts from 1 and is never past the last."""

    corrections: Sequence[Correction]
    total: int
    number: int
    pages: int


def send(
    session: Session,
    about: str,
    topic: CorrectionTopic,
    text: CleanText | None,
    sender: User | None,
    now: datetime,
    proposed: dict[str, Any] | None = None,
) -> Correction:
    """Put something told about the page at `about` in the editors' queue. Commit afterwards.

    `sender` is None where the organisation that runs it tells us. `proposed`: see `Correction`.
    """
    sent = Correction(
        about=about,
        topic=topic,
        text=str(text or ""),
        proposed=proposed or None,
        by_organisation=sender is None,
        sender_id=sender.id if sender else None,
        created_at=now,
        state=CorrectionState.NEW,
    )
    session.add(sent)
    session.flush()
    audit.append(
        session,
        now=now,
        actor=sender.id if sender else None,
        action="correction.sent",
        subject=(KIND, str(sent.id)),
        after={"about": about, "topic": topic, "keys": sorted(proposed or {})},
    )
    return sent


def decide(
    session: Session,
    sent: Correction,
    to: CorrectionState,
    reason: CleanText | None,
    by: User,
    now: datetime,
    *,
    seen: str,
) -> None:
    """Say what became of it, and tell whoever sent it: see `decisions.decide`. Each decision is told."""
    decisions.decide(session, DECIDED, sent, to, reason, by, now, seen=seen, key=now.isoformat())


def count(session: Session, state: CorrectionState) -> int:
    """How many there are in `state`."""
    return session.scalar(select(func.count()).select_from(Correction).where(Correction.state == state)) or 0


def page(
    session: Session, number: int, size: int, *, state: CorrectionState | None = None, sender: int | None = None
) -> CorrectionPage:
    """One page of those in `state`, or sent by one person (an id). Newest first, but what waits is oldest first."""
    query = select(Correction)
    if state is not None:
        query = query.where(Correction.state == state)
    if sender is not None:
        query = query.where(Correction.sender_id == sender)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // size))
    number = max(1, min(number, pages))
    order = Correction.id.asc() if state is CorrectionState.NEW else Correction.id.desc()
    found = session.scalars(query.order_by(order).offset((number - 1) * size).limit(size)).all()
    return CorrectionPage(found, total, number, pages)
