"""Backing up and restoring a PostgreSQL database, by its own programs: pg_dump and pg_restore, found on the PATH."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, NullPool, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from webapp.backup.contents import BackupFault, Contents, of, people_in
from webapp.db.engine import connected_to

MAINTENANCE = "postgres"  # the database from which others are made and named
IN_USE, NOT_ALLOWED, MISSING = "55006", "42501", "3D000"


class PostgresqlDatabase:
    """The database that `url` names."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._name = str(self._url.database)
        self.called = f"the database {self._name}"

    def dump(self, to: Path) -> Contents:
        """Write what is committed now to the new file `to`; nobody waits for it. Raises BackupFault."""
        with self._to(self._name).connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            # The rows are counted in the very snapshot that is dumped.
            snapshot = connection.scalar(text("select pg_export_snapshot()"))
            contents = of(connection)
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
            self._run("pg_dump", self._name, *options, f"--file={to}")
        return contents

    @contextmanager
    def opened(self, dump: Path) -> Iterator[Engine]:
        """The dump restored to a database of its own, which is dropped afterwards. Raises BackupFault."""
        name = self._restored(dump, "checked")
        try:
            yield self._to(name)
        finally:
            self._drop(name)

    def people(self) -> int:
        """How many people the live database knows; 0 where there is none."""
        try:
            return people_in(self._to(self._name))
        except OperationalError as error:
            if MISSING in str(getattr(error.orig, "sqlstate", None)) or "does not exist" in str(error.orig):
                return 0
            raise

    def switch(self, dump: Path, now: datetime) -> str:
        """Restore `dump` aside, then exchange the names in one commit; what was live is kept. Raises BackupFault."""
        made, kept = self._restored(dump, "restored"), f"{self._name}_before_{now:%Y%m%dT%H%M%SZ}".lower()
        try:
            with self._to(MAINTENANCE).connect() as connection, connection.begin():
                there = _exists(connection, self._name)
                if _used(connection, self._name):  # the server itself would wait for five seconds
                    raise self._in_use()
                if there:
                    connection.execute(text(f"alter database {_quoted(self._name)} rename to {_quoted(kept)}"))
                connection.execute(text(f"alter database {_quoted(made)} rename to {_quoted(self._name)}"))
        except BackupFault:
            self._drop(made)
            raise
        except DBAPIError as error:
            self._drop(made)
            if getattr(error.orig, "sqlstate", None) == IN_USE:
                raise self._in_use() from None
            raise BackupFault(f"The databases were not exchanged, and nothing was changed: {_said(error)}") from None
        return f"the database {kept}" if there else ""

    def _in_use(self) -> BackupFault:
        return BackupFault(f"{self._name} is in use: stop the web and worker processes first. Nothing was changed.")

    def _restored(self, dump: Path, purpose: str) -> str:
        """A new database beside the live one with what is in `dump`; its name."""
        name = f"{self._name}_{purpose}_{secrets.token_hex(4)}"
        try:
            with self._to(MAINTENANCE, isolation_level="AUTOCOMMIT").connect() as connection:
                connection.execute(text(f"create database {_quoted(name)} template template0 encoding 'UTF8'"))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == NOT_ALLOWED:
                raise BackupFault(
                    "Checking and restoring need a database aside, and this user may not make one: run "
                    f"`alter role {self._url.username} createdb` as the server's administrator."
                ) from None
            raise BackupFault(f"No database could be made aside: {_said(error)}") from None
        try:
            self._run("pg_restore", name, "--exit-on-error", "--no-owner", "--no-privileges", str(dump))
        except BackupFault:
            self._drop(name)
            raise
        return name

    def _drop(self, name: str) -> None:
        with self._to(MAINTENANCE, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"drop database if exists {_quoted(name)} with (force)"))

    def _to(self, name: str, **options: str) -> Engine:
        address = self._url.set(database=name).render_as_string(hide_password=False)
        return connected_to(address, poolclass=NullPool, **options)

    def _run(self, program: str, database: str, *arguments: str) -> None:
        found = shutil.which(program)
        if found is None:
            raise BackupFault(
                f"{program} is not on the PATH: install PostgreSQL's client programs, as new as the server or newer."
            )
        address = self._url.set(drivername="postgresql", database=database, password=None).render_as_string()
        # Not among the arguments, which every user of the machine can read.
        secret = {"PGPASSWORD": str(self._url.password)} if self._url.password else {}
        done = subprocess.run(  # nosec B603 # noqa: S603 - never through a shell
            [found, "--no-password", f"--dbname={address}", *arguments],
            env=os.environ | secret, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise BackupFault(f"{program} stopped: {' '.join(done.stderr.split())[-500:]}")


def _exists(connection: Connection, name: str) -> bool:
    found = connection.scalar(text("select 1 from pg_database where datname = :name"), {"name": name})
    return found is not None


def _used(connection: Connection, name: str) -> bool:
    used = text("select exists (select from pg_stat_activity where datname = :name)")
    return bool(connection.scalar(used, {"name": name}))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _said(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())
