"""How often one address on the network may ask: counted in a small file that all processes of this machine share.

The database, in which attempts to sign in are counted, would be written to at each request of a harvester. Where
several machines serve, each lets through its share.
"""

import fcntl
import mmap
import os
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

FILE = "open-referral-rate"
WINDOW = 60  # seconds
MOST = 600  # requests of one address within a window: all pages of a large directory, and some to spare
SLOTS = 4096  # addresses that are told apart; two that share a slot share its count
SLOT = struct.Struct("=QQ")  # the window's number, and how many


class Spent(NamedTuple):
    """What is left to an address in this window; `wait` is how many seconds until it may ask again, 0 where it may."""

    left: int
    wait: int


class Rate:
    """Counts in the file `FILE` of `folder`. Share it between threads; other processes open the same file."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder, self._most = folder, most
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size < SLOTS * SLOT.size:
            os.ftruncate(self._file, SLOTS * SLOT.size)
        self._map = mmap.mmap(self._file, SLOTS * SLOT.size)
        self._lock = threading.Lock()
        self._machines = (-1, 1)  # in which window they were counted, and how many there were

    def count(self, address: str, now: float, machines: Callable[[], int] = lambda: 1) -> Spent:
        """Count one request from `address`, a keyed hash in hexadecimal, at `now` (seconds since 1970).

        `machines` says how many share what is let through; it is asked once a window.
        """
        most = self._share(int(now) // WINDOW, machines)
        window, place = int(now) // WINDOW, int(address[:8], 16) % SLOTS * SLOT.size
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                known, asked = SLOT.unpack_from(self._map, place)
                asked = asked + 1 if known == window else 1
                SLOT.pack_into(self._map, place, window, asked)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
        wait = WINDOW - int(now) % WINDOW if asked > most else 0
        return Spent(max(0, most - asked), wait)

    def _share(self, window: int, machines: Callable[[], int]) -> int:
        if self._machines[0] != window:
            self._machines = (window, max(1, machines()))
        return max(1, self._most // self._machines[1])

    def close(self) -> None:
        self._map.close()
        os.close(self._file)
