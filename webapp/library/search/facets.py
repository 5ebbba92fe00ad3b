"""Filters and counts by facet. One row of bits a choice: counting all of them is one pass over a few kilobytes."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint64]  # one bit a document, 64 to a number
FEW = 0.3  # of the words of a mask: to pick these out of each row is quicker than to go through all of it
UNCOUNTED = "~"  # begins the name of a group that no reader chooses from; sorts after every letter


class Facets:
    """Which documents have which choice, by group. Built once when an index is opened."""

    def __init__(
        self, choices: list[str], pairs: NDArray[np.int32], citywide: NDArray[np.bool_], places: Iterable[str] = ()
    ) -> None:
        """`choices` are `group=slug`; `pairs` is (k × 2): document, index into `choices`.

        A citywide document serves every place, so it has every choice of the group `place`: of `places` (slugs) too,
        which no document need name.
        """
        self.size = len(citywide)
        choices = [*choices, *sorted({f"place={slug}" for slug in places}.difference(choices))]
        order = sorted(range(len(choices)), key=choices.__getitem__)
        rank = np.empty(len(choices), np.int64)
        rank[order] = np.arange(len(choices))
        has = np.zeros((len(choices), self.size), np.bool_)
        has[rank[pairs[:, 1]], pairs[:, 0]] = True
        self._groups: dict[str, tuple[slice, dict[str, int]]] = {}
        for number, choice in enumerate(choices[i] for i in order):
            group, slug = choice.split("=", 1)
            if group == "place":
                has[number] |= citywide
            rows, slugs = self._groups.get(group, (slice(number, number), {}))
            self._groups[group] = (slice(rows.start, number + 1), {**slugs, slug: number})
        # Groups that only a condition asks for come last, so that no search counts them.
        self._counted = {group: of for group, of in self._groups.items() if not group.startswith(UNCOUNTED)}
        self._shown = max((rows.stop for rows, _ in self._counted.values()), default=0)
        self._any: dict[str, Mask] = {}
        self._bits = np.array([pack(row) for row in has], np.uint64).reshape(len(choices), words_for(self.size))
        self._citywide = pack(citywide)
        self._none = np.zeros(words_for(self.size), np.uint64)

    def matching(self, group: str, slugs: Iterable[str]) -> Mask:
        """Documents with any of the choices. An unknown place is still served by what is citywide."""
        mask = self._citywide.copy() if group == "place" else self._none.copy()
        _, known = self._groups.get(group, (None, {}))
        for slug in slugs:
            if slug in known:
                mask |= self._bits[known[slug]]
        return mask

    def any_of(self, group: str) -> Mask:
        """Documents of which anything is known in a group."""
        if group not in self._any:
            rows, _ = self._groups.get(group, (slice(0, 0), {}))
            self._any[group] = np.bitwise_or.reduce(self._bits[rows], axis=0) if rows.stop > rows.start else self._none
        return self._any[group]

    def slugs(self, group: str) -> Iterable[str]:
        """The choices of a group that any document has."""
        return self._groups.get(group, (None, {}))[1]

    def counts(self, every: Mask, without: Mapping[str, Mask]) -> dict[str, dict[str, int]]:
        """How many documents each choice would give: of `without[group]` for a filtered group, else of `every`."""
        counted = _counted(self._bits[: self._shown], every)
        result = {}
        for group, (rows, slugs) in self._counted.items():
            of_group = _counted(self._bits[rows], without[group]) if group in without else counted[rows]
            result[group] = dict(zip(slugs, of_group, strict=True))
        return result


def _counted(rows: NDArray[np.uint64], mask: Mask) -> list[int]:
    """How many documents of a mask each row has. Where they are few, the rest of the rows is not looked at."""
    there = np.flatnonzero(mask)
    if len(there) < FEW * len(mask):
        rows, mask = rows[:, there], mask[there]
    numbers: list[int] = np.bitwise_count(rows & mask).sum(axis=1, dtype=np.int64).tolist()
    return numbers


def words_for(size: int) -> int:
    """How many 64-bit numbers hold a bit for each of `size` documents."""
    return (size + 63) // 64


def pack(flags: NDArray[np.bool_]) -> Mask:
    """True and false, one a document, as bits."""
    packed = np.zeros(words_for(len(flags)) * 8, np.uint8)
    packed[: (len(flags) + 7) // 8] = np.packbits(flags, bitorder="little")
    return packed.view(np.uint64)


def unpack(mask: Mask, size: int) -> NDArray[np.bool_]:
    """Bits as true and false, one for each of `size` documents."""
    return np.unpackbits(mask.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def count(mask: Mask) -> int:
    """How many documents a mask holds."""
    return int(np.bitwise_count(mask).sum(dtype=np.int64))
