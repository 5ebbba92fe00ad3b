"""Whether the database can serve this version of the program: it answers, has the shape, and takes what is written."""

import threading
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db import revisions
from webapp.db.engine import Base, Moment
from webapp.db.upsert import insert

PATIENCE = 3  # seconds for a lock: whoever asks waits for an answer
_one = threading.Lock()  # who asks often must not keep writers waiting


class WriteProbe(Base):
    """One row, written to see whether anything can be: a full disk is noticed by no reading."""

    __tablename__ = "write_probe"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True)
class Readiness:
    """`schema` is current, older or missing, and None where it cannot be read; a newer one serves this program too."""

    answers: bool
    schema: str | None
    writable: bool

    @property
    def ready(self) -> bool:
        return self.answers and self.schema in {"current", "newer"} and self.writable


def look(engine: Engine, now: datetime) -> Readiness:
    """Ask the database behind `engine`, and write to it. Never raises for a fault of the database."""
    found = schema(engine)
    writable = found in {"current", "newer"} and _can_write(engine, now)
    return Readiness(answers=found is not None, schema=found, writable=writable)


def schema(engine: Engine) -> str | None:
    """`current`, `older`, `newer` or `missing`; None where it cannot be read. Writes nothing."""
    try:
        with engine.connect() as connection:
            return _schema(revisions.last_of(connection))
    except SQLAlchemyError:
        return None


def _schema(revision: str | None) -> str:
    if revision is None:
        return "missing"
    known = revisions.every()
    if revision == known[-1]:
        return "current"
    # While a new version is brought in, the old one serves on with a database that is ahead of it.
    return "older" if revision in known else "newer"


def _can_write(engine: Engine, now: datetime) -> bool:
    try:
        with (
            _one,
            engine.connect().execution_options(writes=True, patience=PATIENCE) as connection,
            Session(connection) as session,
        ):
            probe = insert(session, WriteProbe).values(id=1, at=now)
            session.execute(probe.on_conflict_do_update(index_elements=["id"], set_={"at": now}))
            session.commit()
    except SQLAlchemyError:
        return False
    return True
