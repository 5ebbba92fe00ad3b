"""Reads the posting lists of an open Whoosh index into arrays, scores them once, and remembers them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound

from webapp.library.search import ranking
from webapp.library.search.parts import Parts

Documents = NDArray[np.int32]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents that hold a term, ascending, and what each scores for it. `in_title` are those with it in the title."""

    documents: Documents
    scores: Scores
    in_title: Documents

    def __len__(self) -> int:
        return len(self.documents)


_NONE = np.zeros(0, np.int32)
NOTHING = Scored(_NONE, np.zeros(0, np.float32), _NONE)


class Postings:
    """The terms of an index. Document numbers are Whoosh's, over all segments.

    A deleted document counts nowhere, so an index that was changed bit by bit scores as one that was written at once.
    """

    def __init__(self, reader: Any, parts: Parts, kept: int) -> None:
        """`parts` are the columns of the same documents. `kept` is how many postings to remember."""
        self.documents = int(np.count_nonzero(parts.live))
        self._leaves = reader.leaf_readers()
        self._live = None if parts.live.all() else parts.live
        # What the length of each document takes off a mention in its text, and in its title.
        average = [total / max(1, self.documents) or 1.0 for total in parts.words_in_all]
        bs = (ranking.B, ranking.TITLE_B)
        self._length_counts = [
            (ranking.K1 * ((1 - b) + b * (parts.lengths[:, field] / average[field]))).astype(np.float32)
            for field, b in enumerate(bs)
        ]
        self.memory = Memory(kept)

    def scored(self, term: str) -> Scored:
        """A stem's documents and their BM25F scores: as Whoosh gives for `text:term OR title:term^TITLE_ALONE`."""
        return self.memory.get(("term", term), lambda: self._scored(term))

    def pair(self, term: str) -> Documents:
        """The documents where two stems stand side by side: `lunch club`."""
        return self.memory.get(("pair", term), lambda: self._read("pair", term)[0])

    def short(self, term: str) -> Documents:
        """The documents that have a stem in their title, summary, labels or headings."""
        return self.memory.get(("short", term), lambda: self._read("short", term)[0])

    def in_title(self, term: str) -> Documents:
        """The documents that have a stem in their title; it is not remembered."""
        return self._read("title", term)[0]

    def frequency(self, term: str) -> int:
        """How many documents hold a stem."""
        return len(self.scored(term))

    def idf(self, term: str) -> float:
        """How telling a stem is (`ranking.idf`)."""
        return ranking.idf(self.documents, self.frequency(term))

    def _scored(self, term: str) -> Scored:
        documents, weights = self._read("text", term)
        if not len(documents):
            return NOTHING
        idf = ranking.idf(self.documents, len(documents))
        scores = self._bm25(0, documents, weights, idf)
        in_title, weights = self._read("title", term)
        if len(in_title):
            more = self._bm25(1, in_title, weights, idf)
            scores[np.searchsorted(documents, in_title)] += ranking.TITLE_ALONE * more
        return Scored(documents, scores, in_title)

    def _bm25(self, field: int, documents: Documents, weights: Scores, idf: float) -> Scores:
        return idf * (weights * (ranking.K1 + 1.0)) / (weights + self._length_counts[field].take(documents))

    def holding(self, term: str) -> Documents:
        """The documents that hold a stem anywhere; it is not remembered."""
        return self._read("text", term)[0]

    def _read(self, field: str, term: str) -> tuple[Documents, Scores]:
        found = []
        for leaf, start in self._leaves:
            try:
                documents, weights = _arrays(leaf.postings(field, term))
            except TermNotFound:
                continue
            found.append((documents.astype(np.int32) + np.int32(start), weights))
        if not found:
            return _NONE, NOTHING.scores
        documents, weights = found[0] if len(found) == 1 else map(np.concatenate, zip(*found, strict=True))
        if self._live is None:
            return documents, weights
        there = self._live[documents]
        return documents[there], weights[there]


def _arrays(matcher: Any) -> Any:
    # Whoosh wraps the list of a segment with deletions; deleted documents are left out all at once.
    while not hasattr(matcher, "arrays"):
        matcher = matcher.child
    return matcher.arrays()


class Memory:
    """Remembers what was worked out, up to a number of array elements in all; the longest unused go first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        with suppress(KeyError):  # not there, or just put out by another thread
            value = self._kept[key]
            self._kept.move_to_end(key)
            return value
        value = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = value
                self._size += len(value) + 1
            while self._size > self._limit and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped) + 1
        return value
