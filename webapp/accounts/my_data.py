"""Everything the database holds about one person, for them to take away, and nothing of others.

Found by following every foreign key to `people`, so that a new table cannot be forgotten; `holdings` says what each is.
A row may name others too: whoever looks after a gap is not told who reported it. And some of it may not be theirs to
read: a column says `info=only("commissioner")` where it is for a role.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from webapp.accounts.holdings import WHAT, columns_of_people, tables_of_people
from webapp.db.engine import Base
from webapp.db.readers import may_read
from webapp.people import audit
from webapp.people.models import User

# Rows that belong to somebody by way of others of theirs: the table, its column, and the table that column leads to.
Through = tuple[str, str, str]
_through: list[Through] = []

SOMEBODY_ELSE = "a colleague"
# Of no use to the person, and of much to somebody who steals the file.
SECRET_WORDS = ("hash", "token", "secret")


def add_through(table: str, column: str, owner: str) -> None:
    """Let rows of `table` stand in somebody's file where `column` has the id of a row of `owner` that does."""
    _through.append((table, column, owner))


def as_json(session: Session, user: User, now: datetime) -> str:
    """What `collect` finds, as indented JSON with the moment it was made and a sentence on each table."""
    found = collect(session, user)
    said = {name: WHAT[name] for name in found}
    made = {"made": now.isoformat(timespec="seconds"), "what_this_is": said, **found}
    return json.dumps(made, indent=2, ensure_ascii=False, default=_plain) + "\n"


def collect(session: Session, user: User) -> dict[str, list[dict[str, Any]]]:
    """The rows that name `user`, by table; tables without any are left out."""
    found = {"people": _where(session, User.__table__, User.__table__.c.id == user.id, user)}
    for table, links in tables_of_people():
        if rows := _where(session, table, or_(*(link == user.id for link in links)), user):
            found[table.name] = rows
    for name, column, owner in _through:
        ids = [row["id"] for row in found.get(owner, ())]
        table = Base.metadata.tables[name]
        if rows := _where(session, table, table.c[column].in_(ids), user):
            found[name] = rows
    # The trail outlives the account, so it has no foreign key.
    trail = audit.AuditEntry.__table__.c
    mine = (trail.actor == user.id) | ((trail.kind == "person") & (trail.ref == str(user.id)))
    if rows := _where(session, audit.AuditEntry.__table__, mine, user):
        found["audit"] = rows
    return found


def _where(session: Session, table: Any, condition: ColumnElement[bool], user: User) -> list[dict[str, Any]]:
    assert isinstance(table, Table)
    shown = [c for c in table.columns if not any(word in c.name for word in SECRET_WORDS) and may_read(c, user.roles)]
    people = {column.name for column in columns_of_people(table)}
    found = session.execute(select(*shown).where(condition)).mappings()
    return [{name: _of(user, value) if name in people else value for name, value in row.items()} for row in found]


def _of(user: User, person: int | None) -> int | str | None:
    return person if person in (None, user.id) else SOMEBODY_ELSE


def _plain(value: Any) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
