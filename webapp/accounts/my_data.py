"""Everything the database holds about one person, for them to take away.

Found by following every foreign key to `people`, so that a new table cannot be forgotten.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from webapp import audit
from webapp.db.engine import Base
from webapp.people import User

# Rows that belong to somebody by way of others of theirs: the table, its column, and the table that column leads to.
Through = tuple[str, str, str]
_through: list[Through] = []

# Of no use to the person, and of much to somebody who steals the file.
SECRET_WORDS = ("hash", "token")


def add_through(table: str, column: str, owner: str) -> None:
    """Let rows of `table` stand in somebody's file where `column` has the id of a row of `owner` that does."""
    _through.append((table, column, owner))


def as_json(session: Session, user: User, now: datetime) -> str:
    """What `collect` finds, as indented JSON with the moment it was made."""
    made = {"made": now.isoformat(timespec="seconds"), **collect(session, user)}
    return json.dumps(made, indent=2, ensure_ascii=False, default=_plain) + "\n"


def collect(session: Session, user: User) -> dict[str, list[dict[str, Any]]]:
    """The rows that name `user`, by table; tables without any are left out."""
    found = {"people": _rows(session, User.__table__, [User.__table__.c.id], user.id)}
    for table in Base.metadata.sorted_tables:
        links = [c for c in table.columns if any(key.column is User.__table__.c.id for key in c.foreign_keys)]
        if links and (rows := _rows(session, table, links, user.id)):
            found[table.name] = rows
    for name, column, owner in _through:
        ids = [row["id"] for row in found.get(owner, ())]
        table = Base.metadata.tables[name]
        if rows := [dict(row) for row in session.execute(select(table).where(table.c[column].in_(ids))).mappings()]:
            found[name] = rows
    # The trail outlives the account, so it has no foreign key.
    trail = audit.AuditEntry.__table__
    if rows := _rows(session, trail, [trail.c.actor], user.id):
        found["audit"] = rows
    return found


def _rows(session: Session, table: Any, links: Sequence[Any], user_id: int) -> list[dict[str, Any]]:
    assert isinstance(table, Table)
    shown = [c for c in table.columns if not any(word in c.name for word in SECRET_WORDS)]
    where = links[0] == user_id
    for link in links[1:]:
        where = where | (link == user_id)
    return [dict(row) for row in session.execute(select(*shown).where(where)).mappings()]


def _plain(value: Any) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
