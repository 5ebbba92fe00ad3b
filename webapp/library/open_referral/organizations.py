"""Who runs what is published: one record of each organisation, however many services it has."""

from typing import Any

import orjson


class Organizations:
    """Collects them. Where two services say different things of one, the fuller stands, however they are ordered."""

    def __init__(self) -> None:
        self._best: dict[str, bytes] = {}

    def add(self, record: dict[str, Any]) -> None:
        identity, said = record["id"], orjson.dumps(record)
        known = self._best.get(identity)
        if known is None or (-len(said), said) < (-len(known), known):
            self._best[identity] = said

    def records(self) -> list[bytes]:
        """One of each, in the order of their ids."""
        return [self._best[identity] for identity in sorted(self._best)]
