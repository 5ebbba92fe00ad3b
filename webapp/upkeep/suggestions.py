"""A group that a colleague found and the directory lacks: a file ready for the editors, who add it or say why not.

Each function changes rows and adds to the audit trail; the view commits. What it says has passed the guard.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.statuses import WordedStatus, stored
from webapp.library.listings import new_listing
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.upkeep import decisions

KIND = "suggestion"


class SuggestionState(WordedStatus):
    """What became of it. The value is what the database and addresses hold."""

    NEW = "new", "Waiting for an editor", "", "blue"
    ADDED = "added", "Added", "", "green"
    DECLINED = "declined", "Not added", "", "grey"


DECIDED = decisions.Kind(
    KIND,
    waiting=SuggestionState.NEW,
    refused=SuggestionState.DECLINED,
    told_back={
        SuggestionState.ADDED: "The group that you found was added to the directory.",
        SuggestionState.DECLINED: (
            "An editor looked at the group that you found and did not add it. You can read why."
        ),
    },
    path="/feedback#found",
)


class SuggestedListing(Base):
    """One group. `front` and `body` are its file as `library.listings.new_listing` writes it."""

    __tablename__ = "suggested_listings"

    id: Mapped[int] = mapped_column(primary_key=True)
    front: Mapped[dict[str, Any]] = mapped_column(JSON)
    body: Mapped[str] = mapped_column(Text, default="")
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[SuggestionState] = mapped_column(stored(SuggestionState), default=SuggestionState.NEW)
    reason: Mapped[str] = mapped_column(Text, default="")
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    handled_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (Index(None, "state", "created_at"),)

    @property
    def title(self) -> str:
        return str(self.front["title"])

    @property
    def file(self) -> str:
        """Where its file belongs, below the content folder."""
        return new_listing.file_name(self.front)

    @property
    def path(self) -> str:
        """The address it has once its file is there."""
        return new_listing.address(self.front)

    @property
    def text(self) -> str:
        """The whole file."""
        return new_listing.text(self.front, self.body)


def send(session: Session, front: Mapping[str, Any], body: str, sender: User, now: datetime) -> SuggestedListing:
    """Put a group that `sender` found in the editors' queue. Commit afterwards."""
    sent = SuggestedListing(
        front=dict(front), body=body, sender_id=sender.id, created_at=now, state=SuggestionState.NEW
    )
    session.add(sent)
    session.flush()
    audit.append(session, now=now, actor=sender.id, action="suggestion.sent", subject=(KIND, str(sent.id)))
    return sent


def decide(
    session: Session,
    sent: SuggestedListing,
    to: SuggestionState,
    reason: CleanText | None,
    by: User,
    now: datetime,
    *,
    seen: str,
) -> None:
    """Say what became of it, and tell whoever found it: see `decisions.decide`. The same decision is told once."""
    decisions.decide(session, DECIDED, sent, to, reason, by, now, seen=seen, key=to)


def count(session: Session, state: SuggestionState) -> int:
    """How many there are in `state`."""
    wanted = select(func.count()).select_from(SuggestedListing).where(SuggestedListing.state == state)
    return session.scalar(wanted) or 0


def listed(session: Session, state: SuggestionState, limit: int) -> Sequence[SuggestedListing]:
    """Those in `state`: what waits oldest first, all else newest first."""
    order = SuggestedListing.id.asc() if state is SuggestionState.NEW else SuggestedListing.id.desc()
    wanted = select(SuggestedListing).where(SuggestedListing.state == state).order_by(order)
    return session.scalars(wanted.limit(limit)).all()


def found_by(session: Session, user_id: int, limit: int) -> Sequence[SuggestedListing]:
    """What one person found, the newest first."""
    mine = select(SuggestedListing).where(SuggestedListing.sender_id == user_id)
    return session.scalars(mine.order_by(SuggestedListing.id.desc()).limit(limit)).all()
