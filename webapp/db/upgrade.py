"""Bringing the database to the shape the models have, and telling where it is not."""

import time

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from webapp.db import driver
from webapp.db.engine import Base
from webapp.db.revisions import FOLDER

ONE_AT_A_TIME = 7_446_701  # any number that nobody else locks
LOCK_MILLISECONDS, PAUSE, TRY_SECONDS = 500, 0.5, 60
LOCK_NOT_AVAILABLE = "55P03"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run every migration that `engine`'s database has not had, while old processes go on serving.

    SQLite: all of them or none. PostgreSQL: one after another, each whole or not at all, so that what one locks is
    free again before the next; of two who upgrade at once, the second finds nothing to do. A lock that somebody holds
    is waited for only briefly, for all who come after would wait behind it; it is tried again for a minute.

    Raises OperationalError where it is never had.
    """
    if driver.is_sqlite(engine.url):
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            command.upgrade(_config(connection), revision)
        return
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
        connection.execute(text(f"set lock_timeout = {LOCK_MILLISECONDS}"))
        connection.commit()
        try:
            _without_being_in_the_way(connection, revision)
        finally:
            connection.rollback()
            connection.execute(text("select pg_advisory_unlock(:key)"), {"key": ONE_AT_A_TIME})
            connection.commit()
            connection.invalidate()  # nobody else is to have its short patience


def _without_being_in_the_way(connection: Connection, revision: str) -> None:
    until = time.monotonic() + TRY_SECONDS
    while True:
        try:
            command.upgrade(_config(connection), revision)
            return
        except OperationalError as error:
            connection.rollback()
            if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE or time.monotonic() > until:
                raise
            time.sleep(PAUSE)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take migrations back to `revision`; with `base`, all of them and every row with them."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        command.downgrade(_config(connection), revision)


def write_revision(engine: Engine, message: str) -> None:
    """Write a new migration from the difference between the models and the database."""
    with engine.connect() as connection, connection.begin():
        command.revision(_config(connection), message=message, autogenerate=True)


def differences(engine: Engine) -> list[object]:
    """What the models have and the database has not, or the other way round; empty where they agree."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def scripts() -> Config:
    """Where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def _config(connection: Connection) -> Config:
    config = scripts()
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
