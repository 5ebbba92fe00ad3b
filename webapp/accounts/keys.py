"""What all keys of programs have in common: hashed at rest, never shown again, and not used without end."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine, Select, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Moment

LONGEST = 100
WINDOW = timedelta(minutes=15)


class Key:
    """A key: what it is cannot be read from here, only whether a text is it; and how it was used."""

    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment)
    window_at: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[int] = mapped_column(default=0)  # since window_at


KeyT = TypeVar("KeyT", bound=Key)


class TooManyKeys(Exception):
    """The key has been used too often lately. `wait` says for how long it is refused."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait


def made(prefix: str) -> str:
    """A new key, which begins with `prefix` so that whoever finds one knows what it opens."""
    return prefix + secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """What is kept of a key: a plain hash is enough for 256 random bits, which nobody can try."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def count_use(engine: Engine, wanted: Select[Any], kept: type[KeyT], now: datetime, most: int) -> KeyT | None:
    """The key that `wanted` finds, its use counted; None for none. At most `most` uses within WINDOW.

    Commits on a connection of its own. Raises TooManyKeys.
    """
    with engine.connect().execution_options(writes=True) as connection, Session(connection) as session:
        row: KeyT | None = session.scalars(wanted.with_for_update(of=kept)).one_or_none()
        if row is None:
            return None
        if now - row.window_at >= WINDOW:
            row.window_at, row.used = now, 0
        if row.used >= most:
            raise TooManyKeys(row.window_at + WINDOW - now)
        row.used, row.last_used_at = row.used + 1, now
        session.flush()
        session.expunge(row)
        session.commit()
        return row
