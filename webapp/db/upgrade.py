"""Bringing the database to the shape the models have, and telling where it is not."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from webapp.config import ROOT
from webapp.db.engine import Base

FOLDER = ROOT / "webapp" / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run every migration that `engine`'s database has not had. All or nothing on both databases."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        command.upgrade(_config(connection), revision)


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
