"""Backing up and restoring a SQLite file, by SQLite itself: the live file is never copied."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, NullPool
from sqlalchemy.engine import make_url

from webapp.backup import archive
from webapp.backup.contents import BackupFault, Contents, of, people_in
from webapp.db import driver
from webapp.db.engine import BUSY_SECONDS, connected_to

SIDE_FILES = ("-wal", "-shm", "-journal")


class SqliteFile:
    """The file that `url` names."""

    kind = "sqlite"

    def __init__(self, url: str) -> None:
        self._file = Path(str(make_url(url).database)).absolute()
        self.called = str(self._file)

    def dump(self, to: Path) -> Contents:
        """Write what is committed now to the new file `to`. With WAL, nobody who writes waits. Raises BackupFault."""
        if not self._file.exists():
            raise BackupFault(f"There is no database at {self._file}: run `signpost db upgrade` first.")
        try:
            with closing(driver.sqlite.connect(self._file, timeout=BUSY_SECONDS)) as connection:
                connection.execute("vacuum into ?", (str(to),))
        except driver.sqlite.Error as error:
            raise BackupFault(f"SQLite could not copy {self._file} whole: {error}.") from None
        with self.opened(to) as engine, engine.connect() as connection:
            return of(connection)

    @contextmanager
    def opened(self, dump: Path) -> Iterator[Engine]:
        """The database in the file `dump`, which is checked first, page by page. Raises BackupFault."""
        engine = connected_to(f"sqlite:///{dump}", poolclass=NullPool)
        try:
            with closing(driver.sqlite.connect(dump)) as connection:
                found = [str(row[0]) for row in connection.execute("pragma integrity_check(5)")]
                strays = connection.execute("pragma foreign_key_check").fetchall()
        except driver.sqlite.Error as error:
            raise BackupFault(f"The database in the backup cannot be read: {error}.") from None
        if found != ["ok"]:
            raise BackupFault(f"The database in the backup is damaged: {'; '.join(found)}.")
        if strays:
            raise BackupFault(f"In the backup, {len(strays)} rows of {strays[0][0]} and others belong to nothing.")
        yield engine

    def people(self) -> int:
        """How many people the live database knows; 0 where there is none."""
        return people_in(connected_to(f"sqlite:///{self._file}", poolclass=NullPool)) if self._file.exists() else 0

    def aside(self, dump: Path) -> Path:
        """A copy of `dump` beside the live file, on the same disk, for `switch`. Raises OSError."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = self._file.with_name(f".{self._file.name}-restoring")
        copy.unlink(missing_ok=True)
        with dump.open("rb") as source, archive.private(copy) as to:
            shutil.copyfileobj(source, to)
            to.flush()
            os.fsync(to.fileno())
        return copy

    def switch(self, dump: Path, now: datetime) -> str:
        """Put `dump` where the live file is, by one rename; where that one is kept, or nothing. Raises BackupFault."""
        copy, before = self.aside(dump), ""
        try:
            if self._file.exists():
                self._made_one_file()
                kept = self._file.with_name(f"{self._file.name}.before-{now:%Y%m%dT%H%M%SZ}")
                kept.hardlink_to(self._file)
                before = str(kept)
            copy.replace(self._file)
        finally:
            copy.unlink(missing_ok=True)
        archive.sync(self._file.parent)
        return before

    def _made_one_file(self) -> None:
        """Take what stands in the WAL over into the file. Raises BackupFault while any program has it open."""
        try:
            with closing(driver.sqlite.connect(self._file, timeout=1)) as connection:
                connection.execute("pragma journal_mode=delete")
                connection.execute("begin exclusive")
                connection.execute("rollback")
        except driver.sqlite.OperationalError:
            raise BackupFault(
                f"{self._file} is in use: stop the web and worker processes first. Nothing was changed."
            ) from None
        except driver.sqlite.DatabaseError:
            pass  # damaged: it is kept as it is, side files and all
        for ending in SIDE_FILES:
            side = Path(f"{self._file}{ending}")
            if side.exists():
                side.rename(f"{self._file}.left{ending}")
