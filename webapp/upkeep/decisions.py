"""What an editor decides about something that was sent: kept with its reason, and told to whoever sent it.

The functions change rows and add to the audit trail; the view commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText


class Sent(Protocol):
    """A row of something that was sent and waits for an editor."""

    id: Any
    state: Any
    reason: Any
    sender_id: Any
    handled_by_id: Any
    handled_at: Any


Row = TypeVar("Row")


class Changed(Exception):
    """Another editor dealt with it since the page was opened."""


class ReasonNeeded(Exception):
    """Whoever sent it must hear why nothing came of it."""


@dataclass(frozen=True)
class Kind:
    """One kind of what is sent. `told_back` is what its sender hears of each decision; `path` is where they read it."""

    name: str  # as the audit trail and messages have it
    waiting: StrEnum
    refused: StrEnum
    told_back: Mapping[Any, str]
    path: str


def decide(
    session: Session,
    kind: Kind,
    sent: Sent,
    to: StrEnum,
    reason: CleanText | None,
    by: User,
    now: datetime,
    *,
    seen: str,
    key: str,
) -> None:
    """Say what became of it, and tell whoever sent it once for each `key`. `seen` is the state that the editor saw.

    Commit afterwards. `sent` comes from `locked`. Raises Changed where its state is another by now; ReasonNeeded where
    it is refused and no reason is given; ValueError for a state that is no decision.
    """
    if to is kind.waiting:
        raise ValueError("waiting is not a decision")
    if sent.state != seen:
        raise Changed
    if to is kind.refused and not reason:
        raise ReasonNeeded
    before = sent.state
    sent.state, sent.reason = to, str(reason or "")
    sent.handled_by_id, sent.handled_at = by.id, now
    outbox.enqueue(
        session,
        now=now,
        to=[sent.sender_id] if sent.sender_id not in (None, by.id) else [],
        topic=f"{kind.name}-decided",
        subject=(kind.name, str(sent.id)),
        text=kind.told_back[to],
        path=kind.path,
        key=f"{kind.name}:{sent.id}:{key}",
    )
    session.flush()
    audit.append(
        session,
        now=now,
        actor=by.id,
        action=f"{kind.name}.decided",
        subject=(kind.name, str(sent.id)),
        before={"state": before},
        after={"state": to, "reason": sent.reason},
    )


def locked(session: Session, model: type[Row], number: int) -> Row | None:
    """The row of `model` with this number, held until the commit so that nobody else decides meanwhile."""
    return session.get(model, number, with_for_update=True, populate_existing=True)
