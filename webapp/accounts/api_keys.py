"""Keys with which a program of a commissioner reads the gap log: one each, hashed at rest, and never shown again.

A key ends with the role that it was given for. Whoever is given the role again makes a new one.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Engine, ForeignKeyConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp import audit
from webapp.db.engine import Base, Moment
from webapp.people import User

ROLE = "commissioner"
PREFIX = "signpost-"  # so that whoever finds one knows what it opens
LONGEST = 100
WINDOW = timedelta(minutes=15)
MOST = 60  # files within a window


class DataKey(Base):
    """One commissioner's key. What it is cannot be read from here: only whether a text is it."""

    __tablename__ = "data_keys"
    # The database itself ends the key with the role that it was given for.
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "role"], ["people_roles.user_id", "people_roles.role"], ondelete="CASCADE"),
    )

    user_id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(20), default=ROLE)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment)
    window_at: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[int] = mapped_column(default=0)  # since window_at


class TooManyKeys(Exception):
    """The key has been used too often lately. `wait` says for how long it is refused."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait


def of(session: Session, user: User) -> DataKey | None:
    """This commissioner's key, or None."""
    return session.get(DataKey, user.id)


def renew(session: Session, user: User, now: datetime) -> str:
    """Give a first key, or a new one: the old one stops working at once. Returns it. Commit afterwards."""
    key = PREFIX + secrets.token_urlsafe(32)
    row = session.get(DataKey, user.id)
    act = "renewed" if row else "made"
    row = row or DataKey(user_id=user.id)
    row.key_hash, row.created_at, row.last_used_at, row.window_at, row.used = _hash(key), now, None, now, 0
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

    Commits on a connection of its own. Raises TooManyKeys.
    """
    if not key.startswith(PREFIX) or len(key) > LONGEST:
        return None
    wanted = (
        select(DataKey)
        .join(User, User.id == DataKey.user_id)
        .where(DataKey.key_hash == _hash(key), User.disabled.is_(False))
        .with_for_update(of=DataKey)
    )
    with engine.connect().execution_options(writes=True) as connection, Session(connection) as session:
        row = session.scalars(wanted).one_or_none()
        if row is None:
            return None
        if now - row.window_at >= WINDOW:
            row.window_at, row.used = now, 0
        if row.used >= MOST:
            raise TooManyKeys(row.window_at + WINDOW - now)
        row.used, row.last_used_at = row.used + 1, now
        owner = row.user_id
        session.commit()
        return owner


def _hash(key: str) -> str:
    # A plain hash is enough for 256 random bits: nobody can try them all.
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _audit(session: Session, user: User, now: datetime, act: str, by: int | None) -> None:
    session.flush()
    audit.append(session, now=now, actor=by, action=f"data-key.{act}", subject=("data-key", str(user.id)))
