"""The SQLite that the site's database is opened with: the newer of the machine's own and the one that came along.

Python takes the SQLite of the machine, which may be older than the mended versions for years. pysqlite3 is Python's own
module with a SQLite built in. Never open the site's file by both in one process: closing one drops the other's locks.
"""

import sqlite3
from types import ModuleType
from typing import Any

from sqlalchemy.engine import URL, make_url

# https://sqlite.org/wal.html#walresetbug: WAL can corrupt up to 3.51.2, but for these later patches.
WAL_SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))

Version = tuple[int, int, int]


def _newest() -> ModuleType:
    try:
        import pysqlite3
    except ImportError:  # there is none for this kind of machine: the journal is then chosen by what it has
        return sqlite3
    return max(sqlite3, pysqlite3, key=lambda module: module.sqlite_version_info)


sqlite: Any = _newest()


def is_sqlite(url: str | URL) -> bool:
    """Whether `url` is of a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def options(url: str | URL) -> dict[str, Any]:
    """What `sqlalchemy.create_engine` is to be told besides `url`."""
    return {"module": sqlite} if is_sqlite(url) else {}


def journal_mode(version: Version) -> str:
    """`wal` where `version` of SQLite is past the WAL-reset fault, else `delete` (the rollback journal)."""
    fixed = version >= WAL_SAFE[0] or any(v[:2] == version[:2] and version >= v for v in WAL_SAFE[1:])
    return "wal" if fixed else "delete"
