"""What people of a community said they would try, from the logs that they share with it. Never whose it was."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.learning_logs.models import LearningLog

MOST = 12
WEEKS_BACK = 4  # a week in which nobody shared anything is not the end


@dataclass(frozen=True, slots=True)
class Tries:
    """What was said in the week that began on `monday`; `last_week`: it is the one before this."""

    monday: date
    texts: list[str]
    last_week: bool


def lately(session: Session, team: str, today: date) -> Tries | None:
    """What was shared last week; where nothing was, in the latest week before it, or in this one. None for nothing."""
    this_monday = today - timedelta(days=today.weekday())
    last_monday = this_monday - timedelta(weeks=1)
    shared = (
        LearningLog.team == team,
        LearningLog.share,
        LearningLog.withdrawn_at.is_(None),
        LearningLog.will_try != "",
    )
    weeks = select(func.max(LearningLog.week)).where(*shared)
    earliest = last_monday - timedelta(weeks=WEEKS_BACK - 1)
    monday = session.scalar(weeks.where(LearningLog.week.between(earliest, last_monday)))
    monday = monday or session.scalar(weeks.where(LearningLog.week == this_monday))
    if monday is None:
        return None
    query = select(LearningLog.will_try).where(*shared, LearningLog.week == monday)
    texts = session.scalars(query.order_by(LearningLog.created_at.desc(), LearningLog.id.desc()).limit(MOST)).all()
    return Tries(monday, list(dict.fromkeys(texts)), last_week=monday == last_monday)
