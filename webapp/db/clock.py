"""The one clock that machines share: that of the database server, for each has one of its own, which may be wrong.

By it is told what one machine writes and another compares with now: who is alive, and how long something is claimed.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.db import engine


def shared(session: Session) -> datetime:
    """The present moment, in UTC. Of a SQLite file, which one machine has, it is this machine's.

    Raises DBAPIError where the server cannot be asked.
    """
    if session.get_bind().dialect.name == "sqlite":
        return engine.now()
    return session.scalars(select(func.clock_timestamp(type_=engine.Moment))).one()
