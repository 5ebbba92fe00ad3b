"""Making generations durable: locks, checksums, one atomic switch.

<index_dir>/current            the name of the generation being served, one line
            gen-2026…-ab12/    a complete generation; never changed once named
            .new-…/            one being written; a killed build leaves it, the next build removes it
            .lock              held while building
"""

import fcntl
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson

POINTER = "current"
CHECKSUMS = "checksums.json"
KEEP = 3  # generations kept: the one served, and two to step back to
LOCK_SECONDS = 120
WAITING = 8  # threads that wait for the disk


class Busy(Exception):
    """Another build has held the lock for longer than we wait."""


@contextmanager
def build_lock(index_dir: Path, wait: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the right to build, waiting up to `wait` seconds for it. Raises Busy."""
    index_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (index_dir / ".lock").open("w") as file:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy("another build is running: try again when it has finished") from None
                time.sleep(0.05)
        yield  # closing the file gives the lock back, whatever happened


def begin(index_dir: Path) -> Path:
    """An empty folder to write the next generation in; leftovers of killed builds are removed. Hold the lock."""
    for leftover in index_dir.glob(".new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = index_dir / f".new-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    return folder


def finish(index_dir: Path, folder: Path, previous: Path | None) -> Path:
    """Make `folder` durable, name it, and switch to it. Returns its new place. Hold the lock."""
    write_checksums(folder, previous)
    sync_tree(folder)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
    named = index_dir / f"gen-{stamp}-{secrets.token_hex(2)}"
    folder.rename(named)
    _sync(index_dir)
    switch(index_dir, named.name)
    prune(index_dir)
    return named


def switch(index_dir: Path, name: str) -> None:
    """Point `current` at the generation `name`: readers see the old name or the new one, never neither."""
    pointer = index_dir / f".{POINTER}-{secrets.token_hex(4)}"
    with pointer.open("w") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(index_dir / POINTER)
    _sync(index_dir)


def pointed(index_dir: Path) -> Path | None:
    """The folder that `current` names, or None."""
    try:
        name = (index_dir / POINTER).read_text().strip()
    except OSError:
        return None
    return index_dir / name if name.startswith("gen-") and "/" not in name else None


def newest_first(index_dir: Path) -> list[Path]:
    """All complete generations, the newest first."""
    return sorted(index_dir.glob("gen-*"), reverse=True)


def prune(index_dir: Path) -> None:
    """Remove all but the generation served and the newest others. Open readers keep what they have open."""
    served = pointed(index_dir)
    spare = [folder for folder in newest_first(index_dir) if folder != served]
    for folder in spare[KEEP - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
    for pointer in index_dir.glob(f".{POINTER}-*"):
        with suppress(OSError):
            pointer.unlink()


def write_checksums(folder: Path, previous: Path | None) -> None:
    """Note size and CRC of every file; a file shared with `previous` keeps the sum it has there."""
    known: dict[tuple[int, int], list[int]] = {}
    if previous is not None:
        for name, sums in read_checksums(previous).items():
            with suppress(OSError):
                status = (previous / name).stat()
                known[(status.st_dev, status.st_ino)] = sums
    noted: dict[str, list[int]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != CHECKSUMS):
        status = path.stat()
        name = path.relative_to(folder).as_posix()
        noted[name] = known.get((status.st_dev, status.st_ino)) or [status.st_size, _crc(path)]
    (folder / CHECKSUMS).write_bytes(orjson.dumps(noted))


def read_checksums(folder: Path) -> dict[str, list[int]]:
    try:
        return orjson.loads((folder / CHECKSUMS).read_bytes())
    except (OSError, ValueError):
        return {}


# Files this process has already summed: a new generation shares most of its files with the last.
_sound: set[tuple[int, int, int, int]] = set()


def damaged(folder: Path) -> str:
    """What is wrong with the generation in `folder`, in words; empty where every file is as it was written."""
    sums = read_checksums(folder)
    if not sums:
        return f"{folder.name} has no list of its files"
    for name, (size, crc) in sums.items():
        path = folder / name
        try:
            status = path.stat()
            key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            if status.st_size != size or (key not in _sound and _crc(path) != crc):
                return f"{folder.name}/{name} is not as it was written"
        except OSError as error:
            return f"{folder.name}/{name} cannot be read ({error.strerror})"
        _sound.add(key)
    return ""


def sync_tree(folder: Path) -> None:
    """Wait until every file below `folder`, and the folders themselves, are on disk.

    Each is waited for by a thread: a disk takes many together in the time of a few.
    """
    from concurrent.futures import ThreadPoolExecutor  # here: nobody who reads needs it

    with ThreadPoolExecutor(WAITING) as threads:
        for _ in threads.map(_sync, (folder, *folder.rglob("*"))):
            pass


def _sync(path: Path) -> None:
    """Wait until a file, or what a folder holds by name, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc
