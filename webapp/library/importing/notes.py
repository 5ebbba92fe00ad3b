"""What an import mended, what it could not use, and what somebody should look at: told by kind, with examples."""

from dataclasses import dataclass, field

EXAMPLES = 3  # of each kind: enough to see what is meant


@dataclass
class Kind:
    """How often one thing was met. `examples` name the service, and what was there."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Notes:
    """Filled while records are read. Each kind is counted once a service, however often it is met there."""

    service: str = ""  # the one being read now
    is_secret: bool = False
    repaired: dict[str, Kind] = field(default_factory=dict)
    attention: dict[str, Kind] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)

    def begin(self, service: str, *, is_secret: bool = False) -> None:
        """The notes that follow are of `service`. What was there is not told of one whose address is secret."""
        self.service = service
        self.is_secret = is_secret
        self._met.clear()

    def mended(self, kind: str, was: object = "") -> None:
        """Something was repaired, or dropped because it could not be."""
        self._add(self.repaired, kind, "" if self.is_secret else was)

    def look(self, kind: str, was: object = "") -> None:
        """Something that only a person can decide."""
        self._add(self.attention, kind, was)

    def leave_out(self, why: str) -> None:
        self.left_out.append(f"{self.service}: {why}")

    def _add(self, kinds: dict[str, Kind], kind: str, was: object) -> None:
        if kind in self._met:
            return
        self._met.add(kind)
        noted = kinds.setdefault(kind, Kind())
        noted.count += 1
        if kinds is self.attention or len(noted.examples) < EXAMPLES:
            shown = " ".join(str(was).split())
            shown = shown if len(shown) <= 60 else shown[:57] + "…"
            noted.examples.append(f"{self.service}: {shown}" if shown else self.service)
