"""The figures of the dashboard: how many gaps are open, where, and which have waited longest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.gap_log.models import Gap
from webapp.gap_log.statuses import OPEN, Status

LONG = timedelta(days=30)
OLDEST = 10


@dataclass(frozen=True)
class Figures:
    """Counts of gaps. `by_place` holds open gaps by place slug, most first; an empty slug is the whole city."""

    by_status: dict[Status, int]
    by_place: dict[str, int]
    people: int  # who asked for what is open; someone who asked for two things counts twice
    unanswered_long: int
    oldest: Sequence[Gap]

    @property
    def open(self) -> int:
        return sum(self.by_status[status] for status in OPEN)


def gather(session: Session, now: datetime) -> Figures:
    """The figures as they are now."""
    statuses = select(Gap.status, func.count().label("n")).group_by(Gap.status)
    counted = {row.status: row.n for row in session.execute(statuses)}
    still_open = Gap.status.in_(OPEN)
    places = (
        select(Gap.place, func.count().label("n")).where(still_open).group_by(Gap.place).order_by(func.count().desc())
    )
    unanswered = select(Gap).where(still_open, Gap.answer == "")
    late = select(func.count()).select_from(unanswered.where(Gap.created_at < now - LONG).subquery())
    return Figures(
        by_status={status: counted.get(status, 0) for status in Status},
        by_place={row.place: row.n for row in session.execute(places)},
        people=session.scalar(select(func.sum(Gap.people)).where(still_open)) or 0,
        unanswered_long=session.scalar(late) or 0,
        oldest=session.scalars(unanswered.order_by(Gap.created_at, Gap.id).limit(OLDEST)).all(),
    )
