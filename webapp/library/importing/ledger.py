"""The ledger of what was not read: each value of a feed that nothing asked for is counted under its path.

A record is read through `Node`, which remembers what was asked for. What is left is what no reader will ever see, and
an import tells it: silence must not look like success.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

DEEPEST = 40  # objects and lists inside each other; the standard's own records are 8 deep
MOST = 100_000  # paths; a feed that has more names its keys by numbers
OVERFLOW = "(more paths)"


class TooDeep(Exception):
    """A record nested deeper than anything we know."""


class Node(dict[str, Any]):
    """An object of a feed. To `get` a key, or ask for it in brackets, is to read it; to look through them is not."""

    __slots__ = ("used",)

    def __init__(self, items: Any):
        super().__init__(items)
        self.used: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.used.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.used.add(key)
        return super().__getitem__(key)


def watched(value: Any, depth: int = 0) -> Any:
    """`value`, as JSON holds it, with every object in it a Node. Raises TooDeep."""
    if depth > DEEPEST:
        raise TooDeep
    if isinstance(value, dict):
        return Node((key, watched(inner, depth + 1)) for key, inner in value.items())
    if isinstance(value, list):
        return [watched(inner, depth + 1) for inner in value]
    return value


def forget(record: Node) -> None:
    """Take what was read of `record` so far for unread."""
    todo: list[Any] = [record]
    while todo:
        value = todo.pop()
        if isinstance(value, Node):
            value.used.clear()
        todo += value.values() if isinstance(value, Node) else value if isinstance(value, list) else ()


@dataclass
class Ledger:
    """How many values stood at each path that was not read, as in `service_at_locations[].location.transportation`."""

    unread: Counter[str] = field(default_factory=Counter)

    def add(self, record: Any, path: str = "") -> None:
        """Count what in `record`, a Node or what stands inside one, was not read."""
        todo = [(path, record, False)]
        while todo:
            path, value, used = todo.pop()
            if isinstance(value, Node):
                ahead = f"{path}." if path else ""
                for key, inner in value.items():
                    if key not in value.used or isinstance(inner, dict | list):
                        todo.append((f"{ahead}{_plain(key)}", inner, key in value.used))
            elif isinstance(value, list):
                todo += [(f"{path}[]", inner, used) for inner in value]
            elif not used and value is not None and (not isinstance(value, str) or value.strip()):
                self.unread[path if path in self.unread or len(self.unread) < MOST else OVERFLOW] += 1

    def lines(self) -> list[str]:
        """`not read: PATH COUNT` for each path, in the order of their names."""
        return [f"not read: {path} {count}" for path, count in sorted(self.unread.items())]


@lru_cache(4096)
def _plain(key: str) -> str:
    """A key as a path shows it, on one line and without spaces."""
    return "".join("_" if letter.isspace() or not letter.isprintable() else letter for letter in key)[:200]
