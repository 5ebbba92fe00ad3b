"""One page of what was found: the best in order, and of each series one that stands for the others."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp.library.search.parts import Parts

MAX_SIZE = 500  # rows a page, and others of a series with each

Numbers = NDArray[np.intp]  # of documents
Keys = NDArray[Any]  # of documents, to sort them by, least first


class Paged(NamedTuple):
    """One page. `others` are those of a series that a row stands for, in order, by the number of its document."""

    page: int
    pages: int
    chosen: Numbers
    others: dict[int, Numbers]


class Pager:
    """Knows which documents are of one series."""

    def __init__(self, parts: Parts) -> None:
        self._order = parts.order
        self._series = _together(len(parts.rows), parts.series, parts.series_of)
        self._most_series = int(self._series.max(initial=0))

    def page(self, found: Numbers, keys: Keys, size: int, page: int) -> Paged:
        """Page `page`, counted from 1, of `found` in the order of `keys`; the last one where there are fewer."""
        size = min(max(1, size), MAX_SIZE)
        page, pages = _which(page, len(found), size)
        order = self._best(found, keys, page * size)
        return Paged(page, pages, found[order[(page - 1) * size : page * size]], {})

    def in_series(self, found: Numbers, keys: Keys, apart: NDArray[np.bool_] | None, size: int, page: int) -> Paged:
        """The same with one row for each series, where its best stands; pages are counted by rows.

        `apart` is a flag of each document: what has it is never in one row with what has not.
        """
        of = self._series[found] * 2
        inside = np.flatnonzero(of)
        if not len(inside):
            return self.page(found, keys, size, page)
        if apart is not None:
            of += apart[found]
        is_there = np.zeros(self._most_series * 2 + 2, np.bool_)
        is_there[of[inside]] = True
        size = min(max(1, size), MAX_SIZE)
        page, pages = _which(page, len(found) - len(inside) + int(np.count_nonzero(is_there)), size)
        leads = self._leads(found, keys, of, page * size)[(page - 1) * size : page * size]
        is_shown = np.zeros(len(is_there), np.bool_)
        is_shown[of[leads]] = True
        is_shown[:2] = False  # those of no series
        members = np.flatnonzero(is_shown[of])
        members = members[np.lexsort((self._order[found[members]], keys[members], of[members]))]
        several = np.split(members, np.flatnonzero(np.diff(of[members])) + 1)
        others = {int(found[one[0]]): found[one[1:]] for one in several if len(one) > 1}
        return Paged(page, pages, found[leads], others)

    def _best(self, found: Numbers, keys: Keys, most: int) -> Numbers:
        """The places in `found` of the best, in order: so many, with all that equal the last; or all there are."""
        within = np.arange(len(found))
        if most < len(found):
            # Equals of the last stay in, so that ties are always cut alike.
            within = np.flatnonzero(keys <= np.partition(keys, most - 1)[most - 1])
        return within[np.lexsort((self._order[found[within]], keys[within]))]

    def _leads(self, found: Numbers, keys: Keys, of: NDArray[np.int32], most: int) -> Numbers:
        """The places in `found` of the best of each series and of what is in none, in order: `most`, or all there are.

        Whatever series is among the best of all has its own best there too, so the rest need not be sorted.
        """
        looked_at = most
        while True:
            best = self._best(found, keys, looked_at)
            series = np.flatnonzero(of[best] > 1)
            _, first = np.unique(of[best[series]], return_index=True)
            stays = np.ones(len(best), np.bool_)
            stays[series] = False
            stays[series[first]] = True
            leads = best[stays]
            if len(leads) >= most or len(best) == len(found):
                return leads
            looked_at *= 4


def _which(page: int, rows: int, size: int) -> tuple[int, int]:
    """The page that is shown, and how many there are."""
    pages = max(1, -(-rows // size))
    return min(max(1, page), pages), pages


def _together(size: int, names: NDArray[np.uint64], of: NDArray[np.int32]) -> NDArray[np.int32]:
    """The number of the series of each of `size` documents, 0 where one stands alone. Sharing any name is enough."""
    _, name, times = np.unique(names, return_inverse=True, return_counts=True)
    shared = times[name] > 1
    of, name = of[shared], name[shared]
    least = np.arange(1, size + 1, dtype=np.int32)  # the least document that each is in one series with, from 1
    while True:
        of_name = np.full(len(times), size + 1, np.int32)
        np.minimum.at(of_name, name, least[of])
        before = least.copy()
        np.minimum.at(least, of, of_name[name])
        if (least == before).all():
            break
    series = np.zeros(size, np.int32)
    series[of] = np.unique(least[of], return_inverse=True)[1] + 1
    return series
