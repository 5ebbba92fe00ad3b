"""Which migrations there are, and which a database has had last: as Alembic knows it, without loading Alembic.

No page needs it, a process keeps what it has loaded, and to load it is a twentieth of a start.
"""

from functools import cache

from sqlalchemy import Connection, column, inspect, select, table

from webapp.config.settings import ROOT

FOLDER = ROOT / "webapp" / "db" / "migrations"
NOTED = table("alembic_version", column("version_num"))


@cache
def every() -> tuple[str, ...]:
    """The revisions that this program knows, oldest first: their files are called by them, `0028_feed_copies.py`."""
    return tuple(sorted(file.stem.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py")))


def last_of(connection: Connection) -> str | None:
    """The migration that the database behind `connection` has had last; None where it has had none."""
    if not inspect(connection).has_table(NOTED.name):
        return None
    return connection.scalar(select(NOTED.c.version_num))
