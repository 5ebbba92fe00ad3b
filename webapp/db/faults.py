"""Faults of the database that nobody's request is to blame for: it is locked, full, read-only, away or out of shape."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from webapp.db import driver

# https://www.sqlite.org/rescode.html, the primary codes; what is more particular is in the bytes above.
SQLITE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PERM, sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}  # fmt: skip
# SQLite has no code of its own for a table or column that a newer version of the program expects.
SQLITE_OUT_OF_SHAPE = ("no such table", "no such column", "table ")  # … has no column named …
# https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, resources, operators and the machine;
# a transaction given up for another; read only; a lock waited for too long; a table or column that is missing.
POSTGRESQL = ("08", "53", "57", "58", "40", "25006", "55P03", "42P01", "42703")
# A server that lets nobody in says why in words alone: libpq passes on no code of the same list.
WHILE_CONNECTING = {
    "too many clients": "53300", "too many connections": "53300", "remaining connection slots": "53300",
    "starting up": "57P03", "shutting down": "57P03", "not accepting connections": "57P03",
    "authentication failed": "28P01", "does not exist": "3D000", "Too many open files": "EMFILE",
}  # fmt: skip
# The same of the disk itself, for files that a request writes; and no file can be opened while too many are.
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
HANDLES = {errno.EMFILE, errno.ENFILE}
# What each kind is called for whoever looks after the machine, by how its code begins.
WORDS = {
    ("SQLITE_FULL", "53100", "ENOSPC", "EDQUOT", "EFBIG"): "The disk is full.",
    ("SQLITE_READONLY", "25006", "EROFS"): "The database or the disk can only be read.",
    ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03"): "The database was locked by somebody else for too long.",
    ("SQLITE_NOMEM", "53200", "ENOMEM", "builtins.MemoryError"): "The machine is short of memory.",
    ("53300", "sqlalchemy.exc.TimeoutError"): "All connections to the database are in use.",
    ("57P01", "57P02", "57P03"): "The database server is stopping or starting.",
    ("28P01", "28000", "3D000"): "The database server lets the site in no longer: see DATABASE_URL.",
    ("EMFILE", "ENFILE"): "Too many files are open: raise the limit of the service.",
    ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR", "58030"): "The database file or its disk is damaged.",
    ("SQLITE_CANTOPEN", "SQLITE_PERM"): "The database file cannot be opened: its rights, or too many open files.",
    ("42P01", "42703"): "The database is of an earlier version: run signpost db upgrade.",
    ("40001", "40P01"): "Two changes met and one was given up.",
    ("psycopg.OperationalError", "psycopg.errors.ConnectionTimeout"): "The database server cannot be reached.",
}


def is_unavailable(error: BaseException) -> bool:
    """Whether `error` says that the database, or the disk, cannot do its work now: the same request may do later."""
    if isinstance(error, NoConnectionFree | MemoryError):
        return True
    if isinstance(error, OSError):
        return is_full(error) or error.errno in {*HANDLES, errno.ENOMEM}
    return isinstance(error, DBAPIError) and _is_away(error)


def hung_up(error: BaseException) -> bool:
    """Whether the server ended the connection in the middle of a statement, as it does when it is restarted."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


@contextmanager
def or_undone(session: Session) -> Iterator[None]:
    """For work that may be left undone: where the database cannot do it now, it is skipped without a message."""
    try:
        yield
    except DBAPIError as error:
        session.rollback()
        if not is_unavailable(error):
            raise


def is_full(error: OSError) -> bool:
    """Whether the disk has no room, or may not be written to."""
    return error.errno in DISK


def name_of(error: BaseException) -> str:
    """What kind of fault it is, for a log: `sqlite3.OperationalError SQLITE_FULL`. Never what was sent."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    kind = f"{type(cause).__module__}.{type(cause).__qualname__}"
    detail = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or _while_connecting(cause)
    if isinstance(cause, OSError) and cause.errno:
        detail = errno.errorcode.get(cause.errno)
    return f"{kind} {detail}" if detail else kind


def in_words(name: str) -> str:
    """What `name`, of `name_of`, means to whoever looks after the machine; empty for a fault of the program."""
    kind = name.rpartition(" ")[2]
    return next((words for kinds, words in WORDS.items() if kind.startswith(kinds)), "")


def _while_connecting(cause: BaseException) -> str | None:
    if type(cause).__module__ != "psycopg":
        return None
    said = str(cause)
    return next((code for phrase, code in WHILE_CONNECTING.items() if phrase in said), None)


def _is_away(error: DBAPIError) -> bool:
    cause = error.orig
    if isinstance(cause, driver.sqlite.Error):
        code = getattr(cause, "sqlite_errorcode", None)  # None: the driver itself refused, as it does a wrong value
        out_of_shape = code == sqlite3.SQLITE_ERROR and str(cause).startswith(SQLITE_OUT_OF_SHAPE)
        return code is not None and (code & 0xFF in SQLITE or out_of_shape)
    state = getattr(cause, "sqlstate", None)
    if state is None:  # the server was not reached, or hung up
        return error.connection_invalidated or type(cause).__name__ in {"OperationalError", "ConnectionTimeout"}
    return str(state).startswith(POSTGRESQL)
