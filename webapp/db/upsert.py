"""An insert that may meet a row that is there already: each database has its own."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.db.engine import Base

Insert = sqlite.Insert | postgresql.Insert


def insert(session: Session, table: type[Base]) -> Insert:
    """An insert into `table` that has `on_conflict_do_nothing` and `on_conflict_do_update`, on either database."""
    return (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(table)
