"""A database that cannot do its work for a while, as it comes about: locked, full, read-only, away."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, NullPool, create_engine, event, text

from webapp.db import driver
from webapp.db import engine as engines
from webapp.db.engine import db

NO_ROOM = """
    create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$
"""
TABLES = "select tablename from pg_tables where schemaname = current_schema()"


class Outages:
    """What can become of the database behind `app`. Nobody waits long for it: `seconds`."""

    def __init__(self, app: Flask, seconds: float = 0.03) -> None:
        with app.app_context():
            self._engine: Engine = db.engine
        self._seconds = seconds
        self.is_file = self._engine.dialect.name == "sqlite"

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Wait for a lock for a moment alone."""
        usual, engines.BUSY_SECONDS = engines.BUSY_SECONDS, self._seconds  # type: ignore[assignment]
        self._engine.dispose()
        try:
            yield
        finally:
            engines.BUSY_SECONDS = usual
            self._engine.dispose()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else is writing, and does not end: pages can be read."""
        with self.impatient(), self._other() as other:
            if self.is_file:
                other.connection.driver_connection.execute("BEGIN IMMEDIATE")
            else:
                self._on_each(other, "lock table {} in share mode")
            yield

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nothing can be read."""
        with self.impatient(), self._no_file() if self.is_file else self._no_connections():
            yield

    @contextmanager
    def full(self) -> Iterator[None]:
        """There is no room for another row."""
        if self.is_file:
            with self._no_more_pages():
                yield
            return
        with self._other() as other:
            other.execute(text(NO_ROOM))
            name = "no_room before insert or update"
            self._on_each(other, f"create trigger {name} on {{}} for each statement execute function no_room()")
            other.commit()
        try:
            yield
        finally:
            with self._other() as other:
                other.execute(text("drop function no_room cascade"))
                other.commit()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """It can be read and not written to: a copy that follows another server, or a file of somebody else's."""
        if self.is_file:
            with self._each_connection(["pragma query_only=on"]):
                yield
            return
        name = self._engine.url.database
        self._alter(f"alter database {name} set default_transaction_read_only = on")
        try:
            yield
        finally:
            self._alter(f"alter database {name} reset default_transaction_read_only")

    def _alter(self, statement: str) -> None:
        with self._admin() as admin:
            admin.execute(text(statement))
        self._engine.dispose()

    @contextmanager
    def _each_connection(self, statements: Iterable[str]) -> Iterator[None]:
        def run(connection: Any, record: object) -> None:
            for statement in statements:
                connection.execute(statement)

        self._engine.dispose()
        event.listen(self._engine, "connect", run)
        try:
            yield
        finally:
            event.remove(self._engine, "connect", run)
            self._engine.dispose()

    @contextmanager
    def _no_more_pages(self) -> Iterator[None]:
        """The file may not grow, and whatever is written needs it to: a row may still fit into what is there."""
        with self._other() as other:
            tables = other.scalars(text("select name from sqlite_master where type = 'table'")).all()
            other.execute(text("create table large (what)"))
            other.commit()
        triggers = [
            f"create temp trigger {act}_{name} before {act} on main.{name} "
            "begin insert into large values (zeroblob(100000)); end"
            for name in tables
            for act in ("insert", "update", "delete")
        ]
        with self._each_connection(["pragma max_page_count=1", *triggers]):
            yield
        with self._other() as other:
            other.execute(text("drop table large"))
            other.commit()

    @contextmanager
    def _no_file(self) -> Iterator[None]:
        """Where the file should be is something that cannot be opened."""
        file = Path(str(self._engine.url.database))
        aside = file.rename(file.with_suffix(".aside"))  # with no connection left it is one file, in either journal
        file.mkdir()
        try:
            yield
        finally:
            self._engine.dispose()
            file.rmdir()
            aside.rename(file)

    @contextmanager
    def _no_connections(self) -> Iterator[None]:
        name = self._engine.url.database
        with self._admin() as admin:
            admin.execute(text(f"alter database {name} allow_connections false"))
            admin.execute(
                text("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"), {"name": name}
            )
        try:
            yield
        finally:
            with self._admin() as admin:
                admin.execute(text(f"alter database {name} allow_connections true"))

    @contextmanager
    def _other(self) -> Iterator:  # type: ignore[type-arg]
        """A connection of somebody else's."""
        engine = create_engine(self._engine.url, **driver.options(self._engine.url), poolclass=NullPool)
        with engine.connect() as connection:
            yield connection

    @contextmanager
    def _admin(self) -> Iterator:  # type: ignore[type-arg]
        url = self._engine.url.set(database="postgres")
        with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
            yield connection

    @staticmethod
    def _on_each(connection, statement: str) -> None:  # type: ignore[no-untyped-def]
        for name in connection.scalars(text(TABLES)).all():
            connection.execute(text(statement.format(name)))
