"""My learning logs: a page of them, one, and those of a period. Nobody's but their writer's, and never all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from webapp.learning_logs.models import LearningLog

MOST_IN_A_RECORD = 600  # a log a week for longer than they are kept
MOST_WITHDRAWN = 20


@dataclass(frozen=True)
class LogPage:
    """One page of my logs, the newest first. `number` counts from 1 and is never past the last."""

    logs: Sequence[LearningLog]
    total: int
    number: int
    pages: int


def page_of(session: Session, author_id: int, number: int, size: int) -> LogPage:
    """Page `number` of this person's logs, `size` long; the last page where there are fewer."""
    mine = _mine(author_id)
    total = session.scalar(select(func.count()).select_from(LearningLog).where(*mine)) or 0
    pages = max(1, -(-total // size))
    number = min(number, pages)
    newest = select(LearningLog).where(*mine).order_by(LearningLog.created_at.desc(), LearningLog.id.desc())
    logs = session.scalars(newest.options(joinedload(LearningLog.barrier)).offset((number - 1) * size).limit(size))
    return LogPage(logs.all(), total, number, pages)


def withdrawn(session: Session, author_id: int) -> Sequence[LearningLog]:
    """Those that this person withdrew and can still put back, the latest first."""
    gone = select(LearningLog).where(LearningLog.author_id == author_id, LearningLog.withdrawn_at.is_not(None))
    return session.scalars(gone.order_by(LearningLog.withdrawn_at.desc()).limit(MOST_WITHDRAWN)).all()


def one(session: Session, log_id: int, author_id: int) -> LearningLog | None:
    """This log where `author_id` wrote it, withdrawn or not; None where it is gone or somebody else's."""
    mine = select(LearningLog).where(LearningLog.id == log_id, LearningLog.author_id == author_id)
    return session.scalar(mine.options(joinedload(LearningLog.barrier)))


def written_between(session: Session, author_id: int, since: datetime, before: datetime) -> Sequence[LearningLog]:
    """What this person wrote from `since` on and earlier than `before`, the oldest first; MOST_IN_A_RECORD at most."""
    then = (LearningLog.created_at >= since, LearningLog.created_at < before)
    oldest = select(LearningLog).where(*_mine(author_id), *then).order_by(LearningLog.created_at, LearningLog.id)
    return session.scalars(oldest.options(joinedload(LearningLog.barrier)).limit(MOST_IN_A_RECORD)).all()


def wrote_in(session: Session, author_id: int, today: date) -> bool:
    """Whether this person has a log of the week that `today` is in."""
    theirs = select(LearningLog.id).where(*_mine(author_id), LearningLog.week == week_of(today))
    return session.scalar(theirs.limit(1)) is not None


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _mine(author_id: int) -> tuple[ColumnElement[bool], ...]:
    return LearningLog.author_id == author_id, LearningLog.withdrawn_at.is_(None)
