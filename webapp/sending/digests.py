"""What is told once a week: what was answered, and to commissioners what was reported. Nothing where there is nothing.

Told from Monday morning on, about the seven days before that Monday. The key is the week, so nobody is told twice.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import outbox
from webapp.dates import HERE, local
from webapp.gap_log.models import Gap
from webapp.people import User, UserRole
from webapp.sending.choices import EmailChoice

FROM = time(8)


def tell(session: Session, now: datetime, updates: Iterable[Mapping[str, Any]]) -> int:
    """Tell last week's news to those who may want it; how many were told. `updates` are cards. Commit afterwards."""
    monday = local(now).date() - timedelta(days=local(now).weekday())
    if local(now) < datetime.combine(monday, FROM, HERE):
        return 0
    return _tell_updates(session, now, monday, updates) + _tell_gaps(session, now, monday)


def _tell_updates(session: Session, now: datetime, monday: date, updates: Iterable[Mapping[str, Any]]) -> int:
    first = (monday - timedelta(days=7)).isoformat()
    count = sum(1 for card in updates if first <= card["date"] < monday.isoformat())
    # Off until somebody asks for it, so these are all.
    wanted = select(EmailChoice.user_id).join(User, User.id == EmailChoice.user_id)
    wanted = wanted.where(EmailChoice.choice == "updates", EmailChoice.wanted, User.disabled.is_(False))
    people = session.scalars(wanted).all() if count else []
    said = "There is one new answer" if count == 1 else f"There are {count} new answers"
    return _tell(session, now, people, "updates-weekly", monday, f"{said} in “You asked, we did”.", "/updates/")


def _tell_gaps(session: Session, now: datetime, monday: date) -> int:
    end = datetime.combine(monday, time(), HERE)
    begin = datetime.combine(monday - timedelta(days=7), time(), HERE)
    new = select(func.count()).select_from(Gap).where(Gap.created_at >= begin, Gap.created_at < end)
    count = session.scalar(new) or 0
    commissioners = select(User.id).join(UserRole).where(UserRole.role == "commissioner", User.disabled.is_(False))
    people = session.scalars(commissioners).all() if count else []
    said = "One gap was reported last week." if count == 1 else f"{count} gaps were reported last week."
    return _tell(session, now, people, "gaps-weekly", monday, said, "/commissioning/gaps")


def _tell(
    session: Session, now: datetime, people: Iterable[int], topic: str, monday: date, text: str, path: str
) -> int:
    return outbox.tell(
        session,
        now=now,
        to=people,
        topic=topic,
        subject=("week", monday.isoformat()),
        text=text,
        path=path,
        key=f"{topic}:{monday.isoformat()}",
        channels=(outbox.EMAIL,),
    )
