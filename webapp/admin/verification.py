"""The audit trail checked in the background, some entries at a time, so that no page ever walks all of it.

Each day a round begins anew at the first entry: what was found whole once may be changed afterwards. Once a round has
come to the newest entry, it follows what is added.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.admin.models import AuditCheck
from webapp.people import audit

ONE = 1
AT_ONCE = 2_000  # entries; about a tenth of a second, for which SQLite lets nobody else write
EVERY = timedelta(days=1)


def state(session: Session) -> AuditCheck | None:
    """How far the check is; None before the first."""
    return session.get(AuditCheck, ONE)


def begin_anew(session: Session) -> None:
    """Let the next `step` begin at the first entry. Commit afterwards."""
    row = _locked(session)
    row.entry, row.hash, row.entries, row.round_ended_at = 0, audit.GENESIS, 0, None


def step(session: Session, now: datetime, most: int = AT_ONCE) -> str:
    """Check the next entries; what to say of it where something does not fit. Commit afterwards.

    After a fault a round begins anew when it is due, or when somebody asks for it.
    """
    row = _locked(session)
    is_due = row.round_ended_at is not None and now - row.round_ended_at >= EVERY
    if is_due:
        begin_anew(session)
    elif row.fault and row.round_ended_at:
        return ""
    came = audit.follow(session, audit.AuditPosition(row.entry, row.hash, row.entries), most)
    row.entry, row.hash, row.entries = came.position.entry, came.position.hash, came.position.count
    if came.fault:
        row.fault, row.fault_entry, row.fault_at = came.fault.reason[:200], came.fault.entry, now
        row.round_ended_at = now
        return f"the audit trail does not fit{f' at entry {came.fault.entry}' if came.fault.entry else ''}: {row.fault}"
    if came.is_whole:
        row.round_ended_at = row.round_ended_at or now
        row.whole_at, row.whole_entry, row.whole_entries = now, row.entry, row.entries
        row.fault, row.fault_entry, row.fault_at = "", None, None
    return ""


def _locked(session: Session) -> AuditCheck:
    """The row, held until the commit."""
    row = session.scalars(select(AuditCheck).where(AuditCheck.id == ONE).with_for_update()).one_or_none()
    if row is None:
        row = AuditCheck(id=ONE, entry=0, hash=audit.GENESIS, entries=0, fault="")
        session.add(row)
        session.flush()
    return row
