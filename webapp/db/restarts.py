"""A server that is restarted is back within seconds: whoever needs a connection meanwhile waits for it.

In a longer outage nobody waits: the wait counts from when the server was missed first, for the whole process.
"""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

RESTART_SECONDS = 6.0
LOOK_AGAIN = 0.1
FORGOTTEN = 30.0  # seconds without a miss, after which the next is another outage
# What a server says that is there and lets nobody in for a moment; any other "FATAL" would be said again.
PASSING = ("starting up", "shutting down", "recovery", "not yet accepting", "terminating connection")


class _Missed:
    """When the server was missed first, and last."""

    def __init__(self) -> None:
        self._first = self._last = 0.0

    def is_short(self) -> bool:
        """Note another miss, and say whether it is one of a restart still."""
        moment = time.monotonic()
        if not self._first or moment - self._last > FORGOTTEN:
            self._first = moment
        self._last = moment
        return moment - self._first < RESTART_SECONDS

    def is_back(self) -> None:
        self._first = 0.0


def bridge(engine: Engine, prepare: Callable[[Any], None]) -> None:
    """Let `engine`, whose database is a server, wait for it while it is restarted. `prepare` is done to what connects.

    Done here and not on "connect": a server that goes in just that moment would raise what nobody expects.
    """
    missed = _Missed()

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, record: Any, args: Any, options: Any) -> Any:
        while True:
            try:
                connection = dialect.connect(*args, **options)
                prepare(connection)
            except dialect.loaded_dbapi.OperationalError as error:
                if not _passes(str(error)) or not missed.is_short():
                    raise
                time.sleep(LOOK_AGAIN)
            else:
                missed.is_back()
                return connection


def _passes(said: str) -> bool:
    if "Too many open files" in said:  # it is our own process that can open none
        return False
    return "FATAL" not in said or any(words in said for words in PASSING)
