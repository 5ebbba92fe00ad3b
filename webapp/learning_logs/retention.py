"""How long learning logs are kept, and what stays of them: docs/privacy.md, content/pages/privacy.md."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.english.dates import day_of
from webapp.learning_logs import drafts
from webapp.learning_logs.models import Helped, LearningLog, LearningLogDraft, LearningLogMonth

# The Health and Care Professions Council, which registers occupational therapists, may ask for the last two years; a
# third lets a record be made after them.
MONTHS_KEPT = 36
WITHDRAWN_KEPT = timedelta(days=30)
MOST_AT_ONCE = 5_000  # logs; the next round takes the rest


def forget(session: Session, now: datetime) -> int:
    """Remove logs past their life, withdrawn ones and old drafts; how many logs that was. Commit afterwards.

    A team's month goes as a whole, when its last day is MONTHS_KEPT ago, and leaves its figures behind.
    """
    session.execute(delete(LearningLogDraft).where(LearningLogDraft.saved_at <= now - drafts.KEPT))
    too_long = LearningLog.withdrawn_at <= now - WITHDRAWN_KEPT
    gone = len(session.scalars(delete(LearningLog).where(too_long).returning(LearningLog.id)).all())
    before = _first_kept(day_of(now))
    while (oldest := session.scalar(select(func.min(LearningLog.week)).where(LearningLog.week < before))) is not None:
        gone += _close(session, oldest.replace(day=1))
        if gone >= MOST_AT_ONCE:
            break
    return gone


def _first_kept(today: date) -> date:
    """The first day of the oldest month whose logs are kept."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    return date(months // 12, months % 12 + 1, 1)


def _close(session: Session, month: date) -> int:
    """Gather the figures of every team in this month, remove its logs, and say how many they were."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    within = (LearningLog.week >= month, LearningLog.week < following)
    answers = {helped: func.count().filter(LearningLog.helped == helped).label(helped.value) for helped in Helped}
    counted = (
        select(
            LearningLog.team,
            func.count().label("logs"),
            func.count(LearningLog.author_id.distinct()).label("writers"),
            *answers.values(),
        )
        .where(*within, LearningLog.withdrawn_at.is_(None))
        .group_by(LearningLog.team)
    )
    for row in session.execute(counted).mappings().all():
        kept = session.get(LearningLogMonth, (row["team"], month))
        if kept is None:
            session.add(LearningLogMonth(month=month, **row))
            continue
        for name in ("logs", "helped", "partly", "not_yet"):
            setattr(kept, name, getattr(kept, name) + row[name])
        kept.writers = max(kept.writers, row["writers"])  # the same people, as far as anybody can tell by now
    session.flush()
    return len(session.scalars(delete(LearningLog).where(*within).returning(LearningLog.id)).all())
