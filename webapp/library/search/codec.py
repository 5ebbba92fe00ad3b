"""Whoosh's own codec with posting lists stored as plain arrays, so that a term is read with one copy of memory.

Whoosh keeps blocks of 128 postings, pickled and compressed, and hands them out one at a time. A list here is its
document numbers (uint32) and then its weights (float32). Whoosh's queries work on it unchanged.
"""

import sys
from array import array
from io import BytesIO
from typing import cast

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.matching import ListMatcher

if sys.byteorder != "little":  # pragma: no cover - every platform that the site is deployed on
    raise ImportError("the search index is written for little-endian machines")

_ID, _WEIGHT = "I", "f"
_BYTES = 4  # of one number or one weight


class ArrayCodec(W3Codec):
    """Differs from Whoosh 3's codec in the postings alone; terms, lengths and segments are its own."""

    def field_writer(self, storage, segment):
        return ArrayFieldWriter(self, storage, segment)

    def postings_writer(self, dbfile, byteids=False):
        return ArrayPostingsWriter(dbfile)

    def terms_reader(self, storage, segment):
        reader = super().terms_reader(storage, segment)
        # Whoosh keeps a copy of the file in memory beside the map of it that lists are read from: 8 MB at 10,000.
        reader._postfile.file = BytesIO()
        return reader

    def postings_reader(self, dbfile, terminfo, format_, term=None, scorer=None):
        offset, _ = terminfo.extent()
        data = dbfile.get(offset, 2 * _BYTES * terminfo.doc_frequency())
        return ArrayMatcher(memoryview(data), format_, scorer, term, terminfo)


class ArrayPostingsWriter(PostingsWriter):
    """Writes one term's list after another."""

    def __init__(self, postfile):
        self._file = postfile
        self._ids = array(_ID)
        self._weights = array(_WEIGHT)

    def start_postings(self, format_, terminfo):
        self._ids, self._weights = array(_ID), array(_WEIGHT)

    def add_posting(self, id_, weight, vbytes, length=None):
        self._ids.append(id_)
        self._weights.append(weight)

    def written(self):
        return False

    def set(self, ids, weights):
        """Give a whole list at once: document numbers ascending (uint32) and weights (float32)."""
        self._ids, self._weights = ids, weights

    def finish_postings(self):
        ids, weights = self._ids, np.asarray(self._weights)
        offset = self._file.tell()
        self._file.write(memoryview(ids).tobytes())
        self._file.write(weights.tobytes())
        # Lengths are left out: Whoosh then takes the shortest possible, which is safe for its shortcuts.
        info = W3TermInfo(float(weights.sum()), len(ids), None, 0, float(weights.max()), int(ids[0]), int(ids[-1]))
        info.set_extent(offset, 2 * _BYTES * len(ids))
        return info


class ArrayMatcher(ListMatcher):
    """Steps through a list for Whoosh's queries; `arrays` gives it whole to ours."""

    def __init__(self, data, format_=None, scorer=None, term=None, terminfo=None, position=0):
        half = len(data) // 2
        super().__init__(
            data[:half].cast(_ID),
            data[half:].cast(_WEIGHT),
            format=format_,
            scorer=scorer,
            position=position,
            term=term,
            terminfo=terminfo,
        )
        self._data = data

    def arrays(self) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """Document numbers of the segment, ascending, and the weight of the term in each."""
        half = len(self._data) // 2
        return np.frombuffer(self._data[:half], np.uint32), np.frombuffer(self._data[half:], np.float32)

    def copy(self):
        return ArrayMatcher(self._data, self._format, self._scorer, self._term, self._terminfo, self._i)

    def supports_block_quality(self):
        return False  # one block holds the whole list: there is nothing to skip


class ArrayFieldWriter(W3FieldWriter):
    """Writes a field's terms from whole arrays."""

    def add_field_arrays(self, fieldname, fieldobj, lists):
        """`lists` yields (term as bytes, document numbers, weights), terms ascending."""
        self.start_field(fieldname, fieldobj)
        for term, ids, weights in lists:
            self.start_term(term)
            cast(ArrayPostingsWriter, self._postwriter).set(ids, weights)
            self.finish_term()
        self.finish_field()
