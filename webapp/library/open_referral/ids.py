"""Identifiers of what is published: UUIDs of version 5, made from whose part it is and what it says.

A part keeps its id wherever it stands in a list, in every build and on every machine, until it says something else.
"""

import uuid
from typing import Any

import orjson

from webapp.library.front_matter.model import NAMESPACE
from webapp.library.search.text import words


def named(role: str, *names: str) -> str:
    """The id of what is known by name, whatever its capitals: an organisation, a taxonomy, a term of one."""
    return _made(NAMESPACE, role, [" ".join(words(name)) or name for name in names])


def own(given: str) -> str:
    """`given` where it is a UUID, in lower case; else one made of it."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return _made(NAMESPACE, "given", given)


class Owner:
    """Gives ids to the parts of one listing, or of another part."""

    def __init__(self, identity: str) -> None:
        self._namespace = uuid.UUID(identity)
        self._seen: dict[str, int] = {}

    def __str__(self) -> str:
        return str(self._namespace)

    def part(self, role: str, says: Any) -> str:
        """The id of the part that plays `role` and says `says` (JSON); of two alike the second has its own."""
        made = _made(self._namespace, role, says)
        again = self._seen[made] = self._seen.get(made, 0) + 1
        return made if again == 1 else _made(self._namespace, role, [says, again])


def _made(namespace: uuid.UUID, role: str, says: Any) -> str:
    return str(uuid.uuid5(namespace, f"{role}:{orjson.dumps(says, option=orjson.OPT_SORT_KEYS).decode()}"))
