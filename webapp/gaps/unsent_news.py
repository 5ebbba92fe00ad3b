"""Taking back what has not reached anybody yet."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.mail.outbox import DROPPED, IN_PRODUCT, WAITING, Message


def take_back(session: Session, keys: Sequence[str]) -> list[int]:
    """Remove the messages of `keys` that nobody has read and that wait to be sent.

    Returns the ids of the people whom such a message has reached: they must hear that it no longer holds.
    """
    ours = Message.key.in_(keys)
    rows = session.scalars(select(Message).where(ours).order_by(Message.id).with_for_update()).all()
    reached = {m.to_id for m in rows if (m.read_at if m.channel == IN_PRODUCT else m.state not in (WAITING, DROPPED))}
    unseen = [m.id for m in rows if m.to_id not in reached]
    if unseen:
        session.execute(delete(Message).where(Message.id.in_(unseen)))
    return sorted(reached)
