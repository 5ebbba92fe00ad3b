"""Full postcodes from a national file, kept as one sorted table on disk: looked up without being read whole."""

import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "postcodes.npy"  # beside the generations, in the folder of the index
TABLE = np.dtype([("code", "S8"), ("latitude", np.float32), ("longitude", np.float32)])  # `M22 5RX`, `EC1A 1BB`

FileState = tuple[int, int]  # its number on the disk, and when it was written, in nanoseconds


class Postcodes:
    """Looks postcodes up in the file that `write` made. A file that is made later, or again, is followed."""

    def __init__(self, file: Path) -> None:
        self._file, self._name = file, str(file)
        self._seen: FileState | None = None
        self._table: NDArray[np.void] | None = None

    def __len__(self) -> int:
        table = self._current()
        return 0 if table is None else len(table)

    def find(self, code: str) -> tuple[float, float] | None:
        """Latitude and longitude in degrees of a postcode written `M22 5RX`.

        None where it is not in the file, or where there is no file that can be read.
        """
        table = self._current()
        if table is None or not code.isascii():
            return None
        keys = table["code"]
        key = np.bytes_(code.encode())
        at = int(np.searchsorted(keys, key))
        if at == len(keys) or keys[at] != key:
            return None
        return float(table["latitude"][at]), float(table["longitude"][at])

    @property
    def state(self) -> FileState | None:
        """The same while the file is: None where there is none that can be read."""
        try:
            status = os.stat(self._name)  # noqa: PTH116 - on every request
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _current(self) -> NDArray[np.void] | None:
        seen = self.state
        if seen is None:
            return None
        if seen != self._seen:
            try:
                table = np.load(self._file, mmap_mode="r", allow_pickle=False)
            except (OSError, ValueError):
                table = None
            self._table = table if table is not None and table.dtype == TABLE else None
            self._seen = seen
        return self._table


def write(table: NDArray[np.void], file: Path) -> int:
    """Sort a table (of dtype TABLE, any order) into `file` and return how many postcodes it holds.

    Of a postcode that is there twice the last counts. The file is replaced whole, or not at all. Raises OSError where
    the disk refuses.
    """
    _, last = np.unique(table["code"][::-1], return_index=True)
    ordered = table[len(table) - 1 - last]
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=".postcodes-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            np.save(out, ordered)
            out.flush()
            os.fsync(out.fileno())
        Path(aside).replace(file)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return len(ordered)
