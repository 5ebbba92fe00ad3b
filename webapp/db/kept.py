"""Connections that a pool keeps to a server: each is looked at before it is used again, and asked only where in doubt.

A server that stops says so or closes the line, and either can be seen without asking. To ask is a round trip and a
wait, twice for every page: see docs/performance.md.
"""

import select
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

DOUBTFUL = 10  # seconds unused, after which a line may have gone dead without a word, as a firewall lets it


def look_before_use(engine: Engine) -> None:
    """Let `engine`, of a server, replace a connection that has died, and all that are older than it."""

    def look(connection: Any, record: Any, _: Any) -> None:
        left = record.info.get("left")
        if left is None or (time.monotonic() - left < DOUBTFUL and not _has_word(connection)):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    def leave(_: Any, record: Any) -> None:
        record.info["left"] = time.monotonic()

    event.listen(engine, "checkout", look)
    event.listen(engine, "checkin", leave)


def _has_word(connection: Any) -> bool:
    """Whether there is something to read that answers no question: a last word, or the end of the line."""
    if connection.closed:
        return True
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return bool(line.poll(0))
