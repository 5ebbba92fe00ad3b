"""Cursors that say how long each statement took: from when it was sent until its last row was fetched.

SQLAlchemy's own events end with the sending. SQLite has then found the first row, and finds the others as they are
fetched: a query of a second may look like one of no time at all.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from webapp.db import driver

Listener = Callable[[str, float, float], None]  # the statement without its values, when it began, how many seconds
PING = ";"  # what psycopg is asked before a connection is trusted
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Tell `listener` of every statement of this process. `began` is a moment of `time.perf_counter`."""
    if listener not in _listeners:
        _listeners.append(listener)


class Timed:
    """What is added to a driver's cursor."""

    _statement: Any = ""
    _began = 0.0
    _spent = 0.0

    def execute(self, statement: Any, *values: Any, **more: Any) -> Any:
        self._tell()
        self._statement, self._began = statement, perf_counter()
        try:
            return super().execute(statement, *values, **more)  # type: ignore[misc]
        finally:
            self._spent = perf_counter() - self._began

    def executemany(self, statement: Any, *values: Any, **more: Any) -> Any:
        self._tell()
        self._statement, self._began = statement, perf_counter()
        try:
            return super().executemany(statement, *values, **more)  # type: ignore[misc]
        finally:
            self._spent = perf_counter() - self._began

    def fetchone(self) -> Any:
        return self._fetch(super().fetchone)  # type: ignore[misc]

    def fetchmany(self, *size: Any, **more: Any) -> Any:
        return self._fetch(super().fetchmany, *size, **more)  # type: ignore[misc]

    def fetchall(self) -> Any:
        rows = self._fetch(super().fetchall)  # type: ignore[misc]
        self._tell()
        return rows

    def close(self) -> None:
        self._tell()
        super().close()  # type: ignore[misc]

    def _fetch(self, way: Callable[..., Any], *size: Any, **more: Any) -> Any:
        began = perf_counter()
        try:
            return way(*size, **more)
        finally:
            self._spent += perf_counter() - began

    def _tell(self) -> None:
        if statement := self._statement:
            self._statement = ""
            if statement != PING:
                for listener in _listeners:
                    listener(str(statement), self._began, self._spent)


class SqliteCursor(Timed, driver.sqlite.Cursor):
    """SQLite's, timed."""


class SqliteConnection(driver.sqlite.Connection):
    """SQLite's, whose cursors are timed."""

    def cursor(self, factory: Any = SqliteCursor) -> Any:
        return super().cursor(factory)


def connect_args(is_sqlite: bool) -> dict[str, Any]:
    """What SQLAlchemy is to tell the driver."""
    if is_sqlite:
        return {"factory": SqliteConnection}
    from psycopg import Cursor  # here: a site on SQLite needs none of it

    return {"cursor_factory": type("PostgresqlCursor", (Timed, Cursor), {})}
