"""Writes the index of one generation: Whoosh's own files, and beside each segment the columns that ranking reads.

    <generation>/index/_MAIN_1.toc, MAIN_x.seg    Whoosh: the words of every page
                       part-x.npz, part-x.cards   facets, points, dates, cards of the same documents, in the same order
                       besides.json               what the counts of words in the parts leave out: documents that went

A segment and its part never change once written, so a new generation shares them by hard link. A small one keeps its
documents too (part-x.docs): the next change writes them again with its own, so that small segments do not pile up.
Whoosh's table of contents holds a pickle: the folder must be writable by the site alone, and nothing in it may come
from elsewhere.
"""

import os
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import lru_cache, reduce
from itertools import chain
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from webapp.library.document import Document
from webapp.library.generation import disk
from webapp.library.search import given_days, given_times, named_prices, organisations
from webapp.library.search.codec import ArrayCodec
from webapp.library.search.parts import (
    SMALL,
    SUFFIXES,
    Parts,
    PartWriter,
    counts_of,
    live_of,
    read_besides,
    read_documents,
    read_part,
    remove_part,
    write_besides,
)
from webapp.library.search.postings import Postings
from webapp.library.search.ranking import ORGANISATION
from webapp.library.search.schema import FIELDS, SCHEMA
from webapp.library.search.text import STOP_WORDS, initials, joined, pairs, stem, stems, words


def write(
    folder: Path,
    documents: Iterable[Document],
    vocabulary_terms: Iterable[str] = (),
    *,
    previous: Path | None = None,
    removed_rows: Collection[int] = (),
    was: Callable[[int], Document] | None = None,
    renamed: Iterable[tuple[str, Document]] = (),
    small: int = SMALL,
) -> None:
    """Write a complete index into `folder`, an existing empty directory. On disk (fsync) when it returns.

    `vocabulary_terms` are names of several words (labels of vocabularies, phrases of the thesaurus) that are to be
    found as phrases wherever they stand. With `previous`, the index folder of another generation, its segments are
    shared by hard link, the documents of `removed_rows` are marked deleted and `documents` are added. `was` gives the
    document of a removed row, whose words count no more; without it they count on. `renamed` are documents of rows that
    stay, whose labels say something else now, each with its `words` before. Segments of up to
    `small` documents, SMALL at most, are written again with them: fewer make a quicker write and a slower search.
    Raises OSError where the disk refuses.
    """
    phrases = phrases_of(tuple(vocabulary_terms))
    storage = FileStorage(str(folder))
    if previous is None:
        index = FileIndex.create(storage, SCHEMA, "MAIN")
    else:
        _link(previous, folder)
        index = FileIndex(storage, indexname="MAIN")
    writer = ArrayWriter(index, codec=ArrayCodec())
    try:
        now_named = list(renamed)
        said_before = {document.row: before for before, document in now_named}
        gone = frozenset((*removed_rows, *said_before))
        besides = read_besides(previous) if previous else Counter()
        again = _take_small(writer, folder, gone, small, besides)
        left_behind = _delete(writer, folder, gone)
        for went in map(was, left_behind - said_before.keys()) if was else ():
            besides.subtract(_lexicon_of_all(went))
        _take_emptied(writer, folder, besides)
        part = PartWriter(folder, writer.newsegment.segment_id())
        for document in chain(again, documents, (document for _, document in now_named)):
            terms, lexicon = analyse(document, phrases)
            writer.add(terms)
            part.add(document, (terms["text"][1], terms["title"][1]), lexicon)
            if document.row in said_before and document.row in left_behind:
                besides.subtract(_lexicon_of_all(replace(document, words=said_before[document.row])))
        write_besides(folder, besides)
        part.close()
        writer.commit(merge=False)
    except BaseException:
        writer.cancel()
        raise
    _sync(folder)


@lru_cache(maxsize=2)
def phrases_of(names: tuple[str, ...]) -> frozenset[str]:
    """The pairs of stems that are known phrases where these names are known."""
    return frozenset(pair for name in names for pair in pairs(stems(name)))


Terms = dict[str, tuple[dict[str, float], int]]  # field → weight of each term, number of words


def analyse(document: Document, phrases: Collection[str] = ()) -> tuple[Terms, list[str]]:
    """The terms of one document by field, and its words as written (for spelling and half-typed words)."""
    weights: dict[str, float] = {}
    found: dict[str, float] = {}
    short: dict[str, float] = {}
    lexicon: list[str] = []
    length = 0
    title: list[str] = []
    alone: Counter[str] = Counter()
    for name, weight in FIELDS:
        text = getattr(document, name)
        tokens = [w for w in words(text) if w not in STOP_WORDS]
        # Typing `ebike` finds an e-bike. Only its own words count for the length of the text.
        without_hyphens = joined(text)
        as_stems = [stem(w) for w in tokens]
        lexicon += tokens + without_hyphens  # as _lexicon_of has them
        length += len(as_stems)
        for s in (*as_stems, *map(stem, without_hyphens)):
            weights[s] = weights.get(s, 0.0) + weight
        weights.update(dict.fromkeys(named_prices.terms(text), 1.0))
        for day in given_days.terms(text):
            weights[day] = weights.get(day, 0.0) + weight
        if name == "title":
            title, alone = as_stems, Counter((*as_stems, *map(stem, without_hyphens)))
        if name != "body":
            short.update(dict.fromkeys(as_stems, 1.0))
            found.update((pair, 1.0) for pair in pairs(as_stems))
        elif phrases:
            found.update((pair, 1.0) for pair in pairs(as_stems) if pair in phrases)
    if not document.facets.get("~time"):  # else its sessions say when in full, and nobody asks its words
        said = "\n".join((document.title, document.summary, document.headings, document.body))
        weights.update(dict.fromkeys(given_times.terms(said), 1.0))
    for short_name in initials(document.title) | initials(document.organisation):
        weights[short_name] = weights.get(short_name, 0.0) + ORGANISATION
    found.update(dict.fromkeys(organisations.edges(document.organisation or document.title), 1.0))
    of_title = {s: float(n) for s, n in alone.items()}
    return {
        "pair": (found, 0),
        "short": (short, 0),
        "text": (weights, length),
        "title": (of_title, len(title)),
    }, lexicon


def _lexicon_of(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOP_WORDS] + joined(text)


def _lexicon_of_all(document: Document) -> list[str]:
    return [word for name, _ in FIELDS for word in _lexicon_of(getattr(document, name))]


def rows_with(folder: Path, groups: Iterable[Collection[str]]) -> set[int]:
    """The rows of documents in the index in `folder` that hold all stems of any of `groups`, none of them empty."""
    reader = FileIndex(FileStorage(str(folder)), indexname="MAIN").reader()
    try:
        segments = [leaf.segment().segment_id() for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        parts = Parts(folder, segments, live_of(reader))
        postings = Postings(reader, parts, 0)
        found = [reduce(np.intersect1d, map(postings.holding, group)) for group in groups]
        parts.close()
        return {row for documents in found for row in parts.rows[documents].tolist()}
    finally:
        reader.close()


def is_mostly_gone(folder: Path) -> bool:
    """Whether more documents in the index in `folder` are deleted than are there: time to write it anew."""
    known = FileIndex(FileStorage(str(folder)), indexname="MAIN")
    return known.doc_count_all() > 2 * known.doc_count()


class ArrayWriter(SegmentWriter):
    """Whoosh's writer of one segment, with postings gathered in arrays and sorted once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._gathered = {name: _Postings() for name in SCHEMA.names()}

    def add(self, terms: Terms) -> None:
        """Add the next document."""
        self.perdocwriter.start_doc(self.docnum)
        for name in sorted(terms):
            weights, length = terms[name]
            self._gathered[name].add(self.docnum, weights)
            self.perdocwriter.add_field(name, self.schema[name], None, length)
        self.perdocwriter.finish_doc()
        self.docnum += 1
        self._added = True

    def _flush_segment(self):
        self.perdocwriter.close()
        for name in sorted(self._gathered):
            self.fieldwriter.add_field_arrays(name, self.schema[name], self._gathered[name].lists())
        self.fieldwriter.close()


class _Postings:
    """The postings of one field: which term, which document, what weight."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms = array("I")
        self._weights = array("f")
        self._sizes: list[tuple[int, int]] = []  # document, how many terms

    def add(self, document: int, weights: dict[str, float]) -> None:
        numbers = self._numbers
        self._terms.extend([numbers.setdefault(term, len(numbers)) for term in weights])
        self._weights.extend(weights.values())
        self._sizes.append((document, len(weights)))

    def lists(self):
        if not self._terms:
            return
        names = sorted(self._numbers, key=str.encode)
        rank = np.empty(len(names), np.uint32)
        rank[[self._numbers[name] for name in names]] = np.arange(len(names), dtype=np.uint32)
        terms = rank[np.frombuffer(self._terms, np.uint32)]
        sizes = np.array(self._sizes, np.uint32)
        documents = np.repeat(sizes[:, 0], sizes[:, 1])
        order = np.argsort(terms, kind="stable")  # documents stay ascending within a term
        documents, weights = documents[order], np.frombuffer(self._weights, np.float32)[order]
        ends = np.cumsum(np.bincount(terms, minlength=len(names))).tolist()
        start = 0
        for name, end in zip(names, ends, strict=True):
            yield name.encode(), documents[start:end], weights[start:end]
            start = end


def _take_small(
    writer: SegmentWriter, folder: Path, removed: frozenset[int], most: int, besides: Counter[str]
) -> list[Document]:
    """Take small segments out of the index and give their documents back, without the removed ones.

    Every change adds a segment, and every segment is looked into by every search: small ones must not pile up. What
    was counted off for documents of theirs is no longer counted off in `besides`.
    """
    taken: list[Document] = []
    for segment in list(writer.segments):
        documents = read_documents(folder, segment.segment_id())
        if documents is not None and len(taken) + len(documents) <= most:
            gone = {int(number) for number in segment.deleted_docs()}
            taken += [d for n, d in enumerate(documents) if n not in gone and d.row not in removed]
            for number in gone:
                besides.update(_lexicon_of_all(documents[number]))
            writer.segments.remove(segment)
            remove_part(folder, segment.segment_id())
    return taken


def _delete(writer: SegmentWriter, folder: Path, rows: frozenset[int]) -> set[int]:
    """Mark the documents of `rows` as deleted in all segments; which of them there were."""
    found: set[int] = set()
    if not rows:
        return found
    offset = 0
    for segment in writer.segments:
        of_part = read_part(folder, segment.segment_id())["rows"]
        for number in np.flatnonzero(np.isin(of_part, list(rows))).tolist():
            if segment.is_deleted(number):
                continue  # it was named anew before, under the same row
            writer.delete_document(offset + number)
            found.add(int(of_part[number]))
        offset += len(of_part)
    return found


def _take_emptied(writer: SegmentWriter, folder: Path, besides: Counter[str]) -> None:
    """Take segments with nothing left in them out of the index. All that they count is counted off in `besides`."""
    for segment in [one for one in writer.segments if not one.doc_count()]:
        besides.update(counts_of(read_part(folder, segment.segment_id())))
        writer.segments.remove(segment)
        remove_part(folder, segment.segment_id())


def _link(previous: Path, folder: Path) -> None:
    for path in previous.iterdir():
        if path.is_file() and path.suffix in {".toc", ".seg", *SUFFIXES}:
            os.link(path, folder / path.name)


def _sync(folder: Path) -> None:
    for path in folder.iterdir():
        if path.suffix == ".lock" or path.name.endswith("WRITELOCK"):
            path.unlink()
    disk.sync_tree(folder)
