"""What an import will do, listing by listing, before any file is touched."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class ImportPlan:
    """Paths are those of the files; `write` holds each listing's whole text, `beside` the lines of other files.

    `changed` are the files among them that are there already, `missing` those whose service did not come.
    """

    write: dict[Path, str] = field(default_factory=dict)
    beside: dict[Path, Iterable[bytes]] = field(default_factory=dict)
    new: int = 0
    changed: list[Path] = field(default_factory=list)
    unchanged: int = 0
    merged: list[Path] = field(default_factory=list)  # edited here, and given what the feed changed
    conflicts: list[tuple[Path, str]] = field(default_factory=list)  # a field that both changed: kept
    both_changed: list[tuple[Path, str]] = field(default_factory=list)  # edited here, cannot be merged: kept
    missing: list[Path] = field(default_factory=list)
    remove: list[Path] = field(default_factory=list)
    retired: list[Path] = field(default_factory=list)  # missing, and marked as inactive
    clashes: list[tuple[str, str]] = field(default_factory=list)  # title, and why it was left out
    open: list[Path] = field(default_factory=list)  # looks like a refuge, and cannot be changed but by hand
    known: int = 0  # listings that came from this feed before

    def change(self, path: Path, text: str) -> None:
        """A file that is there will have this text."""
        self.write[path] = text
        self.changed.append(path)
