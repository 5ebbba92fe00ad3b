"""What a database holds, counted: said of it when it is backed up, and asked of it again when the backup is opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, inspect, select, table
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from webapp.people import audit
from webapp.people.audit import AuditHead
from webapp.people.models import User

VERSION = "alembic_version"


class BackupFault(Exception):
    """A backup cannot be made, read or restored. The message is a sentence that says what to do."""


@dataclass(frozen=True)
class Contents:
    """`rows` has how many each table has; `schema` is the last migration; `audit` the trail's length and last hash."""

    rows: dict[str, int]
    schema: str
    audit: tuple[int, str]

    def as_data(self) -> dict[str, Any]:
        return {"rows": self.rows, "schema": self.schema, "audit": list(self.audit)}

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> "Contents":
        """What `as_data` made. Raises KeyError, TypeError or ValueError for anything else."""
        entries, last = data["audit"]
        return cls({str(name): int(rows) for name, rows in data["rows"].items()}, str(data["schema"]), (entries, last))

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def of(connection: Connection) -> Contents:
    """Count what the database behind `connection` holds. Raises BackupFault where it is none of ours."""
    names = set(inspect(connection).get_table_names())
    if not {VERSION, AuditHead.__tablename__} <= names:
        raise BackupFault("The database has no tables of Signpost yet: run `signpost db upgrade` first.")
    rows = {name: _count(connection, name) for name in sorted(names - {VERSION})}
    schema = connection.exec_driver_sql(f"select version_num from {VERSION}").scalar()  # nosec B608 # noqa: S608 - a constant
    head = connection.execute(select(AuditHead.entries, AuditHead.hash)).one_or_none()
    return Contents(rows, str(schema), (head[0], head[1]) if head else (0, audit.GENESIS))


def people_in(engine: Engine) -> int:
    """How many people the database behind `engine` knows; 0 too where it has no tables."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(User.__tablename__):
            return 0
        return _count(connection, User.__tablename__)


def faults(engine: Engine, said: Contents) -> Iterator[str]:
    """What the database behind `engine` has otherwise than was `said` of it, and whether its audit trail is whole."""
    with engine.connect() as connection:
        found = of(connection)
    for name in sorted(found.rows.keys() | said.rows.keys()):
        here, wanted = found.rows.get(name, 0), said.rows.get(name, 0)
        if here != wanted:
            yield f"The table {name} has {here:,} rows, where {wanted:,} were backed up."
    if found.schema != said.schema:
        yield f"Its tables are of version {found.schema}, where {said.schema} was backed up."
    with Session(engine) as session:
        broken = audit.verify(session)
    if broken is not None:
        where = "" if broken.entry is None else f", entry {broken.entry}"
        yield f"The audit trail is not whole{where}: {broken.reason}."
    elif found.audit != said.audit:
        yield "The audit trail ends otherwise than the one that was backed up."


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(table(name))) or 0
