"""The database: one session a request, the same rules on SQLite and PostgreSQL.

A view changes rows through `db.session` and ends with `db.session.commit()`; only then does it answer.
Why the rollback journal or WAL: docs/decisions/sqlite-journal.md.
"""

import random
import sqlite3
import time
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
BUSY_SECONDS = 15  # a page gives up after 20 (live.js), and should hear why
CONNECT_SECONDS = 5
LOOK_AGAIN = 0.002, 0.01  # seconds, at random between the two
# https://sqlite.org/wal.html#walresetbug: WAL can corrupt up to 3.51.2, but for these later patches.
WAL_SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))

db = SQLAlchemy(engine_options={"hide_parameters": True})


class Base(DeclarativeBase):
    """Every table. Constraints are named by rule, so that migrations can name them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, with its zone, on both databases (SQLite forgets zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def init_app(app: Flask, database_url: str) -> None:
    """Connect `app` to `database_url`, making the folder of a SQLite file where it is missing."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_file = url.get_backend_name() == "sqlite"
    # A file does not hang up; a server does, and is asked before it is trusted.
    options: dict[str, Any] = {"url": database_url, "pool_pre_ping": not is_file}
    if not is_file:
        options["connect_args"] = {"connect_timeout": CONNECT_SECONDS} | dict(url.query)
    app.config["SQLALCHEMY_ENGINES"] = {"default": options}
    db.init_app(app)
    # The extension would close its asynchronous sessions after every request, which starts a thread each time.
    # There are none here.
    app.teardown_appcontext_funcs[:] = [f for f in app.teardown_appcontext_funcs if not iscoroutinefunction(f)]
    with app.app_context():
        if is_file:
            prepare_sqlite(db.engine)
        else:
            event.listen(db.engine, "connect", _on_connect_to_server)


def begin_immediate(session: Session) -> None:
    """Let `session` write, even in a GET, without a wait for others: for what may as well be left undone.

    Raises OperationalError where somebody else is writing to SQLite; PostgreSQL locks rows, which are seldom the same.
    """
    session.connection(execution_options={"writes": True, "patience": 0})


def prepare_sqlite(engine: Engine) -> None:
    """Foreign keys, a busy timeout, the journal this SQLite is safe with, and transactions that we begin."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def journal_mode(version: tuple[int, int, int]) -> str:
    """`wal` where `version` of SQLite is past the WAL-reset fault, else `delete` (the rollback journal)."""
    fixed = version >= WAL_SAFE[0] or any(v[:2] == version[:2] and version >= v for v in WAL_SAFE[1:])
    return "wal" if fixed else "delete"


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, in _on_begin
    cursor = connection.cursor()
    cursor.execute("pragma foreign_keys=on")
    cursor.execute(f"pragma busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute(f"pragma journal_mode={journal_mode(sqlite3.sqlite_version_info)}")
    cursor.execute("pragma synchronous=full")
    cursor.close()


def _on_connect_to_server(connection: Any, record: Any) -> None:
    """Wait for a lock as long as SQLite does, and not for ever."""
    connection.execute(f"set lock_timeout = {BUSY_SECONDS * 1000}")
    connection.commit()


def _on_begin(connection: Connection) -> None:
    """Take the write lock at the start of anything that may write.

    A SQLite read that becomes a write fails at once with "database is locked", whatever the timeout is.
    """
    options = connection.get_execution_options()
    reads_only = has_request_context() and request.method in SAFE_METHODS and not options.get("writes")
    driver = connection.connection.driver_connection
    assert driver is not None
    if reads_only:
        driver.execute("BEGIN")  # waits for nobody, so it cannot fail: the short way is safe
    else:
        _begin_to_write(connection, driver, options.get("patience", BUSY_SECONDS))


def _begin_to_write(connection: Connection, driver: Any, seconds: float) -> None:
    """Take the write lock within `seconds`, or raise OperationalError.

    SQLite itself looks again after ever longer pauses, so that newcomers overtake those who wait: of sixteen writers
    one waited for 24 seconds. Here all look equally often.
    """
    deadline = time.monotonic() + seconds
    driver.execute("pragma busy_timeout=0")
    try:
        while time.monotonic() < deadline:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(random.uniform(*LOOK_AGAIN))  # noqa: S311 - no secret
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last look, which says what is wrong as all statements do
    finally:
        driver.execute(f"pragma busy_timeout={BUSY_SECONDS * 1000}")


def now() -> datetime:
    """The present moment in UTC. Views pass it on, so that everything below can be tested at any time."""
    return datetime.now(UTC)
