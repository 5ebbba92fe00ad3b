"""Answers searches over one generation's index. Opened once in each process and kept open."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from webapp.library.search import kinds, ranking
from webapp.library.search.conditions import ConditionFinder
from webapp.library.search.facets import Facets, Mask, pack, unpack
from webapp.library.search.hits import hits
from webapp.library.search.kinds import Kinds
from webapp.library.search.lexicon import Lexicon
from webapp.library.search.meeting import Meeting, Meetings
from webapp.library.search.paging import Pager
from webapp.library.search.parts import ENDED, PAUSED, RUNNING, Parts, live_of
from webapp.library.search.places import Places, Point, miles
from webapp.library.search.postcodes import Postcodes
from webapp.library.search.postings import Postings
from webapp.library.search.query import Query, Recognised, Results
from webapp.library.search.recognise import NamedTerm, Recogniser
from webapp.library.search.scoring import Scorer
from webapp.library.search.spelling import Speller
from webapp.library.search.text import stem, stems
from webapp.library.search.thesaurus import Thesaurus, ThesaurusFile
from webapp.library.search.understand import YOUNG, Understander, Understanding
from webapp.library.search.units import Alternative, Unit

KEPT_POSTINGS = 2_000_000  # remembered postings and scores: eight bytes each
KEPT_MEANINGS = 500  # searches whose words are remembered as understood: some ten kilobytes each
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
        postings = Postings(self._reader, self._parts, KEPT_POSTINGS)
        self._scorer = Scorer(postings, self._parts.lengths[:, 1])
        self._live = pack(self._parts.live)
        full = unpack(self._facets.matching("capacity", ["full"]), self.size)
        self._open = pack((self._parts.status == RUNNING) & ~full)
        recogniser = Recogniser(terms)
        conditions = ConditionFinder(terms, thesaurus.conditions)
        lexicon = Lexicon(self._parts.lexicon, thesaurus.words | recogniser.words | conditions.words)
        self.places = places.knowing(self._parts.districts())
        speller = Speller(
            lexicon, thesaurus, lambda a, b: f"{a} {b}" in thesaurus.pairs or len(postings.pair(f"{a} {b}")) > 0
        )
        self._understander = Understander(lexicon, thesaurus, recogniser, self.places, conditions, speller)
        # The same words are asked again with every filter and page.
        self._read = lru_cache(KEPT_MEANINGS)(self._understander.read)
        young = self._scorer.called({stem(word) for word in thesaurus.classes.get(YOUNG, ())})
        self._grown_up = np.where(young, np.float32(ranking.FOR_YOUNG), np.float32(1)) if young.any() else None
        self._kinds = Kinds(self._facets, self._scorer, self.size, terms.get(kinds.GROUP, ()))
        self._meetings = Meetings(self._facets, self._parts, self._scorer, self.size)
        self._pager = Pager(self._parts)
        self._pinned = self._parts.numbers_of(thesaurus.pinned_paths)
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
        plain = bool(query.kinds) and "asset" not in query.kinds  # guidance is held on no day and costs nothing
        meaning = self._read(query.words, query.exact, False, plain)
        scores, fits = self._fit(meaning)
        closest: tuple[Recognised, ...] = ()
        if meaning.units and not query.exact and not self._is_offered(query, meaning, fits):
            # Nobody offers here what was named: better what is of its kind, or may meet the same need, than a dead end.
            of_kinds = self._facets.matching("kind", query.kinds) if query.kinds else self._live
            closest = self._kinds.named(meaning.recognised, self._live & of_kinds)
            if closest:
                scores = self._kinds.scores(closest)
                fits = pack(scores > 0) & self._live
            else:
                meaning = self._read(query.words, False, True, plain)
                scores, fits = self._fit(meaning)
        if query.named:
            fits = fits & pack(self._scorer.all_named(meaning.units))
        if query.titled:
            fits = fits & pack(self._scorer.titled(meaning.units))
        # A place in the words was typed for this search; that of the box may have stood there already.
        points = meaning.points or ((query.near,) if query.near else ())
        distances = self._distances(points) if points else None
        first: Flags | None = None
        if meaning.conditions:
            meeting = self._meetings.of(meaning.conditions, distances)
            all_met = meeting.met == len(meaning.conditions)
            if scores is None:
                fits = fits & pack(self._nearly(meaning, meeting, distances))
                first, scores = all_met, 1 + meeting.adds + self._besides(meaning)
            else:
                about = self._about(meaning, scores)
                first = all_met & about
                scores = (scores + meeting.adds) * meeting.keeps
                if not any(unit.need for unit in meaning.units):  # of a story no page meets all
                    scores[~about] *= np.float32(ranking.NOT_ABOUT)
        elif any(a.weight == ranking.KIND for unit in meaning.units for a in unit.alternatives):
            named = self._scorer.all_named(meaning.units)
            first = named if (named & unpack(fits, self.size)).any() else None
            if scores is not None and len(meaning.units) == 1:
                of_kind = self._kinds.scores(self._kinds.named(meaning.recognised, self._live))
                scores = np.where(named, scores, scores + of_kind * scores.max(initial=0))
        every, without = self._masks(query, fits, distances)
        found = np.flatnonzero(unpack(every, self.size))
        if scores is not None and self._grown_up is not None and not meaning.young:
            scores = scores * self._grown_up
        keys = self._keys(query, found, scores, distances)
        if query.sort == "best":
            if first is not None:
                keys[first[found]] -= np.float32(FIRST)
            self._put_first(meaning.pinned[0], found, keys)
        if query.in_series:
            paged = self._pager.in_series(found, keys, first, query.size, query.page)
        else:
            paged = self._pager.page(found, keys, query.size, query.page)
        reasons = self._scorer.why(meaning.units, paged.chosen)
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
            near=points[0] if points else None,
            understood=meaning.understood,
            fitting=int(first[found].sum()) if first is not None and query.sort == "best" else None,
            subject=meaning.subject,
            closest=closest,
            literal=not meaning.units or any(self._is_named(unit) for unit in meaning.units),
        )

    def _is_named(self, unit: Unit) -> bool:
        """Whether some page has the typed words of a unit, or another name for the same, and is not only led to."""
        own = unit.alternatives[:1] if unit.need else unit.alternatives
        return any(len(self._scorer.alternative(a).documents) for a in own if not a.beside)

    def _besides(self, meaning: Understanding) -> Floats:
        """What the little words add that are left where conditions alone are asked for: the group of "BSL group"."""
        adds = np.zeros(self.size, np.float32)
        for s in set(stems(meaning.subject)):
            found = self._scorer.alternative(Alternative((s,)))
            adds[found.documents] += np.float32(ranking.ASIDE) * found.scores
        return adds

    def _about(self, meaning: Understanding, scores: Floats) -> Flags:
        """Which documents are about the subject, not only near it: those have all that was asked for, in some way."""
        about = scores >= np.float32(ranking.ABOUT) * scores.max(initial=0)
        for unit in meaning.units:
            if unit.importance == 1.0 and (has := self._scorer.about(unit)).any():
                about &= has
        return about

    def _nearly(self, meaning: Understanding, meeting: Meeting, distances: Floats | None) -> Flags:
        """What to show where nothing but conditions is asked for: all met, or all but one; near a named place."""
        needed = max(1, len(meaning.conditions) - 1)
        nearly = meeting.met >= needed
        if len(meaning.conditions) == 1 and distances is not None:
            nearly |= distances <= np.float32(ranking.NEARLY_MILES)
        return nearly if nearly.any() else meeting.met > 0

    def _fit(self, meaning: Understanding) -> tuple[Floats | None, Mask]:
        if not meaning.units:
            return None, self._live
        scores, fits = self._scorer.score(meaning.units, meaning.typed)
        first, never = meaning.pinned
        fits[[self._pinned[path] for path in first if path in self._pinned]] = True
        fits[[self._pinned[path] for path in never if path in self._pinned]] = False
        return scores, pack(fits) & self._live

    def _is_offered(self, query: Query, meaning: Understanding, fits: Mask) -> bool:
        """Whether anything of the kinds asked for fits; where one thing was named, by more than a stray word of it."""
        asked = [unit for unit in meaning.units if unit.importance == 1.0]
        if len(asked) == 1:
            holding = np.zeros(self.size, np.bool_)
            holding[self._scorer.unit(asked[0].whole or asked[0]).documents] = True
            fits = fits & pack(holding)
        return bool((fits & self._facets.matching("kind", query.kinds) if query.kinds else fits).any())

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
            if path in self._pinned:
                keys[found == self._pinned[path]] = -PINNED * place

    def _distances(self, points: Sequence[Point]) -> Floats:
        """Miles from the nearest of `points` to the nearest point of each document; infinite where it has none."""
        distances = np.full(self.size, np.inf, np.float32)
        if len(self._parts.points):
            owners, first = np.unique(self._parts.point_of, return_index=True)
            for near in points:
                away = np.minimum.reduceat(miles(near, self._parts.points), first)
                distances[owners] = np.minimum(distances[owners], away)
        return distances

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
