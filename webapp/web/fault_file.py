"""The last faults of requests on this machine: see `kept_lines`.

Of each, when, the reference that the reader was shown, the route and the kind. Nothing of who asked or what for.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from webapp.db import faults
from webapp.web.kept_lines import KeptLines

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


FILE = KeptLines("faults.jsonl", KeptFault)


def keep(folder: Path, fault: KeptFault) -> None:
    """Add `fault`. A disk that will not take it loses nothing else: the log has it too."""
    FILE.keep(folder, fault)


def latest(folder: Path) -> list[KeptFault]:
    """The last 50, the newest first; none where there is no file. Raises OSError where it cannot be read."""
    return FILE.latest(folder, SHOWN)
