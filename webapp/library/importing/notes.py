"""What an import mended, what it could not keep, and what somebody should look at: counted by kind, with examples."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

EXAMPLES = 3  # of each kind that was mended: enough to see what is meant. Of the others every one is kept.
SHOWN = 100  # characters of an example


@dataclass
class Kind:
    """How often one thing was met. `examples` name the service, and what was there."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Notes:
    """Filled while records are read. Each kind is counted once a service, however often it is met there.

    `remarks` are what the listing of the service that is read now says of itself to readers, as plain text; `warnings`
    what it says before all else.
    """

    service: str = ""  # the one being read now
    is_secret: bool = False
    repaired: dict[str, Kind] = field(default_factory=dict)
    inexact: dict[str, Kind] = field(default_factory=dict)
    attention: dict[str, Kind] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)  # words that class services and are no terms of ours
    remarks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)

    def begin(self, service: str, *, is_secret: bool = False) -> None:
        """The notes that follow are of `service`. Examples are not quoted of a service whose address is secret."""
        self.service = service
        self.is_secret = is_secret
        self._met.clear()
        self.remarks, self.warnings = [], []

    def mended(self, kind: str, was: object = "") -> None:
        """Something was repaired, or dropped because it held nothing."""
        self._add(self.repaired, kind, "" if self.is_secret else was, EXAMPLES)

    def kept_in_words(self, kind: str, was: object = "", remark: str = "") -> None:
        """Something that has no place of its own here, or that nobody could understand, is not kept as it was.

        `remark` says on the listing what was published; leave it out where a note of the listing says so already.
        """
        self._add(self.inexact, kind, "" if self.is_secret else was)
        if remark and remark not in self.remarks:
            self.remarks.append(remark)

    def look(self, kind: str, was: object = "") -> None:
        """Something that only a person can decide."""
        self._add(self.attention, kind, was)

    def leave_out(self, why: str) -> None:
        self.left_out.append(f"{self.service}: {why}")

    def _add(self, kinds: dict[str, Kind], kind: str, was: Any, most: int | None = None) -> None:
        noted = kinds.setdefault(kind, Kind())
        if kind not in self._met:
            self._met.add(kind)
            noted.count += 1
        elif most is not None:
            return
        if most is None or len(noted.examples) < most:
            shown = " ".join(str(was)[: 4 * SHOWN].split())
            shown = shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"
            example = f"{self.service}: {shown}" if shown else self.service
            if example not in noted.examples[-9:]:
                noted.examples.append(example)
