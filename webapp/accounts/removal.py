"""Removing an account: the record stays, the person goes. The caller commits.

The schema says what is whose. A row that would go with its person (`ON DELETE CASCADE`) is theirs and goes. A column
that would be emptied (`SET NULL`) is a mention of them in a record, and is emptied. Features say of the few rows that
count for others what they leave behind: `keep`. The row in `people` itself stays without a name, because the audit
trail, which nothing may change, and those counts lead to it.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ForeignKey, delete, update
from sqlalchemy.orm import Session

from webapp.accounts.holdings import tables_of_people
from webapp.people import audit
from webapp.people.models import User
from webapp.web.handover import held_by
from webapp.web.refusals import Refused

NAMELESS = "Someone who has left"
# Nobody can have an address of this domain: https://www.rfc-editor.org/rfc/rfc2606#section-2
ADDRESS = "removed-{}@removed.invalid"

Leave = Callable[[Session, int], None]
_kept: dict[str, Leave] = {}


def keep(table: str, leave: Leave = lambda session, user_id: None) -> None:
    """Let rows of `table` stay. `leave` takes out of those of one person whatever is theirs alone."""
    _kept[table] = leave


def faults(session: Session, user: User) -> str:
    """What must be done before `user` can be removed, as a sentence; empty where nothing must."""
    if not user.disabled:
        return "Stop their sign-in first. It signs them out, and you can still let them in again"
    if held_by(session, user.id):
        return "Hand over what they look after first"
    return ""


def remove(session: Session, user: User, *, by: int, now: datetime) -> dict[str, int]:
    """Take the person out of every table, for good; how many rows went or were changed, by table.

    Raises Refused where something must be done first: see `faults`.
    """
    if user.removed_at is not None:
        raise Refused("This account was removed already")
    if why := faults(session, user):
        raise Refused(why)
    changed: dict[str, int] = {}
    for table, columns in reversed(list(tables_of_people())):
        if leave := _kept.get(table.name):
            leave(session, user.id)
            continue
        for column in columns:
            act = delete(table) if _goes(column.foreign_keys) else update(table).values({column.name: None})
            rows = len(session.execute(act.where(column == user.id).returning(column)).all())
            changed[table.name] = changed.get(table.name, 0) + rows
    session.expire(user)
    user.name, user.email, user.team = NAMELESS, ADDRESS.format(user.id), ""
    user.password_hash, user.removed_at, user.last_sign_in_at = "", now, None
    user.session_version += 1
    counted = {name: rows for name, rows in sorted(changed.items()) if rows}
    about = ("person", str(user.id))
    audit.append(session, now=now, actor=by, action="person.removed", subject=about, after={"rows": counted})
    return counted


def _goes(keys: set[ForeignKey]) -> bool:
    return all(key.ondelete == "CASCADE" for key in keys)
