"""Answers searches over one generation's index. Opened once in each process and kept open."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from webapp.library.search import kinds, ranking
from webapp.library.search.conditions import ConditionFinder
from webapp.library.search.facets import Facets, Mask, count, pack, unpack
from webapp.library.search.fitting import Fitter
from webapp.library.search.hits import hits
from webapp.library.search.kinds import Kinds
from webapp.library.search.landmarks import Landmarks
from webapp.library.search.lexicon import Lexicon
from webapp.library.search.paging import Pager
from webapp.library.search.parts import ENDED, PAUSED, RUNNING, Parts, live_of
from webapp.library.search.place_names import PlaceNames
from webapp.library.search.places import Places, Point
from webapp.library.search.postcodes import Postcodes
from webapp.library.search.postings import Postings
from webapp.library.search.query import Query, Results
from webapp.library.search.recognise import NamedTerm, Recogniser
from webapp.library.search.scoring import Scorer
from webapp.library.search.spelling import Speller
from webapp.library.search.thesaurus import Thesaurus, ThesaurusFile
from webapp.library.search.understand import Understander, Understanding
from webapp.library.search.units import Unit

# Remembered postings and scores, eight bytes each: so many, and more for each page, as lists are longer then.
# With all 2,000,000 at 10,000 pages, a search nobody made before would take 2% less, and a worker hold 6 MB more.
KEPT_POSTINGS, KEPT_FOR_EACH, KEPT_AT_MOST = 1_000_000, 25, 2_000_000
FIRST = 1e5  # what meets every condition: above any score
PINNED = 1e6  # above that

Floats = NDArray[np.float32]  # one a document
Flags = NDArray[np.bool_]  # one a document
Terms = Mapping[str, Iterable[NamedTerm]]  # facet → its choices


class Engine:
    """One open index. `search` may be called from several threads."""

    def __init__(self, index: FileIndex, folder: Path, thesaurus: Thesaurus, terms: Terms, places: Places) -> None:
        self._reader = index.reader()
        leaves = [leaf for leaf, _ in self._reader.leaf_readers()]
        segments = [leaf.segment().segment_id() for leaf in leaves if leaf.doc_count_all()]
        self.size = self._reader.doc_count_all()
        self._parts = Parts(folder, segments, live_of(self._reader))
        places_named = (term.slug for term in terms.get("place", ()))
        self._facets = Facets(self._parts.choices, self._parts.facets, self._parts.citywide, places_named)
        postings = Postings(self._reader, self._parts, min(KEPT_POSTINGS + KEPT_FOR_EACH * self.size, KEPT_AT_MOST))
        self._scorer = Scorer(postings, self._parts.lengths[:, 1])
        self._live = pack(self._parts.live)
        full = unpack(self._facets.matching("capacity", ["full"]), self.size)
        self._open = pack((self._parts.status == RUNNING) & ~full)
        recogniser = Recogniser(terms)
        conditions = ConditionFinder(terms, thesaurus.conditions)
        lexicon = Lexicon(self._parts.lexicon, thesaurus.words | recogniser.words | conditions.words)
        self.places = places.knowing(self._parts.districts())

        def has_pair(pair: str) -> bool:
            return len(postings.pair(pair)) > 0

        speller = Speller(
            lexicon,
            thesaurus,
            lambda a, b: f"{a} {b}" in thesaurus.pairs or has_pair(f"{a} {b}"),
            PlaceNames(name for term in terms.get("place", ()) for name in (term.label, *term.also)),
        )
        of_kind = Kinds(self._facets, self._scorer, self.size, terms.get(kinds.GROUP, ()))
        self.landmarks = Landmarks(postings, self._parts)
        place_in = partial(self.landmarks.place_in, known=thesaurus.words.__contains__)
        know = thesaurus, recogniser, self.places, conditions, speller, has_pair, place_in
        understander = Understander(lexicon, *know)
        self._fitter = Fitter(understander, self._scorer, self._facets, self._parts, of_kind, thesaurus)
        self._pager = Pager(self._parts)
        self._steady: tuple[int, Floats] = (0, np.zeros(0, np.float32))
        self._few: tuple[frozenset[str], Mask] = (frozenset(), pack(np.zeros(self.size, np.bool_)))
        self._by_name: NDArray[np.int64] | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        outward: Mapping[str, Point] | None = None,
        *,
        thesaurus: Thesaurus | None = None,
        terms: Terms | None = None,
        postcodes: Postcodes | None = None,
    ) -> "Engine":
        """Open what `library.build.index.write` wrote. Raises OSError or ValueError where it is missing or damaged.

        `outward` gives the centre of each postcode district, `terms` the vocabulary of each facet, in the order in
        which what is recognised is offered; `postcodes` is the national file, where loaded.
        """
        index = FileIndex(FileStorage(str(folder), readonly=True), indexname="MAIN")
        thesaurus = thesaurus or Thesaurus(ThesaurusFile())
        return cls(index, folder, thesaurus, terms or {}, Places(outward or {}, postcodes))

    def close(self) -> None:
        """Let go of the files."""
        self._parts.close()
        self._reader.close()

    def search(self, query: Query) -> Results:
        """One page of what fits the query, with the count of every facet's choices."""
        meaning, closest, scores, fits, first, near, distances = self._fitter.of(query)
        every, without = self._masks(query, fits, distances)
        found = np.flatnonzero(unpack(every, self.size))
        keys = self._keys(query, found, scores, distances)
        if query.sort == "best":
            if first is not None:
                keys[first[found]] -= np.float32(FIRST)
            self._put_first(meaning.pinned[0], found, keys)
        if query.in_series:
            paged = self._pager.in_series(found, keys, first, query.size, query.page)
        else:
            paged = self._pager.page(found, keys, query.size, query.page)
        reasons = self._scorer.why(meaning.units, paged.chosen) if len(found) else []
        missing, partly = self._missing(query, meaning)
        return Results(
            total=len(found),
            hits=hits(self._parts, paged, reasons, distances, first, query.in_series),
            facets=self._facets.counts(every, without),
            page=paged.page,
            pages=paged.pages,
            corrected=meaning.corrected,
            mended=meaning.mended,
            offered=meaning.offered,
            missing=missing,
            partly=partly,
            also=meaning.also,
            recognised=meaning.recognised,
            terms=meaning.terms,
            cut=meaning.cut,
            near=near,
            understood=meaning.understood,
            fitting=int(first[found].sum()) if first is not None and query.sort == "best" else None,
            subject=meaning.subject,
            closest=closest,
            literal=not meaning.units or any(self._is_named(unit) for unit in meaning.units),
        )

    def count(self, query: Query) -> int:
        """How many fit the query: the `total` of `search`, without a look for the best of them."""
        fitting = self._fitter.of(query)
        return count(self._masks(query, fitting.fits, fitting.distances)[0])

    def _is_named(self, unit: Unit) -> bool:
        """Whether some page has the typed words of a unit, or another name for the same, and is not only led to."""
        own = unit.alternatives[:1] if unit.need else unit.alternatives
        return any(len(self._scorer.alternative(a).documents) for a in own if not a.beside)

    def _missing(self, query: Query, meaning: Understanding) -> tuple[tuple[str, ...], bool]:
        """The typed words that no page of the kinds asked for has, and whether others of them are there.

        What is said aside, and the rest of a story that tells a need, does not count.
        """
        asked = [unit for unit in meaning.units if unit.importance == 1.0]
        kinds = unpack(self._facets.matching("kind", query.kinds) & self._live, self.size) if query.kinds else None
        gone = [unit for unit in asked if not self._has(unit, kinds)]
        return tuple(dict.fromkeys(word for unit in gone for word in unit.typed)), len(gone) < len(asked)

    def _has(self, unit: Unit, kinds: NDArray[np.bool_] | None) -> bool:
        """Whether a page of `kinds`, a flag for each document, has what is asked for and not only what is beside it."""
        for alternative in unit.alternatives:
            if not alternative.beside:
                documents = self._scorer.alternative(alternative).documents
                if len(documents) and (kinds is None or bool(kinds[documents].any())):
                    return True
        return False

    def _masks(self, query: Query, fits: Mask, distances: Floats | None) -> tuple[Mask, dict[str, Mask]]:
        base = fits
        if query.open_only:
            base = base & self._open
            if query.closed:
                base = base & ~self._only(query.closed)
        if query.within is not None and distances is not None:
            base = base & pack(distances <= np.float32(query.within))
        chosen = {group: self._facets.matching(group, slugs) for group, slugs in query.filters.items() if slugs}
        if query.kinds:
            chosen["kind"] = self._facets.matching("kind", query.kinds)
        every = base
        for mask in chosen.values():
            every = every & mask
        without = {}
        for group in chosen:
            of_others = base
            for other, mask in chosen.items():
                if other != group:
                    of_others = of_others & mask
            without[group] = of_others
        return every, without

    def _only(self, paths: frozenset[str]) -> Mask:
        """The documents at `paths`; the last answer is kept, as the same few paths are asked for again and again."""
        known, mask = self._few
        if known != paths:
            flags = np.zeros(self.size, np.bool_)
            flags[list(self._parts.numbers_of(paths).values())] = True
            mask = pack(flags)
            self._few = (paths, mask)
        return mask

    def _keys(self, query: Query, found: NDArray[Any], scores: Floats | None, distances: Floats | None) -> NDArray[Any]:
        """What to sort `found` by, least first."""
        if query.sort == "name":
            return self._names()[found]
        if query.sort == "verified":
            return -self._parts.verified[found].astype(np.int64)
        if query.sort == "distance" and distances is not None:
            return distances[found]
        keys = self._steadily(query.today.toordinal())[found]
        if scores is not None:
            keys = keys * scores[found]
        if distances is not None:
            away = distances[found]
            nearness = ranking.NEAR_FLOOR + (1 - ranking.NEAR_FLOOR) / (1 + away / np.float32(ranking.NEAR_MILES))
            keys = keys * np.where(np.isfinite(away), nearness, np.float32(ranking.NO_POINT))
        return -keys

    def _put_first(self, paths: Sequence[str], found: NDArray[Any], keys: NDArray[Any]) -> None:
        for place, path in enumerate(reversed(paths), 1):
            if path in self._fitter.pinned:
                keys[found == self._fitter.pinned[path]] = -PINNED * place

    def _steadily(self, today: int) -> Floats:
        """The multiplier of each document that no query changes: how lately verified, whether there is room."""
        day, known = self._steady
        if day == today:
            return known
        age = today - self._parts.verified
        factors = np.full(self.size, ranking.STALE, np.float32)
        for days, factor in reversed(ranking.FRESH):
            factors[age <= days] = factor
        factors[self._parts.verified == 0] = ranking.NEVER_VERIFIED
        for slug, factor in ranking.CAPACITY.items():
            factors[unpack(self._facets.matching("capacity", [slug]), self.size)] *= factor
        factors[self._parts.status == PAUSED] *= ranking.PAUSED
        factors[self._parts.status == ENDED] *= ranking.ENDED
        self._steady = (today, factors)
        return factors

    def _names(self) -> NDArray[np.int64]:
        if self._by_name is None:
            places = np.empty(self.size, np.int64)
            places[np.lexsort((self._parts.order, self._parts.names))] = np.arange(self.size)
            self._by_name = places
        return self._by_name
