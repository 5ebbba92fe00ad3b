"""A question that stands for itself, asked of the driver: for what every page asks before anything else."""

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

KEPT = 2  # connections to a file: hardly ever do more threads ask in the same moment
Values = Mapping[str, Any] | Sequence[Any]

# Kept beside the pool of an engine, until that is disposed of.
_beside: WeakKeyDictionary[Engine, deque[Any]] = WeakKeyDictionary()


def ask(engine: Engine, question: str, values: Values) -> list[Any]:
    """The rows that answer `question`, which is in the words and marks of the engine's own driver.

    No transaction is begun round it where the driver would begin one: that would be two round trips more. A seventh of
    the time that it takes the long way. Raises DBAPIError, as the long way does.
    """
    is_file = engine.dialect.name == "sqlite" and isinstance(engine.pool, QueuePool)
    return _ask_file(engine, question, values) if is_file else _ask_server(engine, question, values)


def _ask_file(engine: Engine, question: str, values: Values) -> list[Any]:
    """To have a connection from the pool and give it back takes twice as long as to ask SQLite, so some are kept."""
    free = _beside.setdefault(engine, deque(maxlen=KEPT))
    try:
        connection = _one_of(free) or _opened(engine)
        rows = _rows(connection, question, values)
    except engine.dialect.loaded_dbapi.Error as error:  # whatever is wrong with it, it goes
        raise _told(error) from error
    free.append(connection)
    return rows


@event.listens_for(Engine, "engine_disposed")
def _let_go(engine: Engine) -> None:
    """Close at once what is kept: while it is open, SQLite leaves a journal beside the file that is then replaced."""
    free = _beside.get(engine)
    while free and (connection := _one_of(free)):
        connection.close()


def _one_of(free: deque[Any]) -> Any:
    try:
        return free.pop()
    except IndexError:
        return None


def _opened(engine: Engine) -> Any:
    """A connection as the pool opens it, which the pool then forgets."""
    lent = engine.raw_connection()
    connection = lent.driver_connection
    lent.detach()
    return connection


def _ask_server(engine: Engine, question: str, values: Values) -> list[Any]:
    driver: Any = None
    try:
        with closing(engine.raw_connection()) as connection:
            driver = connection.driver_connection
            if alone := engine.dialect.name == "postgresql":
                driver.autocommit = True
            try:
                return _rows(connection, question, values)
            finally:
                if alone and not driver.closed:
                    driver.autocommit = False
    except engine.dialect.loaded_dbapi.Error as error:
        raise _told(error, bool(getattr(driver, "closed", False))) from error


def _rows(connection: Any, question: str, values: Values) -> list[Any]:
    cursor = connection.cursor()
    cursor.execute(question, values)
    return list(cursor.fetchall())


def _told(error: Exception, hung_up: bool = False) -> Exception:
    return DBAPIError.instance(None, None, error, Exception, hide_parameters=True, connection_invalidated=hung_up)
