"""The audit trail: who did what, append-only, each entry sealed with the one before it.

    audit.append(db.session, now=now, actor=user.id, action="gap.status", subject=("gap", gap.ref),
                 before={"status": "new"}, after={"status": "reviewing"})
    db.session.commit()

Append last, just before the commit: from here to the commit every other writer of the trail waits, so the
chain cannot fork. `before` and `after` hold codes, dates and ids, and text once guarded.
The database itself refuses to change or remove an entry (`TRIGGERS`, which the migration also creates).
"""

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    DDL,
    JSON,
    Index,
    ScalarSelect,
    String,
    Table,
    bindparam,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment

GENESIS = "0" * 64  # what the first entry is sealed with
HEAD_ID = 1


class AuditEntry(Base):
    """One act. `previous` is unique: no two entries follow the same one. `actor` is None for the program."""

    __tablename__ = "audit"
    # What a page of the trail is asked for by, newest first.
    __table_args__ = (Index(None, "actor", "id"), Index(None, "action", "id"), Index(None, "kind", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[int | None]  # no foreign key: the trail outlives the account
    action: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40))
    ref: Mapped[str] = mapped_column(String(200), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """One row: how many entries there are and the last one's hash. Shows where the newest were dropped."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


# Each entry waits for the one before it, so these go the short way: no object is kept, and nothing is asked twice.
SEALED = ("at", "actor", "action", "kind", "ref", "before", "after")
_entries, _heads = cast(Table, AuditEntry.__table__), cast(Table, AuditHead.__table__)
_ADD = insert(_entries).returning(_entries.c.id)
_HOLD_HEAD = select(_heads.c.hash).where(_heads.c.id == HEAD_ID).with_for_update()
_MOVE_HEAD = update(_heads).where(_heads.c.id == HEAD_ID).values(entries=_heads.c.entries + 1, hash=bindparam("sealed"))


@dataclass(frozen=True)
class AuditFault:
    """The first entry that does not fit; `entry` is its id, or None where the newest are gone."""

    entry: int | None
    reason: str


def append(
    session: Session,
    *,
    now: datetime,
    actor: int | None,
    action: str,
    subject: tuple[str, str],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> int:
    """Add an entry about `subject`, a kind and a reference such as ("gap", "GAP-0001"); its id. Commit afterwards.

    `before` and `after` are JSON objects. Raises TypeError where they hold what JSON cannot.
    """
    session.flush()  # what else is to be written is written before others wait, not while they do
    previous = _locked_head(session)
    entry = AuditEntry(
        at=now,
        actor=actor,
        action=action,
        kind=subject[0],
        ref=subject[1],
        # Through JSON and back, so that what is sealed is exactly what will be read again.
        before=None if before is None else json.loads(_canonical(before)),
        after=None if after is None else json.loads(_canonical(after)),
        previous=previous,
    )
    sealed = {name: getattr(entry, name) for name in SEALED} | {"previous": previous, "hash": seal(entry)}
    number = session.scalar(_ADD, sealed)
    session.execute(_MOVE_HEAD, {"sealed": sealed["hash"]})
    return cast(int, number)


def as_of() -> ScalarSelect[str]:
    """What the newest entry is sealed with, to be selected; null before the first.

    What was worked out from audited rows still holds while this is the same: see `upkeep.marks`. Entries are added
    one after the other, so nothing older can appear behind it.
    """
    return select(AuditHead.hash).where(AuditHead.id == HEAD_ID).scalar_subquery()


def seal(entry: AuditEntry) -> str:
    """SHA-256, in hexadecimal, over the hash before and the entry's fields as canonical JSON."""
    fields = {name: getattr(entry, name) for name in SEALED}
    fields["at"] = entry.at.isoformat(timespec="microseconds")
    return hashlib.sha256((entry.previous + _canonical(fields)).encode()).hexdigest()


@dataclass(frozen=True)
class AuditPosition:
    """How far a check has come: the id and the hash of the last entry that fits, and how many there are up to it."""

    entry: int = 0
    hash: str = GENESIS
    count: int = 0


@dataclass(frozen=True)
class AuditProgress:
    """What came of a check: how far it came, the fault that stopped it, and whether it came to the newest entry."""

    position: AuditPosition
    fault: AuditFault | None = None
    is_whole: bool = False


def verify(session: Session) -> AuditFault | None:
    """Read the whole trail, oldest first; the first entry that was changed, dropped or put in, or None."""
    return follow(session, AuditPosition()).fault


def follow(session: Session, begun: AuditPosition, most: int | None = None) -> AuditProgress:
    """Check the entries behind `begun`, oldest first and at most `most`, up to the first that does not fit.

    Others may go on writing meanwhile: what the head says before and after bounds what must be there.
    """
    expected = _head(session)
    at, read = begun, 0
    behind = select(AuditEntry).where(AuditEntry.id > begun.entry).order_by(AuditEntry.id).limit(most)
    with closing(session.scalars(behind.execution_options(yield_per=1000))) as entries:
        for entry in entries:
            if entry.previous != at.hash or (at.count == expected.entries and at.hash != expected.hash):
                reason = "an entry before it is missing, or it was put in from elsewhere"
                return AuditProgress(at, AuditFault(entry.id, reason))
            if seal(entry) != entry.hash:
                return AuditProgress(at, AuditFault(entry.id, "it was changed after it was written"))
            at, read = AuditPosition(entry.id, entry.hash, at.count + 1), read + 1
    if read == most:
        return AuditProgress(at)
    return AuditProgress(at, _fault_of_end(session, at, expected), is_whole=True)


def _fault_of_end(session: Session, at: AuditPosition, expected: AuditHead) -> AuditFault | None:
    """Whether what was kept beside the entries says that there are as many, and that this is the last."""
    if at.count < expected.entries:
        return AuditFault(None, f"the newest entries are missing: {at.count} of {expected.entries} are there")
    latest = _head(session)
    if at.count > latest.entries or (at.count == latest.entries and at.hash != latest.hash):
        return AuditFault(None, f"there are {at.count} entries and the count kept beside them says {latest.entries}")
    return None


def _head(session: Session) -> AuditHead:
    """The head row as it is now; one of an empty trail where there is none. Not tied to the session."""
    columns = select(AuditHead.entries, AuditHead.hash).where(AuditHead.id == HEAD_ID)
    row = session.execute(columns).one_or_none()
    return AuditHead(id=HEAD_ID, entries=row.entries if row else 0, hash=row.hash if row else GENESIS)


def about(session: Session, kind: str, ref: str) -> list[AuditEntry]:
    """Every entry about one subject, oldest first."""
    return list(
        session.scalars(
            select(AuditEntry).where(AuditEntry.kind == kind, AuditEntry.ref == ref).order_by(AuditEntry.id)
        )
    )


def newest(session: Session) -> int:
    """The id of the newest entry; 0 before the first."""
    return session.scalar(select(func.max(AuditEntry.id))) or 0


def count(session: Session) -> int:
    """How many entries there are."""
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def _locked_head(session: Session) -> str:
    """What the newest entry is sealed with, held until the commit (SQLite holds its write lock already)."""
    head = session.scalar(_HOLD_HEAD)
    if head is None:  # the first entry of all; of two at once, one finds the other's row
        first = "insert into audit_head (id, entries, hash) values (1, 0, :genesis) on conflict (id) do nothing"
        session.execute(text(first), {"genesis": GENESIS})
        head = session.scalar(_HOLD_HEAD)
    return cast(str, head)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


# Run in this order. Each is one statement, for op.execute in the migration.
TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"create trigger audit_no_{act} before {act} on audit "
        "begin select raise(abort, 'the audit trail is append-only'); end"
        for act in ("update", "delete")
    ),
    "postgresql": (
        "create or replace function audit_refuse() returns trigger language plpgsql as "
        "$$ begin raise exception 'the audit trail is append-only'; end $$",
        "create trigger audit_no_change before update or delete on audit for each row execute function audit_refuse()",
        "create trigger audit_no_truncate before truncate on audit for each statement execute function audit_refuse()",
    ),
}

for _dialect, _statements in TRIGGERS.items():
    for _statement in _statements:
        event.listen(AuditEntry.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))
