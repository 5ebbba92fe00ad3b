"""A small file of what happened lately on this machine, a line each: readable while the database is away."""

import fcntl
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

MOST_BYTES = 128 * 1024  # some hundreds; then the older half goes

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class KeptLines(Generic[Kept]):
    """The file called `name`, whose lines are each a dataclass of this `kind`."""

    name: str
    kind: type[Kept]

    def keep(self, folder: Path, what: Kept) -> None:
        """Add it. A disk that will not take it loses nothing else: the log has it too."""
        fields: Any = what
        line = json.dumps(asdict(fields)).encode() + b"\n"
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(folder / self.name, "a+b", opener=_ours_alone) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if file.tell() + len(line) > MOST_BYTES:
                    file.seek(-MOST_BYTES // 2, 2)
                    newer = file.read().partition(b"\n")[2]
                    file.truncate(0)
                    file.write(newer)
                file.write(line)

    def latest(self, folder: Path, most: int) -> list[Kept]:
        """The last of them, the newest first; none where there is no file. Raises OSError where it cannot be read."""
        try:
            with (folder / self.name).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                lines = file.read(2 * MOST_BYTES).splitlines()
        except FileNotFoundError:
            return []
        found = []
        for line in lines[-most:]:
            with suppress(ValueError, TypeError):  # cut off by a machine that stopped
                found.append(self.kind(**json.loads(line)))
        return found[::-1]


def _ours_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
