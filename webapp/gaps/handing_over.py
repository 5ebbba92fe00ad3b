"""Telling whoever looks after a gap from now on that it is theirs, and what the one before them wants them to know."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.gaps.models import Gap
from webapp.mail import outbox
from webapp.people.models import User
from webapp.pii.guard import CleanText

LONGEST_NOTE = 300  # characters


def tell(session: Session, gaps: Sequence[Gap], by: User, now: datetime, note: CleanText | None = None) -> None:
    """Tell the owner of `gaps`, which are all of one person, that `by` gave them over. Commit afterwards."""
    first = gaps[0]
    assert first.owner_id is not None
    what = f"{first.ref} is" if len(gaps) == 1 else f"{len(gaps)} gaps are"
    outbox.enqueue(
        session,
        now=now,
        to=[first.owner_id],
        topic="handed-over",
        subject=("handover", first.ref),
        text=f"{what} now yours to look after. {by.name} gave {'it' if len(gaps) == 1 else 'them'} to you"
        + (f": “{note}”" if note else "."),
        path=f"/commissioning/gaps?gap={first.ref}" if len(gaps) == 1 else "/commissioning/gaps?mine=1",
        key=f"handed-over:{first.ref}:{first.version}:{len(gaps)}",
        channels=(outbox.IN_PRODUCT,),
    )
