"""Whether the database is there, of this version's shape, takes what is written, and keeps what it took."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from webapp.db import driver, faults, readiness
from webapp.db.readiness import Readiness
from webapp.health.finding import Finding, Patient, fault, fine, notice

ABOUT = "Database"
NEEDED_BY_BACKUPS = ("pg_dump", "pg_restore")
KEPT_OR_NOT = "off"  # PostgreSQL's word for an answer before the disk has it


def can_be_read(at: Patient) -> bool:
    """Whether the tables that other checks ask are there. Makes no file where there is none."""
    if _missing_file(at.engine.url):
        return False
    found = readiness.look(at.engine, at.now)
    return found.answers and found.schema in {"current", "newer"}


def database(at: Patient) -> Iterator[Finding]:
    """The whole of it; the first fault hides the rest, which would only follow from it."""
    if missing := _missing_file(at.engine.url):
        said = f"{missing} is a folder, and no database." if missing.is_dir() else f"There is no database at {missing}."
        yield fault(ABOUT, said, "Run `signpost db upgrade`, or mend DATABASE_URL.")
        return
    found = readiness.look(at.engine, at.now)
    if wrong := _not_ready(at, found):
        yield wrong
        return
    if found.schema == "newer":
        todo = "Right while a version is brought in or taken back; else start the newer program: docs/upgrading.md."
        yield notice(ABOUT, f"{_where(at.engine.url)} is of a later version than this program.", todo)
    if driver.is_sqlite(at.engine.url):
        yield _sqlite(at.engine)
    else:
        yield from _postgresql(at.engine)


def _missing_file(url: URL) -> Path | None:
    """Where a SQLite file should be and is not."""
    if not driver.is_sqlite(url):
        return None
    path = Path(str(url.database)).absolute()
    return None if path.is_file() else path


def _not_ready(at: Patient, found: Readiness) -> Finding | None:
    if not found.answers:
        todo = (
            "Mend DATABASE_URL, or put a backup in its place: docs/backup.md."
            if driver.is_sqlite(at.engine.url)
            else "Start it, or mend DATABASE_URL: the address, the name, the password, the way there."
        )
        return fault(ABOUT, f"{_where(at.engine.url)} cannot be reached: {_why(at.engine)}.", todo)
    if found.schema in {"missing", "older"}:
        todo = "Run `signpost db upgrade`. Make a backup first where anything is in it."
        what = "has no tables yet" if found.schema == "missing" else "is of an earlier version than this program"
        return fault(ABOUT, f"{_where(at.engine.url)} {what}.", todo)
    if not found.writable:
        todo = "Make room, end what holds it, or let the user of the site write to it."
        return fault(ABOUT, f"{_where(at.engine.url)} can be read, and not written: full, locked or read-only.", todo)
    return None


def _where(url: URL) -> str:
    """The database as it may be shown: without a user's name or password."""
    return f"The file {url.database}" if driver.is_sqlite(url) else f"The database {url.database} at {url.host}"


def _why(engine: Engine) -> str:
    try:
        with engine.connect():
            return "it answers now, and did not a moment ago"
    except SQLAlchemyError as error:
        name = faults.name_of(error)
        return " ".join(filter(None, [faults.in_words(name), f"({name})"]))


def _sqlite(engine: Engine) -> Finding:
    with engine.connect() as connection:
        mode = str(connection.exec_driver_sql("pragma journal_mode").scalar())
    version = driver.sqlite.sqlite_version
    if mode != driver.journal_mode(driver.sqlite.sqlite_version_info):
        todo = "Stop every process of the site, then start it again: the first one turns the journal."
        return notice(ABOUT, f"SQLite {version} keeps the journal “{mode}”, which is not the one it should.", todo)
    if mode != "wal":
        todo = "Install the package pysqlite3, which brings a newer SQLite: docs/decisions/sqlite-journal.md says why."
        return notice(ABOUT, f"SQLite {version} is old: readers and writers wait for each other.", todo)
    return fine(ABOUT, f"SQLite {version} answers, with write-ahead logging, and takes what is written.")


def _postgresql(engine: Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        version = connection.scalar(text("show server_version"))
        kept = connection.scalar(text("show synchronous_commit"))
        durable = connection.scalar(text("show fsync"))
    if KEPT_OR_NOT in {kept, durable}:
        todo = "Switch synchronous_commit and fsync on: they are off for this database."
        yield fault(ABOUT, "PostgreSQL says that something is saved before its disk has it.", todo)
    else:
        yield fine(ABOUT, f"PostgreSQL {version} answers, is of this version's shape, and takes what is written.")
    if missing := [name for name in NEEDED_BY_BACKUPS if not shutil.which(name)]:
        todo = "Install the client programs of PostgreSQL, as new as the server: docs/backup.md."
        yield fault("Backup", f"No backup can be made or put back: {' and '.join(missing)} are not on the PATH.", todo)
