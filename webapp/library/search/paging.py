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

    def page(self, found: Numbers, keys: Keys, size: int, page: int) -> Paged:
        """Page `page`, counted from 1, of `found` in the order of `keys`; the last one where there are fewer."""
        size = min(max(1, size), MAX_SIZE)
        pages = max(1, -(-len(found) // size))
        page = min(max(1, page), pages)
        start, end = (page - 1) * size, page * size
        if end < len(found):
            # Only the first `end` need be in order; equals of the last stay in, so that ties are always cut alike.
            last = np.partition(keys, end - 1)[end - 1]
            within = np.flatnonzero(keys <= last)
            found, keys = found[within], keys[within]
        order = np.lexsort((self._order[found], keys))
        return Paged(page, pages, found[order[start:end]], {})

    def in_series(self, found: Numbers, keys: Keys, apart: NDArray[np.bool_] | None, size: int, page: int) -> Paged:
        """The same with one row for each series, where its best stands; pages are counted by rows.

        `apart` is a flag of each document: what has it is never in one row with what has not.
        """
        if not len(found):
            return Paged(1, 1, found, {})
        series = self._series[found]
        inside = np.flatnonzero(series)
        if not len(inside):
            return self.page(found, keys, size, page)
        of = series[inside].astype(np.int64) * 2
        if apart is not None:
            of += apart[found[inside]]
        order = np.lexsort((self._order[found[inside]], keys[inside], of))
        inside, of = inside[order], of[order]
        begins = np.flatnonzero(np.diff(of, prepend=-1))
        stays = np.ones(len(found), np.bool_)
        stays[inside] = False
        stays[inside[begins]] = True
        paged = self.page(found[stays], keys[stays], size, page)
        ends = np.append(begins[1:], len(inside))
        leads = found[inside[begins]]
        is_shown = np.zeros(len(self._series), np.bool_)
        is_shown[paged.chosen] = True
        shown = np.flatnonzero((ends - begins > 1) & is_shown[leads])
        others = {int(leads[one]): found[inside[begins[one] + 1 : ends[one]]] for one in shown}
        return paged._replace(others=others)


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
    series[of] = least[of]
    return series
