"""The archive: one file that holds the database, the settings without secrets, and what is known of both.

signpost-20261129T180000000Z.tar.gz
    database.sqlite or database.dump    the database, as SQLite or pg_dump wrote it
    settings.json                       what was set, but for secrets
    manifest.json                       when, what, how many rows; the size and SHA-256 of the other two
"""

import hashlib
import io
import json
import os
import secrets
import tarfile
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from webapp.backup.contents import BackupFault, Contents

FORMAT = 1
PREFIX, ENDING = "signpost-", ".tar.gz"
MANIFEST, SETTINGS = "manifest.json", "settings.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
BLOCK = 1 << 20
MOST_MANIFEST = 1 << 20  # bytes; it is read whole
UNREADABLE = (OSError, EOFError, tarfile.TarError, zlib.error)


@dataclass(frozen=True)
class Manifest:
    """`kind` is sqlite or postgresql; `commit` is the content's, empty where that is in no git repository."""

    at: datetime
    kind: str
    contents: Contents
    commit: str
    files: dict[str, tuple[int, str]]  # → bytes, SHA-256

    def dump(self) -> bytes:
        data = {
            "format": FORMAT, "at": self.at.isoformat(), "kind": self.kind, "content_commit": self.commit,
            "files": {name: {"bytes": size, "sha256": digest} for name, (size, digest) in self.files.items()},
            **self.contents.as_data(),
        }  # fmt: skip
        return json.dumps(data, indent=1).encode()

    @classmethod
    def load(cls, data: bytes) -> "Manifest":
        """What `dump` made. Raises BackupFault for anything else."""
        try:
            found: dict[str, Any] = json.loads(data)
            if found["format"] != FORMAT:
                raise BackupFault(f"The archive has format {found['format']}: a newer version of Signpost made it.")
            files = {str(name): (int(file["bytes"]), str(file["sha256"])) for name, file in found["files"].items()}
            at, kind = datetime.fromisoformat(found["at"]), str(found["kind"])
            if set(files) != {DATABASES[kind], SETTINGS}:
                raise ValueError
            return cls(at, kind, Contents.of_data(found), str(found["content_commit"]), files)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BackupFault("The archive's manifest cannot be read: it is damaged, or no backup.") from None


def write(folder: Path, at: datetime, files: dict[str, Path], **said: Any) -> tuple[Path, Manifest]:
    """Write `files` into a new archive in `folder`, for its owner alone; `said` goes into the manifest.

    It is written aside, forced to the disk and then given its name: what has a name is whole. Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    manifest = Manifest(at, files={name: (path.stat().st_size, _digest(path)) for name, path in files.items()}, **said)
    aside = folder / f".{PREFIX}{secrets.token_hex(6)}.part"
    try:
        with private(aside) as file:
            with tarfile.open(fileobj=file, mode="w:gz") as tar:
                _add(tar, MANIFEST, at, manifest.dump())
                for name, path in files.items():
                    _add(tar, name, at, path)
            file.flush()
            os.fsync(file.fileno())
        named = _free(folder, at)
        aside.rename(named)
    finally:
        aside.unlink(missing_ok=True)
    sync(folder)
    return named, manifest


def unpack(archive: Path, folder: Path) -> tuple[Manifest, Path]:
    """The manifest, and the database's file in `folder`, both as they were made. Raises BackupFault."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST or first.size > MOST_MANIFEST:
                raise BackupFault(f"{archive.name} is no backup of Signpost: it does not begin with a manifest.")
            manifest = Manifest.load(_reader(tar, first).read())
            unpacked = {name: _unpack(tar, name, *said, folder) for name, said in manifest.files.items()}
    except UNREADABLE as error:
        raise BackupFault(f"{archive.name} cannot be read to its end: {error or type(error).__name__}.") from None
    return manifest, unpacked[DATABASES[manifest.kind]]


def private(path: Path) -> IO[bytes]:
    """A new file for its owner alone, to be written. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync(folder: Path) -> None:
    """Force the names in `folder` to the disk."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def made_in(folder: Path) -> list[Path]:
    """The archives in `folder`, newest first."""
    return sorted(folder.glob(f"{PREFIX}*{ENDING}"), reverse=True)


def _free(folder: Path, at: datetime) -> Path:
    """A name that no archive has. Names sort as their times do."""
    while (path := folder / f"{PREFIX}{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03}Z{ENDING}").exists():
        at += timedelta(milliseconds=1)
    return path


def _add(tar: tarfile.TarFile, name: str, at: datetime, data: bytes | Path) -> None:
    info = tarfile.TarInfo(name)
    info.mode, info.mtime = 0o600, int(at.timestamp())
    if isinstance(data, bytes):
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
        return
    info.size = data.stat().st_size
    with data.open("rb") as file:
        tar.addfile(info, file)


def _unpack(tar: tarfile.TarFile, name: str, size: int, digest: str, folder: Path) -> Path:
    member = tar.next()
    if member is None or member.name != name or not member.isreg() or member.size != size:
        raise BackupFault(f"The archive is damaged: {name} is missing, or not as long as the manifest says.")
    to, sum_ = folder / name, hashlib.sha256()
    source = _reader(tar, member)
    with private(to) as file:
        while block := source.read(BLOCK):
            sum_.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if sum_.hexdigest() != digest:
        raise BackupFault(f"The archive is damaged: {name} is not what was backed up.")
    return to


def _reader(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    found = tar.extractfile(member)
    if found is None:
        raise BackupFault(f"The archive is damaged: {member.name} is no file.")
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
