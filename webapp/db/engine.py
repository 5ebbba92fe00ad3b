"""The database: one session a request, the same rules on SQLite and PostgreSQL.

A view changes rows through `db.session` and ends with `db.session.commit()`; only then does it answer.
Why the rollback journal or WAL: docs/decisions/sqlite-journal.md.
"""

import random
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from webapp.db import driver, kept, restarts, timed
from webapp.telemetry import counted

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
BUSY_SECONDS = 15  # a page gives up after 20 (live.js), and should hear why
CONNECT_SECONDS = 5
LOOK_AGAIN = 0.002, 0.01  # seconds, at random between the two
LONGEST_WAL = 64 * 1024 * 1024  # bytes that the file beside the database keeps, once what is in it has been taken over

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


class Stamped:
    """A row that says when it was last written, whatever wrote it: for readers who ask for what has changed since.

    Of all writing through SQLAlchemy, also of many rows at once; never of a text that is run as it is.
    """

    modified_at: Mapped[datetime] = mapped_column(Moment, default=lambda: now(), onupdate=lambda: now())


def init_app(app: Flask, database_url: str) -> None:
    """Connect `app` to `database_url`, making the folder of a SQLite file where it is missing."""
    url = make_url(database_url)
    if driver.is_sqlite(database_url) and url.database:
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_file = driver.is_sqlite(database_url)
    options: dict[str, Any] = {"url": database_url, **driver.options(database_url)}
    patience = {} if is_file else {"connect_timeout": CONNECT_SECONDS}
    options["connect_args"] = patience | timed.connect_args(is_file) | dict(url.query)
    app.config["SQLALCHEMY_ENGINES"] = {"default": options}
    db.init_app(app)
    # The extension would close its asynchronous sessions after every request, which starts a thread each time.
    # There are none here.
    closing = [_although_it_hung_up(f) for f in app.teardown_appcontext_funcs if not iscoroutinefunction(f)]
    app.teardown_appcontext_funcs[:] = closing
    with app.app_context():
        _count_connections(db.engine)
        if is_file:
            _prepare_sqlite(db.engine)
        else:
            restarts.bridge(db.engine, _wait_for_locks_as_long)
            kept.look_before_use(db.engine)


def _count_connections(engine: Engine) -> None:
    """Let it be seen how many connections are taken from the pool, and how many it gives at most; more wait."""
    if not isinstance(engine.pool, QueuePool):
        return
    most = engine.pool.size() + engine.pool._max_overflow

    def taken(less: int) -> None:
        # Not one more and one less: a connection that could not be opened is put back without having been taken.
        if isinstance(engine.pool, QueuePool):  # which is another one once the engine was disposed of
            counted.connections.set(engine.pool.checkedout() - less)

    event.listen(engine, "connect", lambda *_: counted.connections_most.set(most))
    event.listen(engine, "checkout", lambda *_: taken(0))
    event.listen(engine, "checkin", lambda *_: taken(1))
    event.listen(engine, "detach", lambda *_: taken(0))  # it is nobody's then: see straight


def _although_it_hung_up(close: Callable[..., Any]) -> Callable[..., None]:
    """`close`, for which the answer is made already: a server that is gone by then takes nothing of it back."""

    def closed(error: BaseException | None = None) -> None:
        with suppress(DBAPIError):
            close(error)

    return closed


def begin_immediate(session: Session) -> None:
    """Let `session` write, even in a GET, without a wait for others: for what may as well be left undone.

    Raises OperationalError where somebody else is writing to SQLite; PostgreSQL locks rows, which are seldom the same.
    """
    session.connection(execution_options={"writes": True, "patience": 0})


def connected_to(database_url: str, **options: Any) -> Engine:
    """An engine by the same rules as the site's, for whoever has no app; `options` are those of `create_engine`."""
    engine = create_engine(database_url, **driver.options(database_url), **options)
    if driver.is_sqlite(database_url):
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    """A private file, foreign keys, a busy timeout, the journal this SQLite is safe with, and transactions we begin."""
    event.listen(engine, "do_connect", lambda *_: _make_for_us_alone(engine.url))
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _make_for_us_alone(url: URL) -> None:
    """A new file that other users of the machine cannot read; SQLite would make one that they can.

    Done before any connection: the first of a new site may be a page's or a command's, and what they make, stays.
    """
    path = Path(url.database or "")
    if url.database and path.parent.is_dir() and not path.exists() and ":memory:" not in url.database:
        with suppress(OSError):  # SQLite says so itself
            path.touch(mode=0o600)


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, in _on_begin
    connection.execute("pragma foreign_keys=on")
    _wait_for_locks(connection, BUSY_SECONDS)
    _choose_journal(connection, driver.journal_mode(driver.sqlite.sqlite_version_info))
    connection.execute(f"pragma journal_size_limit={LONGEST_WAL}")
    connection.execute("pragma synchronous=full")


def _choose_journal(connection: Any, wanted: str) -> None:
    """Turn a file that was made with the other journal. The mode is kept in the file, for everybody.

    To WAL it may wait for another time: the rollback journal is safe with each version, and a file that is only read
    cannot be turned. From WAL it may not: an old version must not write it, so the fault is raised.
    """
    if connection.execute("pragma journal_mode").fetchone()[0] == wanted:
        return
    _wait_for_locks(connection, 0)
    with suppress(driver.sqlite.OperationalError) if wanted == "wal" else nullcontext():
        connection.execute(f"pragma journal_mode={wanted}")
    _wait_for_locks(connection, BUSY_SECONDS)


def _wait_for_locks(connection: Any, seconds: float) -> None:
    connection.execute(f"pragma busy_timeout={seconds * 1000}")


def _wait_for_locks_as_long(connection: Any) -> None:
    """Wait for a lock as long as SQLite does, and not for ever."""
    connection.execute(f"set lock_timeout = {BUSY_SECONDS * 1000}")
    connection.commit()


def _on_begin(connection: Connection) -> None:
    """Take the write lock at the start of anything that may write.

    A SQLite read that becomes a write fails at once with "database is locked", whatever the timeout is.
    """
    options = connection.get_execution_options()
    reads_only = has_request_context() and request.method in SAFE_METHODS and not options.get("writes")
    raw = connection.connection.driver_connection
    assert raw is not None
    if reads_only:
        raw.execute("BEGIN")  # waits for nobody, so it cannot fail: the short way is safe
    else:
        _begin_to_write(connection, raw, options.get("patience", BUSY_SECONDS))


def _begin_to_write(connection: Connection, raw: Any, seconds: float) -> None:
    """Take the write lock within `seconds`, or raise OperationalError.

    SQLite itself looks again after ever longer pauses, so that newcomers overtake those who wait: of sixteen writers
    one waited for 24 seconds. Here all look equally often.
    """
    began = time.monotonic()
    deadline = began + seconds
    _wait_for_locks(raw, 0)
    try:
        while time.monotonic() < deadline:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except driver.sqlite.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != driver.sqlite.SQLITE_BUSY:
                    break
                time.sleep(random.uniform(*LOOK_AGAIN))  # nosec B311 # noqa: S311 - no secret
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last look, which says what is wrong as all statements do
    finally:
        counted.write_wait.observe(time.monotonic() - began)
        _wait_for_locks(raw, BUSY_SECONDS)


def now() -> datetime:
    """The present moment in UTC. Views pass it on, so that everything below can be tested at any time."""
    return datetime.now(UTC)
