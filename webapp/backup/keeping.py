"""Making a backup, checking it, and putting it back: the same steps on both databases."""

import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from webapp.backup import archive, settings
from webapp.backup.archive import Manifest
from webapp.backup.contents import BackupFault, Contents, faults
from webapp.backup.postgresql import PostgresqlDatabase
from webapp.backup.sqlite_file import SqliteFile
from webapp.db import driver


class Database(Protocol):
    """`called` is what people are told of it."""

    kind: str
    called: str

    def dump(self, to: Path) -> Contents: ...
    def opened(self, dump: Path) -> AbstractContextManager[Engine]: ...
    def people(self) -> int: ...
    def switch(self, dump: Path, now: datetime) -> str: ...


@dataclass(frozen=True)
class Restored:
    """What was put back; `before` says where that is kept which was there, and is empty where nothing was."""

    manifest: Manifest
    before: str


def database(url: str) -> Database:
    """The database at `url`."""
    return SqliteFile(url) if driver.is_sqlite(url) else PostgresqlDatabase(url)


def create(url: str, folder: Path, environ: Mapping[str, str], commit: str, now: datetime) -> tuple[Path, Manifest]:
    """Back up the database at `url` into a new archive in `folder`. Everything committed before this call is in it.

    `commit` is the content's. Raises BackupFault, or OSError where the disk will not take it.
    """
    source = database(url)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".signpost-", dir=folder) as work:
        dump, kept = Path(work) / archive.DATABASES[source.kind], Path(work) / archive.SETTINGS
        contents = source.dump(dump)
        kept.write_bytes(settings.kept(environ))
        files = {dump.name: dump, kept.name: kept}
        return archive.write(folder, now, files, kind=source.kind, contents=contents, commit=commit)


def verify(url: str, made: Path) -> Manifest:
    """Open the archive `made` and check each byte, row count and audit entry. Raises BackupFault for the first fault.

    A dump of PostgreSQL is restored to a database of its own on the server of `url`, and dropped again.
    """
    with tempfile.TemporaryDirectory(prefix="signpost-") as work:
        manifest, _ = _checked(database(url), made, Path(work))
    return manifest


def restore(url: str, made: Path, now: datetime, replace: bool = False) -> Restored:
    """Check the archive `made`, then put it in the place of the database at `url`, which is kept.

    Raises BackupFault, with nothing changed, where it is not whole, the site is running, or somebody is known to the
    database that is there and `replace` is not said.
    """
    target = database(url)
    if not replace and (known := target.people()):
        raise BackupFault(
            f"There is a site in {target.called}, with {known:,} people. Nothing was changed. "
            "To put the backup in its place, stop the site and add --replace; what is there is kept beside it."
        )
    with tempfile.TemporaryDirectory(prefix="signpost-") as work:
        manifest, dump = _checked(target, made, Path(work))
        return Restored(manifest, target.switch(dump, now))


def _checked(target: Database, made: Path, work: Path) -> tuple[Manifest, Path]:
    manifest, dump = archive.unpack(made, work)
    if manifest.kind != target.kind:
        raise BackupFault(
            f"The backup is of {_NAMES[manifest.kind]}, and DATABASE_URL names a database of {_NAMES[target.kind]}: "
            "set it to one of the backup's kind."
        )
    with target.opened(dump) as engine:
        found = list(faults(engine, manifest.contents))
    if found:
        raise BackupFault("The backup is not what was backed up. " + " ".join(found))
    return manifest, dump


_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
