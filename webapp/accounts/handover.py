"""Handing over what somebody looks after to somebody else, who is notified."""

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.mail import outbox
from webapp.people.models import User
from webapp.web.handover import WORK


def give(session: Session, key: str, leaver: User, to: int, *, by: int | None, now: datetime) -> str:
    """Give all of one kind that `leaver` has to `to`, and tell them; what was handed over, in words.

    The caller commits. Raises ValueError where `to` may not have it.
    """
    work = WORK[key]
    if to == leaver.id or to not in dict(work.takers(session)):
        raise ValueError(f"not somebody who can look after {work.many}")
    count = work.give(session, leaver.id, to, by, now)
    if count:
        outbox.enqueue(
            session,
            now=now,
            to=[to],
            topic="handed-over",
            subject=("handover", f"{key}:{leaver.id}"),
            text=f"{work.counted(count)} {'is' if count == 1 else 'are'} now yours to look after.",
            path=work.path,
            key=f"handed-over:{key}:{leaver.id}:{now.isoformat()}",
            channels=(outbox.IN_PRODUCT,),
        )
    return work.counted(count)
