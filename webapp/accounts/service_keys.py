"""The service key: with it a reporting tool reads the tables of /data, and nothing else, whoever comes and goes.

It belongs to the organisation. No one's leaving ends it: an administrator renews it, and it ends by itself on a day
that is told in time. Where it is renewed the one before works on for a while, so that reports do not stop.
Each function adds to the audit trail; the view commits.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.accounts import keys
from webapp.db.engine import Base, Moment
from webapp.people import audit
from webapp.people.models import User

PREFIX = "signpost_service_"
LASTS = timedelta(days=365)
OVERLAP = timedelta(days=7)  # how long the one before works on
TELL_BEFORE = timedelta(days=30)
MOST = 200  # files within keys.WINDOW: a report reads every table at each refresh


class ServiceKey(keys.Key, Base):
    """One key of the organisation. `made_by_id` is only for the record: the key does not end with the person."""

    __tablename__ = "service_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)


def live(session: Session, now: datetime) -> Sequence[ServiceKey]:
    """The keys that work now, the newest first: one, or two while a renewed one runs out."""
    return session.scalars(select(ServiceKey).where(ServiceKey.ends_at > now).order_by(ServiceKey.id.desc())).all()


def renew(session: Session, by: User, now: datetime, *, at_once: bool) -> str:
    """Give a first key, or a new one. The one before ends after OVERLAP, or `at_once`. Commit afterwards."""
    before = session.scalars(select(ServiceKey).where(ServiceKey.ends_at > now).with_for_update()).all()
    for row in before:
        row.ends_at = now if at_once else min(row.ends_at, now + OVERLAP)
    key = keys.made(PREFIX)
    row = ServiceKey(key_hash=keys.hash_of(key), made_at=now, made_by_id=by.id, ends_at=now + LASTS, window_at=now)
    session.add(row)
    session.flush()
    told: dict[str, object] = {
        "ends": row.ends_at.isoformat(),
        "before_ends": [old.ends_at.isoformat() for old in before],
    }
    _audit(session, by, now, "renewed" if before else "made", row.id, told)
    return key


def end(session: Session, key_id: int, by: User, now: datetime) -> bool:
    """End one key at once; False where it has ended or is not there. Commit afterwards."""
    row = session.get(ServiceKey, key_id, with_for_update=True)
    if row is None or row.ends_at <= now:
        return False
    row.ends_at = now
    _audit(session, by, now, "ended", row.id)
    return True


def use(engine: Engine, key: str, now: datetime) -> bool:
    """Whether `key` works, its use counted. Commits on a connection of its own. Raises keys.TooManyKeys."""
    if not key.startswith(PREFIX) or len(key) > keys.LONGEST:
        return False
    wanted = select(ServiceKey).where(ServiceKey.key_hash == keys.hash_of(key), ServiceKey.ends_at > now)
    return keys.count_use(engine, wanted, ServiceKey, now, MOST) is not None


def _audit(
    session: Session, by: User, now: datetime, act: str, key_id: int, after: dict[str, object] | None = None
) -> None:
    session.flush()
    subject = ("service-key", str(key_id))
    audit.append(session, now=now, actor=by.id, action=f"service-key.{act}", subject=subject, after=after)
