"""Scores every page for what is asked, with arrays: no step here runs once a page in Python."""

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from webapp.library.search import ranking
from webapp.library.search.organisations import begun, ended
from webapp.library.search.postings import NOTHING, Postings, Scored
from webapp.library.search.units import Alternative, Unit

ASKING = "how"
FEW = 16  # times as many others: then looking each up among them is quicker than to mark them all


class Scorer:
    """Scores over the postings of one index."""

    def __init__(self, postings: Postings, title_lengths: NDArray[np.int32]) -> None:
        self._postings = postings
        self._title_lengths = np.maximum(title_lengths, 1).astype(np.float32)
        self._size = len(title_lengths)  # of arrays: with deleted documents, which count for nothing
        self.documents = postings.documents

    def score(self, units: Sequence[Unit], typed: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """How well each document fits (float32 of length n) and whether it does (bool of length n).

        `typed` are the stems in the order they were typed: side by side in a title they count for more.
        """
        total = np.zeros(self._size, np.float32)
        covered = np.zeros(self._size if len(units) > 1 else 0, np.float32)  # of one thing all have all
        asked = 0.0
        for unit in units:
            found = self.unit(unit)
            if not len(found):
                continue  # a word that no page holds cannot tell one page from another
            importance = self._importance(unit)
            documents = _places(found)
            if len(units) == 1:
                total[documents] = found.scores * np.float32(importance)
                break
            share = importance * self._telling(unit) * (ranking.ASIDE_MISSED if importance == ranking.ASIDE else 1.0)
            asked += share
            total[documents] += found.scores * np.float32(importance)
            covered[documents] += np.float32(share)
        fits = total > 0
        if asked:
            self._add_side_by_side(total, typed)
            covered /= np.float32(asked)
            need = any(unit.need for unit in units)
            there = np.flatnonzero(fits)
            total[there] *= covered[there] ** (ranking.NEED_COVERAGE_POWER if need else ranking.COVERAGE_POWER)
            enough = covered >= (ranking.NEED_COVERAGE_NEEDED if need else ranking.COVERAGE_NEEDED)
            if np.count_nonzero(enough & fits) >= ranking.ENOUGH:
                fits &= enough
        held = self._add_named(total, typed)
        self._serve_each(total, units)
        if len(units) > 1 or (units and len(units[0].alternatives) > 1):
            strong = total >= np.float32(ranking.LEAST_SHARE) * total.max(initial=0)
            if np.count_nonzero(strong & fits) >= ranking.ENOUGH:
                fits &= strong
        if ASKING in typed:
            self._answer_first(total, fits, held)
        return total, fits

    def _answer_first(self, total: NDArray[np.float32], fits: NDArray[np.bool_], held: NDArray[np.float32]) -> None:
        """Of a question how to issue something, put "How to issue" first, but for titles that hold more of it.

        `held` is how many of the words asked are in each title.
        """
        whole = (held == np.maximum(self._title_lengths, held.max(initial=0, where=fits))) & fits
        answers = whole & self._flags(self._postings.scored(ASKING).in_title)
        total[answers] += total.max(initial=0, where=fits)

    def _serve_each(self, total: NDArray[np.float32], units: Sequence[Unit]) -> None:
        """Let one of the first few meet each of the needs that are told: who leaves hospital and is lonely has two."""
        asked = [unit for unit in units if unit.importance >= ranking.NEED_OF_ITS_OWN]
        if len(asked) < 2 or not any(unit.need for unit in asked):
            return
        left, first = total.copy(), np.zeros(ranking.SERVED_AMONG, np.int32)
        for place in range(ranking.SERVED_AMONG):
            first[place] = left.argmax()
            left[first[place]] = 0
        if not total[first[-1]]:
            return
        for unit in asked:
            found = self.unit(unit)
            least = np.float32(ranking.MEETS) * found.scores.max(initial=0)
            if len(found) and not (self._scores_of(found, first) >= least).any():
                meeting = found.documents[found.scores >= least]
                best = meeting[np.argmax(total[meeting])]
                total[best] = (total[first[-1]] + total[first[-2]]) / 2
                first[-1] = best

    def unit(self, unit: Unit) -> Scored:
        """A unit's documents: the score of the best of its alternatives, and a little for the others."""
        if len(unit.alternatives) == 1 and unit.alternatives[0].weight == 1.0:
            return self.alternative(unit.alternatives[0])
        return self._postings.memory.get(unit.alternatives, lambda: self._unit(unit.alternatives))

    def _unit(self, alternatives: Sequence[Alternative]) -> Scored:
        best = np.zeros(self._size, np.float32)
        every = np.zeros(self._size, np.float32)
        row = np.zeros(self._size, np.float32)
        for alternative in alternatives:
            found = self.alternative(alternative)
            if not len(found):
                continue
            documents, scores = _places(found), found.scores * np.float32(alternative.weight)
            if len(found) * FEW > self._size:  # where many have it, whole rows are quicker than a look at each
                row[documents] = scores
                np.maximum(best, row, out=best)
                every += row
                row[documents] = 0
                continue
            best[documents] = np.maximum(best.take(documents), scores)
            every[documents] += scores
        documents = np.flatnonzero(best > 0)
        scores = best.take(documents)
        scores += np.float32(ranking.TIE) * (every.take(documents) - scores)
        return Scored(documents.astype(np.int32), scores, NOTHING.documents)

    def alternative(self, alternative: Alternative) -> Scored:
        """The documents that hold all stems of an alternative; those where they stand apart score less."""
        stems, apart = alternative.stems, alternative.apart
        if len(stems) == 1:
            return self._postings.scored(stems[0])
        return self._postings.memory.get((stems, apart), lambda: self._phrase(stems, apart))

    def _phrase(self, stems: tuple[str, ...], apart: float) -> Scored:
        first, *others = sorted((self._postings.scored(s) for s in stems), key=len)
        documents, sums = first.documents, first.scores
        for found in others:
            scores = self._scores_of(found, documents)
            both = np.flatnonzero(scores > 0)
            documents, sums = documents[both], sums[both] + scores[both]
        if not len(documents):
            return NOTHING
        whole = np.ones(len(documents), np.bool_)
        for a, b in pairwise(stems):
            whole &= self._are_among(documents, self._postings.pair(f"{a} {b}"))
        share = np.where(whole, np.float32(1), np.float32(apart)) * np.float32(len(stems) ** -ranking.PHRASE_POWER)
        return Scored(documents, sums * share, NOTHING.documents)

    def _scores_of(self, found: Scored, documents: NDArray[np.int32]) -> NDArray[np.float32]:
        """What each of `documents`, ascending, scores in a list; nought where it is not in it."""
        if len(documents) * FEW < len(found):
            return _looked_up(found, documents)
        scores = np.zeros(self._size, np.float32)
        scores[_places(found)] = found.scores
        return scores.take(documents)

    def _are_among(self, documents: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Of each of `documents` whether it is one of the others; both ascend."""
        if len(documents) * FEW > len(others):
            return self._flags(others).take(documents)
        return others[np.minimum(np.searchsorted(others, documents), len(others) - 1)] == documents

    def _flags(self, documents: NDArray[np.int32]) -> NDArray[np.bool_]:
        """A flag for every document: whether it is one of these."""
        flags = np.zeros(self._size, np.bool_)
        flags[documents.astype(np.intp)] = True
        return flags

    def about(self, unit: Unit) -> NDArray[np.bool_]:
        """Which documents are about a unit: their title, summary or labels have what was asked for, by some name.

        Where none has it there, those that mention it anywhere.
        """
        said, mentioned = np.zeros(self._size, np.bool_), np.zeros(self._size, np.bool_)
        for alternative in unit.alternatives:
            if alternative.beside or (unit.need and alternative.weight < ranking.ABOUT_NEED):
                continue
            documents = self.alternative(alternative).documents
            mentioned[documents] = True
            for s in alternative.stems:
                documents = np.intersect1d(documents, self._postings.short(s), assume_unique=True)
            said[documents] = True
        return said if said.any() else mentioned

    def all_named(self, units: Sequence[Unit]) -> NDArray[np.bool_]:
        """Which documents have everything that was asked for, asides left out, by some name."""
        asked = [self.named(unit) for unit in units if unit.importance == 1.0]
        return np.logical_and.reduce(asked) if asked else np.ones(self._size, np.bool_)

    def named(self, unit: Unit) -> NDArray[np.bool_]:
        """Which documents have what was asked for, by some name, and not only what is beside it."""
        named = np.zeros(self._size, np.bool_)
        for alternative in unit.alternatives:
            if not alternative.beside:
                named[self.alternative(alternative).documents] = True
        return named

    def called(self, stems: Iterable[str]) -> NDArray[np.bool_]:
        """Which documents have any of the stems in their title."""
        called = np.zeros(self._size, np.bool_)
        for s in stems:
            called[self._postings.in_title(s)] = True
        return called

    def offered_by(self, names: Iterable[tuple[str, ...]]) -> NDArray[np.bool_]:
        """Which documents an organisation offers whose name begins or ends with the stems of one of `names`."""
        offered = np.zeros(self._size, np.bool_)
        for name in names:
            for pairs in (begun(name), ended(name)):
                offered[reduce(np.intersect1d, map(self._postings.pair, pairs))] = True
        return offered

    def titled(self, units: Sequence[Unit]) -> NDArray[np.bool_]:
        """Which documents have one of the units in their title, in one of its names, and all but asides somewhere."""
        titled, held = np.zeros(self._size, np.bool_), np.ones(self._size, np.bool_)
        for unit in units:
            mentioned = np.zeros(self._size, np.bool_)
            for alternative in unit.alternatives:
                if alternative.beside:
                    continue
                mentioned[self.alternative(alternative).documents] = True
                first, *others = sorted((self._postings.scored(s).in_title for s in alternative.stems), key=len)
                for in_title in others if len(first) else ():
                    first = first[self._flags(in_title)[first]]
                titled[first] = True
            if unit.importance == 1.0:
                held &= mentioned
        return titled & held

    def why(self, units: Sequence[Unit], found: NDArray[np.intp]) -> list[tuple[str, ...]]:
        """For each of a few documents, the other names that brought it here where the typed words did not.

        The most telling first, REASONS of them at most.
        """
        reasons: list[dict[str, float]] = [{} for _ in found]
        documents = found.astype(np.int32)  # as lists are: else each would be copied to be compared
        for unit in units:
            own = np.zeros(len(documents), np.bool_)
            best = np.zeros(len(documents), np.float32)
            labels = [""] * len(documents)
            for alternative in unit.alternatives:
                found_for = self.alternative(alternative)
                if not len(found_for):
                    continue
                scores = _looked_up(found_for, documents) * np.float32(alternative.weight)
                if not alternative.label:
                    own |= scores > 0
                    continue
                for at in np.flatnonzero(scores > best).tolist():
                    best[at], labels[at] = scores[at], alternative.label
            for at, label in enumerate(labels):
                if label and not own[at]:
                    reasons[at][label] = max(reasons[at].get(label, 0.0), float(best[at]) * unit.importance)
        return [tuple(sorted(why, key=lambda label: -why[label])[: ranking.REASONS]) for why in reasons]

    def _importance(self, unit: Unit) -> float:
        """An aside that names what hardly any page is about ("toaster") counts in full: it is the thing itself."""
        if unit.importance == ranking.ASIDE and not unit.need:
            pages = len(self._postings.short(unit.alternatives[0].stems[0]))
            if 0 < pages <= max(1, ranking.RARE * self.documents):
                return 1.0
        return unit.importance

    def _telling(self, unit: Unit) -> float:
        # The typed word says how telling the unit is; a word that no page holds is as telling as its best other name.
        known = (a for a in unit.alternatives if all(self._postings.frequency(s) for s in a.stems))
        of = next(known, unit.alternatives[0])
        return max(0.1, max(self._postings.idf(s) for s in of.stems))

    def _add_side_by_side(self, total: NDArray[np.float32], typed: Sequence[str]) -> None:
        for a, b in pairwise(typed):
            documents = self._postings.pair(f"{a} {b}")
            if len(documents):
                total[documents] += np.float32(ranking.SIDE_BY_SIDE * (self._postings.idf(a) + self._postings.idf(b)))

    def _add_named(self, total: NDArray[np.float32], typed: Sequence[str]) -> NDArray[np.float32]:
        """Let titles that are what was typed count for more. How many of the stems each title holds."""
        stems = set(typed)
        held = np.zeros(self._size, np.float32)
        worth = np.zeros(self._size, np.float32)
        is_named = np.zeros(self._size, np.bool_)
        for s in stems:
            documents = self._postings.scored(s).in_title
            held[documents] += 1
            worth[documents] += np.float32(self._postings.idf(s))
            is_named[documents] = True
        named = np.flatnonzero(is_named)
        share = held[named] / np.maximum(self._title_lengths[named], np.float32(len(stems)))
        total[named] += np.float32(ranking.NAMED) * worth[named] * share**2
        return held


def _places(found: Scored) -> NDArray[np.intp]:
    """Its documents as numbers that arrays are counted in: else numpy makes them so at each use, a little at a time."""
    return found.documents.astype(np.intp)


def _looked_up(found: Scored, documents: NDArray[np.int32]) -> NDArray[np.float32]:
    """What each of `documents` scores in a list; nought where it is not in it."""
    if not len(found):
        return np.zeros(len(documents), np.float32)
    at = np.minimum(np.searchsorted(found.documents, documents), len(found) - 1)
    return np.where(found.documents[at] == documents, found.scores[at], np.float32(0))
