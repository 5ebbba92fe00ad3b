"""Keys with which a program of a commissioner reads the gap log: one each, hashed at rest, and never shown again.

A key ends with the role that it was given for. Whoever is given the role again makes a new one.
"""

from datetime import datetime

from sqlalchemy import Engine, ForeignKeyConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.accounts import keys
from webapp.db.engine import Base, Moment
from webapp.people import audit
from webapp.people.models import User

ROLE = "commissioner"
PREFIX = "signpost-"
MOST = 60  # files within keys.WINDOW


class DataKey(keys.Key, Base):
    """One commissioner's key."""

    __tablename__ = "data_keys"
    # The database itself ends the key with the role that it was given for.
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "role"], ["people_roles.user_id", "people_roles.role"], ondelete="CASCADE"),
    )

    user_id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(20), default=ROLE)
    created_at: Mapped[datetime] = mapped_column(Moment)


def of(session: Session, user: User) -> DataKey | None:
    """This commissioner's key, or None."""
    return session.get(DataKey, user.id)


def renew(session: Session, user: User, now: datetime) -> str:
    """Give a first key, or a new one: the old one stops working at once. Returns it. Commit afterwards."""
    key = keys.made(PREFIX)
    row = session.get(DataKey, user.id)
    act = "renewed" if row else "made"
    row = row or DataKey(user_id=user.id)
    row.key_hash, row.created_at, row.last_used_at, row.window_at, row.used = keys.hash_of(key), now, None, now, 0
    session.add(row)
    _audit(session, user, now, act, user.id)
    return key


def end(session: Session, user: User, now: datetime, *, by: int | None) -> bool:
    """Revoke the key of `user` on behalf of `by`; False where there is no key. Commit afterwards."""
    row = session.get(DataKey, user.id)
    if row is None:
        return False
    session.delete(row)
    _audit(session, user, now, "ended", by)
    return True


def use(engine: Engine, key: str, now: datetime) -> int | None:
    """Whose `key` this is (an id), and count the use; None where it is nobody's who may still have one.

    Commits on a connection of its own. Raises keys.TooManyKeys.
    """
    if not key.startswith(PREFIX) or len(key) > keys.LONGEST:
        return None
    owners = select(DataKey).join(User, User.id == DataKey.user_id)
    wanted = owners.where(DataKey.key_hash == keys.hash_of(key), User.disabled.is_(False))
    row = keys.count_use(engine, wanted, DataKey, now, MOST)
    return row.user_id if row else None


def _audit(session: Session, user: User, now: datetime, act: str, by: int | None) -> None:
    session.flush()
    audit.append(session, now=now, actor=by, action=f"data-key.{act}", subject=("data-key", str(user.id)))
