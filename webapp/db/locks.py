"""Letting one transaction at a time through a place where two at once would both be right and together be wrong."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def one_at_a_time(session: Session, *names: str) -> None:
    """Wait until no other transaction holds any of `names`, and hold them until this one ends.

    On SQLite whoever writes is alone already. Raises OperationalError where the wait is longer than for any lock.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    for key in sorted(map(_key, names)):  # in one order, so that two never wait for each other
        session.execute(select(func.pg_advisory_xact_lock(key)))


def _key(name: str) -> int:
    """A number of 64 bits with its sign, as PostgreSQL wants it."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
