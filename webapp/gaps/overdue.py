"""Asking after what was planned once its day has passed: whoever looks after the gap, or else every commissioner.

Each day of a gap is asked after once, from eight in the morning of the day after. Another day is asked after anew.
"""

from datetime import datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from webapp.english.dates import day_of, local, short_date
from webapp.gaps import owners
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.mail import outbox

FROM = time(8)
MOST = 500  # of one round


def enqueue(session: Session, now: datetime) -> int:
    """Ask after every gap whose day has passed; returns how many people are newly asked. Commit afterwards."""
    if local(now).time() < FROM:
        return 0
    late = select(Gap).where(*_is_late(now)).order_by(Gap.target_on, Gap.id).options(selectinload(Gap.owner))
    return sum(_ask(session, gap, now) for gap in session.scalars(late.limit(MOST)))


def count(session: Session, now: datetime) -> int:
    """How many gaps were planned for a day that has passed."""
    return session.scalar(select(func.count()).select_from(Gap).where(*_is_late(now))) or 0


def _is_late(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Gap.status == Status.IN_PLAN, Gap.target_on < day_of(now), Gap.merged_into_id.is_(None)


def _ask(session: Session, gap: Gap, now: datetime) -> int:
    assert gap.target_on is not None
    mine = gap.owner is not None and not owners.has_left(gap.owner)
    people = [gap.owner_id] if mine and gap.owner_id else [number for number, _ in owners.commissioners(session)]
    return outbox.enqueue(
        session,
        now=now,
        to=people,
        topic="gap-overdue",
        subject=("overdue", gap.ref),
        text=f"{gap.ref} was planned by {short_date(gap.target_on)}. Say what became of it, or give another day.",
        path=f"/commissioning/gaps?gap={gap.ref}",
        key=f"overdue:{gap.ref}:{gap.target_on.isoformat()}",
    )
