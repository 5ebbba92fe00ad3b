"""The ledger of what was not read: each value of a feed that nothing asked for is counted under its path.

A record is read through `Node`, which remembers what was asked for. What is left is what no reader will ever see, and
an import tells it: silence must not look like success.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

DEEPEST = 40  # objects and lists inside each other; the standard's own records are 8 deep
MOST = 100_000  # paths; a feed that has more names its keys by numbers
OVERFLOW = "(more paths)"
NO_NAMES: Mapping[str, str] = {}
NOTHING_LENT: Mapping[str, Any] = {}
_get = dict.get  # without a look at each class on the way: half a million values are asked for


class TooDeep(Exception):
    """A record nested deeper than anything we know."""


class Node(dict[str, Any]):
    """An object of a feed. To `get` a key, or ask for it in brackets, is to read it; to look through them is not.

    `called` are keys that stand here under another name → the name that the feed has for them; `lent` are keys that
    were made of others, which count as read with them, and are no path of the feed.
    """

    __slots__ = ("called", "lent", "used")

    def __init__(self, items: Any = ()):
        super().__init__(items)
        self.used: set[str] = set()
        self.called: Mapping[str, str] = NO_NAMES
        self.lent: Mapping[str, tuple[tuple[Node, str], ...]] = NOTHING_LENT

    def get(self, key: str, default: Any = None) -> Any:
        self.used.add(key)
        if key in self.lent:
            self._read_through(key)
        return _get(self, key, default)

    def __getitem__(self, key: str) -> Any:
        self.used.add(key)
        if key in self.lent:
            self._read_through(key)
        return super().__getitem__(key)

    def lend(self, key: str, value: Any, *of: tuple["Node", str]) -> None:
        """Let `key` hold `value`, which was made of the values that stand under these keys of these objects."""
        super().__setitem__(key, value)
        self.lent = {**self.lent, key: of}

    def _read_through(self, key: str) -> None:
        for node, name in self.lent[key]:
            node.get(name)


def watched(value: Any, names: Mapping[str, str] = NO_NAMES, depth: int = 0) -> Any:
    """`value`, as JSON holds it, with every object in it a Node. Raises TooDeep.

    `names` are keys → what they are called from here on, where the object has no such key already.
    """
    if depth > DEEPEST:
        raise TooDeep
    if isinstance(value, dict):
        node = Node([(key, watched(inner, names, depth + 1)) for key, inner in value.items()])
        if names and not names.keys().isdisjoint(value):
            _rename(node, names)
        return node
    if isinstance(value, list):
        return [watched(inner, names, depth + 1) for inner in value]
    return value


def _rename(node: Node, names: Mapping[str, str]) -> None:
    """Two lists that come under one name are one, in their order; of two other values the one so called stays."""
    for key in [key for key in node if key in names]:
        name = names[key]
        there, value = dict.get(node, name), dict.pop(node, key)
        if name not in node or there in (None, "", [], {}):
            dict.__setitem__(node, name, value)
            node.called = {**node.called, name: key}
        elif isinstance(there, list) and isinstance(value, list):
            dict.__setitem__(node, name, there + value)
        else:
            dict.__setitem__(node, key, value)


def forget(record: Node) -> None:
    """Take what was read of `record` so far for unread."""
    todo: list[Any] = [record]
    while todo:
        value = todo.pop()
        if isinstance(value, Node):
            value.used.clear()
        todo += value.values() if isinstance(value, Node) else value if isinstance(value, list) else ()


# What is left unread on purpose, by the end of its path, and why.
REASONS = {
    "id": "a name for the feed's own parts",
    "slug": "a name for the feed's own parts",
    "attention": "a person",
    "assured_by": "a person",
    "assurer_email": "a person",
    "date_created": "when the record was begun says nothing of the service",
    "created_at": "when the record was begun says nothing of the service",
    "country": "all of it is here",
    "extent": "a shape for a map, which a list of areas served does not need",
    "extent_type": "a shape for a map, which a list of areas served does not need",
}


@lru_cache(4096)
def reason(path: str) -> str:
    """Why what stands at `path` is left unread on purpose; empty where nobody has decided so."""
    last = path.removesuffix("[]").rpartition(".")[2].rpartition(" ")[2]
    return REASONS.get(last, REASONS["id"] if last.endswith("_id") else "")


@dataclass
class Ledger:
    """How many values stood at each path that was not read, as in `service_at_locations[].location.transportation`."""

    unread: Counter[str] = field(default_factory=Counter)
    paths: Mapping[str, str] = field(default_factory=dict)  # where a key is read → where it stood in what was published

    def add(self, record: Any, path: str = "") -> None:
        """Count what in `record`, a Node or what stands inside one, was not read."""
        todo = [(path, record, False)]
        while todo:
            path, value, used = todo.pop()
            if isinstance(value, Node):
                ahead = f"{path}." if path else ""
                for key, inner in value.items():
                    if (key not in value.used or isinstance(inner, dict | list)) and key not in value.lent:
                        todo.append((f"{ahead}{_plain(value.called.get(key, key))}", inner, key in value.used))
            elif isinstance(value, list):
                todo += [(f"{path}[]", inner, used) for inner in value]
            elif not used and value is not None and (not isinstance(value, str) or value.strip()):
                self.unread[path if path in self.unread or len(self.unread) < MOST else OVERFLOW] += 1

    def lines(self) -> list[str]:
        """`not read: PATH COUNT` for each path as it was published, in the order of their names."""
        return [f"not read: {path} {count}" for path, count in self._counts() if not reason(path)]

    def left_out(self) -> list[str]:
        """`PATH COUNT: why` for each path that is left unread on purpose."""
        return [f"{path} {count}: {why}" for path, count in self._counts() if (why := reason(path))]

    def _counts(self) -> list[tuple[str, int]]:
        found: Counter[str] = Counter()
        for path, count in self.unread.items():
            found[self._published(path)] += count
        return sorted(found.items())

    def _published(self, path: str) -> str:
        if path.startswith("envelope"):
            return path
        ahead = max((prefix for prefix in self.paths if path.startswith(prefix)), key=len, default=None)
        return path if ahead is None else f"{self.paths[ahead]}{path[len(ahead) :]}"


@lru_cache(4096)
def _plain(key: str) -> str:
    """A key as a path shows it, on one line and without spaces."""
    return "".join("_" if letter.isspace() or not letter.isprintable() else letter for letter in key)[:200]
