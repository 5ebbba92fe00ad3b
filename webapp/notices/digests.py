"""Digests: each week what was answered, and to commissioners what was reported; to editors each day the
corrections that came. Nothing where there is nothing.

The week is told from Monday morning on, and is the seven days before that Monday; the day is the day before. Both are
in the key, so nobody is told twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.english.dates import HERE, local
from webapp.gaps.models import Gap
from webapp.mail import outbox
from webapp.mail.preferences import EmailChoice
from webapp.people.models import User, UserRole
from webapp.upkeep import corrections

FROM = time(8)


def enqueue(session: Session, now: datetime, updates: Iterable[Mapping[str, Any]]) -> int:
    """Enqueue the news of the last week and day for those who may want it; returns how many people. Commit afterwards.

    `updates` are cards.
    """
    today = local(now).date()
    monday = today - timedelta(days=today.weekday())
    notified = 0
    if local(now) >= datetime.combine(monday, FROM, HERE):
        notified = _enqueue_updates(session, now, monday, updates) + _enqueue_gaps(session, now, monday)
    if local(now) >= datetime.combine(today, FROM, HERE):
        notified += _enqueue_corrections(session, now, today)
    return notified


def _enqueue_updates(session: Session, now: datetime, monday: date, updates: Iterable[Mapping[str, Any]]) -> int:
    first = (monday - timedelta(days=7)).isoformat()
    count = sum(1 for card in updates if first <= card["date"] < monday.isoformat())
    # Off until somebody asks for it, so these are all.
    wanted = select(EmailChoice.user_id).join(User, User.id == EmailChoice.user_id)
    wanted = wanted.where(EmailChoice.choice == "updates", EmailChoice.wanted, User.disabled.is_(False))
    people = session.scalars(wanted).all() if count else []
    text = "There is one new answer" if count == 1 else f"There are {count} new answers"
    return _enqueue(session, now, people, "updates-weekly", monday, f"{text} in “You asked, we did”.", "/updates/")


def _enqueue_gaps(session: Session, now: datetime, monday: date) -> int:
    end = datetime.combine(monday, time(), HERE)
    begin = datetime.combine(monday - timedelta(days=7), time(), HERE)
    new = select(func.count()).select_from(Gap).where(Gap.created_at >= begin, Gap.created_at < end)
    count = session.scalar(new) or 0
    people = _with_role(session, "commissioner") if count else []
    text = "One gap was reported last week." if count == 1 else f"{count} gaps were reported last week."
    return _enqueue(session, now, people, "gaps-weekly", monday, text, "/commissioning/gaps")


def _enqueue_corrections(session: Session, now: datetime, today: date) -> int:
    end = datetime.combine(today, time(), HERE)
    sent = corrections.Correction
    came = sent.created_at >= datetime.combine(today - timedelta(days=1), time(), HERE), sent.created_at < end
    new = select(func.count()).select_from(sent).where(*came, sent.state == corrections.CorrectionState.NEW)
    count = session.scalar(new) or 0
    people = _with_role(session, "editor") if count else []
    text = "One correction came yesterday." if count == 1 else f"{count} corrections came yesterday."
    return _enqueue(session, now, people, "corrections-daily", today, text, "/editor/corrections")


def _with_role(session: Session, role: str) -> Sequence[int]:
    wanted = select(User.id).join(UserRole).where(UserRole.role == role, User.disabled.is_(False))
    return session.scalars(wanted).all()


def _enqueue(
    session: Session, now: datetime, people: Iterable[int], topic: str, day: date, text: str, path: str
) -> int:
    return outbox.enqueue(
        session,
        now=now,
        to=people,
        topic=topic,
        subject=("digest", day.isoformat()),
        text=text,
        path=path,
        key=f"{topic}:{day.isoformat()}",
        channels=(outbox.EMAIL,),
    )
