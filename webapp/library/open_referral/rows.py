"""Many texts in one file, read by number and straight from the disk's cache: processes share what they read."""

import mmap
from collections.abc import Iterator
from pathlib import Path

import numpy as np


class Rows:
    """The rows of the files `<name>.bin` and `<name>.npy` in `folder`. Share it between threads.

    Raises OSError or ValueError where they cannot be read.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.ends = np.load(folder / f"{name}.npy", allow_pickle=False)
        with (folder / f"{name}.bin").open("rb") as file:
            self.bytes: mmap.mmap | bytes = b""
            if self.ends.size > 1:
                self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return self.bytes[self.ends[number] : self.ends[number + 1]]

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self)))


class Writer:
    """Writes rows so that `Rows` reads them: `add` each, then `close`. No row may be empty. Raises OSError."""

    def __init__(self, folder: Path, name: str) -> None:
        self._table = folder / f"{name}.npy"
        self._file = (folder / f"{name}.bin").open("wb")
        self._ends = [0]

    def add(self, *added: bytes) -> None:
        for row in added:
            self._file.write(row)
            self._ends.append(self._ends[-1] + len(row))

    def close(self) -> None:
        self._file.close()
        np.save(self._table, np.array(self._ends, np.int64))
