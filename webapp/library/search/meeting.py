"""How far each document meets what a search names besides its subject: met, not said, or said otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from webapp.library.search import ranking
from webapp.library.search.conditions import Condition
from webapp.library.search.facets import Facets, Mask, unpack
from webapp.library.search.named_ages import OLDEST
from webapp.library.search.parts import Parts
from webapp.library.search.postings import Scored
from webapp.library.search.scoring import Scorer

Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]

# What a listing says in full where it says anything: a day that is not named is one on which it is not held. Of others,
# such as languages and ways in, listings name a few; one that is not named may be there all the same.
_IN_FULL = {"day": ("day", "~time"), "part": ("~time",), "cost": ("cost",), "place": ("place",), "open": ("capacity",)}


@dataclass(frozen=True, slots=True)
class Meeting:
    """Of each document: how many conditions it meets (uint8), what its score keeps and what is added (float32).

    `partly` are those that meet a part of one: held on that Monday, but nobody says in the morning.
    """

    met: NDArray[np.uint8]
    keeps: Floats
    adds: Floats
    partly: Flags


class Meetings:
    """Knows the facets, places and words of one index."""

    def __init__(self, facets: Facets, parts: Parts, scorer: Scorer, size: int) -> None:
        self._facets = facets
        self._parts = parts
        self._scorer = scorer
        self._size = size

    def of(self, conditions: Sequence[Condition], distances: Floats | None, told: bool = False) -> Meeting:
        """`distances` are miles from the place that is named, where one is. With `told`, a need is described: "he's 19"
        says whose, and what names no age is for him too.
        """
        number = np.zeros(self._size, np.uint8)
        keeps = np.ones(self._size, np.float32)
        adds = np.zeros(self._size, np.float32)
        partly = np.zeros(self._size, np.bool_)
        for condition in conditions:
            chosen = self._chosen(condition)
            found = [self._scorer.unit(unit) for unit in condition.units]
            met, against = self._one(condition, distances, chosen, found)
            met = met & self._parts.live
            part = [self._scorer.unit(unit)] if (unit := condition.unit_nearly) else []
            worth = self._worth(chosen & met, met, against, [*found, *part])
            if part:
                on_that_day = self._unpacked(self._facets.matching("day", condition.slugs("day")))
                partly |= (on_that_day | self._in_words(part)) & self._parts.live
            is_way_in = told and condition.group == "access"  # of whoever has the need: no wheelchair is asked for
            if told and condition.age and condition.age[0] == condition.age[1]:
                met, worth = ~against & self._parts.live, worth * np.float32(ranking.OF_SOMEBODY)
            elif is_way_in:
                worth *= np.float32(ranking.OF_SOMEBODY)
            adds += worth
            number += met
            otherwise = np.where(against, np.float32(ranking.SAID_OTHERWISE), np.float32(ranking.NOT_SAID))
            if condition.group == "place" and distances is not None:
                otherwise = np.where(np.isfinite(distances), np.float32(1), otherwise)  # how far says it better
            if is_way_in:
                otherwise = np.maximum(otherwise, np.float32(ranking.NOT_SAID_OF_SOMEBODY))
            keeps *= np.where(met, np.float32(1), otherwise)
        return Meeting(number, keeps, adds * np.float32(ranking.SAID_IN_WORDS), partly)

    def _worth(self, by_facet: Flags, met: Flags, against: Flags, found: Sequence[Scored]) -> Floats:
        """What the words that say it score. A facet says it as well as the plainest words do."""
        worth = np.zeros(self._size, np.float32)
        for scored in found:
            worth[scored.documents] += scored.scores
        worth[against] = 0
        telling = np.float32(ranking.idf(self._scorer.documents, int(np.count_nonzero(met))))
        worth[by_facet] = np.maximum(worth[by_facet], np.float32(ranking.SAID_BY_FACET) * telling)
        return worth

    def _one(
        self, condition: Condition, distances: Floats | None, chosen: Flags, found: Sequence[Scored]
    ) -> tuple[Flags, Flags]:
        """Which documents meet the condition, and which say otherwise; `found` are those of its texts."""
        met, in_words = chosen, self._in_words(found)
        said = np.zeros(self._size, np.bool_)
        for group in _IN_FULL.get(condition.group, ()):
            said |= self._unpacked(self._facets.any_of(group))
        if condition.group == "place":
            met = met | self._there(condition, distances)
            said |= self._placed()
        if condition.age:
            fits, outside = self._of_age(condition.age)
            return (met & ~outside) | fits | (in_words & ~outside), outside
        met = met | (in_words if condition.by_words else in_words & ~said)
        return met, said & ~met

    def _chosen(self, condition: Condition) -> Flags:
        mask: Mask = self._facets.matching("", ())
        if condition.parts:
            days = condition.slugs("day")
            slots = [f"{day}-{part}" for part in condition.parts for day in days] if days else list(condition.parts)
            return self._unpacked(mask | self._facets.matching("~time", slots))
        for group, slugs in condition.facets:
            mask = mask | self._facets.matching(group, slugs)
        return self._unpacked(mask)

    def _there(self, condition: Condition, distances: Floats | None) -> Flags:
        there = np.zeros(self._size, np.bool_)
        if condition.code and len(self._parts.codes):
            there[self._parts.point_of[self._parts.codes == condition.code.split(" ")[0].encode()]] = True
        if distances is not None:
            there |= distances <= np.float32(ranking.THERE_MILES)
        return there

    def _placed(self) -> Flags:
        placed = np.zeros(self._size, np.bool_)
        placed[self._parts.point_of] = True
        return placed

    def _of_age(self, asked: tuple[int, int]) -> tuple[Flags, Flags]:
        """Documents that are meant for the age, and those that leave it out. One for every adult is neither."""
        fits, outside = [], []
        first, last = asked
        for slug in self._facets.slugs("~age"):
            least, most = map(int, slug.split("-"))
            if most < first or least > last:
                outside.append(slug)
            elif (least >= ranking.ELDER and least >= first - ranking.AROUND_AGE) or (
                most < OLDEST and most <= last + ranking.AROUND_AGE
            ):
                fits.append(slug)
        of = self._facets.matching
        return self._unpacked(of("~age", fits)), self._unpacked(of("~age", outside))

    def _in_words(self, found: Sequence[Scored]) -> Flags:
        """Documents whose own words say it: of each of its texts one phrase."""
        held = np.full(self._size, bool(found), np.bool_)
        for scored in found:
            here = np.zeros(self._size, np.bool_)
            here[scored.documents[scored.scores > 0]] = True
            held &= here
        return held

    def _unpacked(self, mask: Mask) -> Flags:
        return unpack(mask, self._size)
