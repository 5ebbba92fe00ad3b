"""What people of a community said they would try: in the logs that they share with it, and after a spotlight session.
Never whose it was.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.english import dates
from webapp.learning_logs.models import LearningLog
from webapp.library.generation.reader import Generation
from webapp.spotlights import feedback
from webapp.spotlights.models import EVERY_TEAM, SpotlightSession

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


@dataclass(frozen=True, slots=True)
class AfterSession:
    """What was said after the session of `day`; `title` and `path` are those of its spotlight."""

    title: str
    path: str
    day: date
    texts: tuple[str, ...]


def after_session(session: Session, gen: Generation, team: str, now: datetime) -> AfterSession | None:
    """What may be quoted after the last session for `team`, or for all, of these weeks; None for nothing.

    Nothing where fewer people answered than `feedback.summary` tells of.
    """
    held = select(SpotlightSession).where(SpotlightSession.team.in_([team, EVERY_TEAM]))
    held = held.where(SpotlightSession.cancelled_at.is_(None), SpotlightSession.starts_at <= now)
    held = held.where(SpotlightSession.starts_at > now - timedelta(weeks=WEEKS_BACK))
    last = session.scalars(
        held.order_by(SpotlightSession.starts_at.desc(), SpotlightSession.id.desc()).limit(1)
    ).first()
    card = gen.card(f"/spotlights/{last.spotlight}") if last else None
    summary = feedback.summary(session, last) if last and card else None
    if last is None or card is None or summary is None or not summary.will_try:
        return None
    return AfterSession(card["title"], card["path"], dates.day_of(last.starts_at), summary.will_try[:MOST])
