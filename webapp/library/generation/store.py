"""Pages on disk: append-only files that generations share, and a table that says where each row is.

A generation never changes a file once written. A later generation links the same files (hard links, so that
pruning the old one takes nothing away) and adds one of its own: a changed page costs one page, not all of them.
"""

import os
import shutil
import weakref
from collections.abc import Iterable
from pathlib import Path

import numpy as np

TABLE = "rows.npy"  # one line a row: file number, offset, length in bytes
MAX_FILES = 32  # past this a build writes everything anew, so that readers keep few files open


class Store:
    """Reads rows (bytes) by number. Open one a generation and share it between threads: `get` keeps no position."""

    def __init__(self, folder: Path):
        self._table = np.load(folder / TABLE, mmap_mode="r").view(np.ndarray)  # asked ten times faster than a memmap
        self._files = [os.open(path, os.O_RDONLY) for path in _files(folder)]
        # Requests may still read an old generation when the next is served: it closes when the last lets go.
        weakref.finalize(self, _close, self._files)

    def get(self, row: int) -> bytes:
        """The bytes of `row`. Raises IndexError where there is no such row."""
        if not 0 <= row < len(self._table):
            raise IndexError(row)
        file, offset, length = self._table[row].tolist()
        return os.pread(self._files[file], length, offset)

    def __len__(self) -> int:
        return len(self._table)


def _close(files: list[int]) -> None:
    while files:
        os.close(files.pop())


def write(folder: Path, rows: Iterable[bytes], previous: Path | None = None) -> None:
    """Write `rows` to the empty `folder`, after all rows of the store in `previous` where one is given.

    The caller makes it durable. Raises OSError where the disk is full or `previous` is damaged.
    """
    tables = []
    number = 0
    if previous is not None:
        tables.append(np.load(previous / TABLE))
        for path in _files(previous):
            share(path, folder / path.name)
            number += 1
    places, offset = [], 0
    with (folder / f"rows-{number:03d}.bin").open("wb") as file:
        for row in rows:
            file.write(row)
            places.append((number, offset, len(row)))
            offset += len(row)
    tables.append(np.array(places, dtype=np.int64).reshape(-1, 3))
    np.save(folder / TABLE, np.concatenate(tables))


def file_count(folder: Path) -> int:
    """How many data files the store in `folder` has."""
    return len(_files(folder))


def row_count(folder: Path) -> int:
    """How many rows the store in `folder` has, live or not."""
    return len(np.load(folder / TABLE, mmap_mode="r"))


def share(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`; a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("rows-*.bin"))
