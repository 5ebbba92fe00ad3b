"""Which documents fit the words and the place of a search, and how well: the same whatever it is filtered by."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp.library.search import ranking
from webapp.library.search.facets import Facets, Mask, count, pack, unpack
from webapp.library.search.kinds import Kinds
from webapp.library.search.lately import Lately
from webapp.library.search.meeting import Meeting, Meetings
from webapp.library.search.parts import Parts
from webapp.library.search.places import Point, miles
from webapp.library.search.query import Query, Recognised
from webapp.library.search.scoring import Scorer
from webapp.library.search.text import stem, stems
from webapp.library.search.thesaurus import Thesaurus
from webapp.library.search.understand import YOUNG, Understander, Understanding
from webapp.library.search.units import Alternative

KEPT_MEANINGS = 500  # searches whose words are remembered as understood: some ten kilobytes each
LATELY = 2  # searches whose scores are remembered, ten bytes a document: with another filter they are the same

Floats = NDArray[np.float32]  # one a document
Flags = NDArray[np.bool_]  # one a document


class Fitting(NamedTuple):
    """What fits, only to be read. `scores` are None where everything is browsed.

    `first` are those that meet all conditions, None where none was named; `closest` are the kinds that are shown in
    place of what nobody offers; `distances` are miles from `near`, None without one.
    """

    meaning: Understanding
    closest: tuple[Recognised, ...]
    scores: Floats | None
    fits: Mask
    first: Flags | None
    near: Point | None
    distances: Floats | None


class Fitter:
    """Knows how words are understood, and the scores, kinds and places of one index."""

    def __init__(
        self,
        understander: Understander,
        scorer: Scorer,
        facets: Facets,
        parts: Parts,
        kinds: Kinds,
        thesaurus: Thesaurus,
    ) -> None:
        self._scorer = scorer
        self._facets = facets
        self._parts = parts
        self._kinds = kinds
        self._size = len(parts.rows)
        self._live = pack(parts.live)
        self._meetings = Meetings(facets, parts, scorer, self._size)
        self.pinned = parts.numbers_of(thesaurus.pinned_paths)
        young = scorer.called({stem(word) for word in thesaurus.classes.get(YOUNG, ())})
        self._grown_up = np.where(young, np.float32(ranking.FOR_YOUNG), np.float32(1)) if young.any() else None
        self._placed, self._first_point = np.unique(parts.point_of, return_index=True)
        # The same words are asked again with every filter and page.
        self._read = lru_cache(KEPT_MEANINGS)(understander.read)
        self._scored: Lately[tuple[Floats | None, Mask]] = Lately(LATELY)
        self._fitting: Lately[Fitting] = Lately(LATELY)

    def of(self, query: Query) -> Fitting:
        """What fits the words and the place of `query`."""
        asked = (query.words, query.exact, query.kinds, query.near, query.named, query.titled)
        return self._fitting.get(asked, lambda: self._of(query))

    def _of(self, query: Query) -> Fitting:
        plain = bool(query.kinds) and "asset" not in query.kinds  # guidance is held on no day and costs nothing
        meaning = self._meaning(query.words, query.exact, False, plain)
        of_kinds = self._facets.matching("kind", query.kinds) & self._live if query.kinds else self._live
        if query.titled and not self._has_title(query, meaning, plain, of_kinds):
            return Fitting(meaning, (), None, np.zeros_like(self._live), None, None, None)
        scores, fits = self._fit(meaning)
        closest: tuple[Recognised, ...] = ()
        if meaning.units and not query.exact and not self._is_offered(meaning, fits & of_kinds):
            # Nobody offers here what was named: better what is of its kind, or may meet the same need, than a dead end.
            closest = self._kinds.named(meaning.recognised, of_kinds)
            if closest:
                scores = self._kinds.scores(closest)
                fits = pack(scores > 0) & self._live
            else:
                meaning = self._meaning(query.words, False, True, plain)
                scores, fits = self._fit(meaning)
        elif scores is not None and self._is_scarce(query, meaning, fits & of_kinds):
            meaning, scores, fits = self._widened(query.words, plain, meaning, scores, fits)
        if query.named:
            fits = fits & pack(self._scorer.all_named(meaning.units))
        if query.titled:
            fits = fits & pack(self._scorer.titled(meaning.units))
        # A place in the words was typed for this search; that of the box may have stood there already.
        points = meaning.points or ((query.near,) if query.near else ())
        distances = self._distances(points) if points else None
        first: Flags | None = None
        if meaning.conditions:
            told = any(unit.need for unit in meaning.units)
            meeting = self._meetings.of(meaning.conditions, distances, told)
            all_met = meeting.met == len(meaning.conditions)
            if scores is None:
                fits = fits & pack(self._nearly(meaning, meeting, distances))
                first, scores = all_met, 1 + meeting.adds + self._besides(meaning)
            else:
                about = self._about(meaning, scores)
                first = all_met & about
                scores = (scores + meeting.adds) * meeting.keeps
                # Of a story no page meets all; but who has a wheelchair asks for none.
                if not told or all(c.group == "access" for c in meaning.conditions):
                    scores[~about] *= np.float32(ranking.NOT_ABOUT)
        elif any(a.weight == ranking.KIND for unit in meaning.units for a in unit.alternatives):
            named = self._scorer.all_named(meaning.units)
            first = named if (named & unpack(fits, self._size)).any() else None
            if scores is not None and len(meaning.units) == 1:
                of_kind = self._kinds.scores(self._kinds.named(meaning.recognised, self._live))
                scores = np.where(named, scores, scores + of_kind * scores.max(initial=0))
        if scores is not None and meaning.called and (offered := self._scorer.offered_by(meaning.called)).any():
            scores = np.where(offered, scores + scores.max(), scores)
            fits = fits | (pack(offered) & self._live)
            first = None if first is None else first & offered
        if scores is not None and self._grown_up is not None and not meaning.young:
            scores = scores * self._grown_up
        return Fitting(meaning, closest, scores, fits, first, points[0] if points else None, distances)

    def _meaning(self, words: str, exact: bool, widely: bool, plain: bool) -> Understanding:
        """What the words mean. What reads them in another way is asked only where that can make a difference."""
        meaning = self._read(words, exact)
        widely, plain = widely and meaning.has_other_names, plain and bool(meaning.conditions)
        return self._read(words, exact, widely, plain) if widely or plain else meaning

    def _fit(self, meaning: Understanding) -> tuple[Floats | None, Mask]:
        return self._scored.get(meaning, lambda: self._score(meaning))

    def _score(self, meaning: Understanding) -> tuple[Floats | None, Mask]:
        if not meaning.units:
            return None, self._live
        scores, fits = self._scorer.score(meaning.units, meaning.typed)
        first, never = meaning.pinned
        fits[[self.pinned[path] for path in first if path in self.pinned]] = True
        fits[[self.pinned[path] for path in never if path in self.pinned]] = False
        return scores, pack(fits) & self._live

    def _has_title(self, query: Query, meaning: Understanding, plain: bool, of_kinds: Mask) -> bool:
        """Whether some title holds the subject, also where every lead is followed: else nothing need be scored."""
        if (pack(self._scorer.titled(meaning.units)) & of_kinds).any():
            return True
        widely = self._meaning(query.words, query.exact, True, plain)
        return widely is not meaning and bool((pack(self._scorer.titled(widely.units)) & of_kinds).any())

    def _is_offered(self, meaning: Understanding, fits: Mask) -> bool:
        """Whether any of those that fit is offered; where one thing was named, by more than a stray word of it."""
        asked = [unit for unit in meaning.units if unit.importance == 1.0]
        if len(asked) == 1:
            holding = np.zeros(self._size, np.bool_)
            holding[self._scorer.unit(asked[0].whole or asked[0]).documents] = True
            fits = fits & pack(holding)
        return bool(fits.any())

    def _is_scarce(self, query: Query, meaning: Understanding, fits: Mask) -> bool:
        """Whether the one thing that was named is but mentioned, by few, and nothing offered is called so: "deaf"."""
        asked = sum(unit.importance == 1.0 for unit in meaning.units)
        literally = query.exact or query.named or query.titled
        if asked != 1 or literally or not meaning.has_other_names or count(fits) >= ranking.ENOUGH:
            return False
        return not (pack(self._scorer.titled(meaning.units)) & fits).any()

    def _widened(
        self, words: str, plain: bool, meaning: Understanding, scores: Floats, fits: Mask
    ) -> tuple[Understanding, Floats, Mask]:
        """What was named, and behind it what is led to: the mental health support of "schizophrenia"."""
        widely = self._meaning(words, False, True, plain)
        led, also = self._fit(widely)
        if led is None or not (also & ~fits).any():
            return meaning, scores, fits
        ahead = scores + led.max(initial=0)
        return widely, np.where(unpack(fits, self._size), ahead, led), fits | also

    def _besides(self, meaning: Understanding) -> Floats:
        """What the little words add that are left where conditions alone are asked for: the group of "BSL group"."""
        adds = np.zeros(self._size, np.float32)
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
        if len(meaning.conditions) == 1:
            nearly |= meeting.partly
        if len(meaning.conditions) == 1 and distances is not None:
            nearly |= distances <= np.float32(ranking.NEARLY_MILES)
        return nearly if nearly.any() else meeting.met > 0

    def _distances(self, points: Sequence[Point]) -> Floats:
        """Miles from the nearest of `points` to the nearest point of each document; infinite where it has none."""
        distances = np.full(self._size, np.inf, np.float32)
        if len(self._placed):
            for near in points:
                away = np.minimum.reduceat(miles(near, self._parts.points), self._first_point)
                distances[self._placed] = np.minimum(distances[self._placed], away)
        return distances
