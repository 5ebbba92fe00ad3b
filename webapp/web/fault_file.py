"""The last faults of requests on this machine, in a small file: readable while the database is away.

Of each, when, the reference that the reader was shown, the route and the kind. Nothing of who asked or what for.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from webapp.db import faults

FILE = "faults.jsonl"
MOST_BYTES = 128 * 1024  # some 800 faults; then the older half goes
SHOWN = 50


@dataclass(frozen=True)
class KeptFault:
    """`at` is ISO text in UTC; `route` is the address as the program knows it, with names for what varies."""

    at: str
    reference: str
    method: str
    route: str
    error: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def words(self) -> str:
        """What it means to whoever looks after the machine; empty for a fault of the program."""
        return faults.in_words(self.error)


def keep(folder: Path, fault: KeptFault) -> None:
    """Add `fault`. A disk that will not take it loses nothing else: the log has it too."""
    line = json.dumps(asdict(fault)).encode() + b"\n"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / FILE).open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if file.tell() + len(line) > MOST_BYTES:
                file.seek(-MOST_BYTES // 2, 2)
                newer = file.read().partition(b"\n")[2]
                file.truncate(0)
                file.write(newer)
            file.write(line)


def latest(folder: Path) -> list[KeptFault]:
    """The last 50, the newest first; none where there is no file. Raises OSError where it cannot be read."""
    try:
        with (folder / FILE).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            lines = file.read(2 * MOST_BYTES).splitlines()
    except FileNotFoundError:
        return []
    return list(_read(lines[-SHOWN:]))[::-1]


def _read(lines: list[bytes]) -> Iterator[KeptFault]:
    for line in lines:
        with suppress(ValueError, TypeError):  # cut off by a machine that stopped
            yield KeptFault(**json.loads(line))
