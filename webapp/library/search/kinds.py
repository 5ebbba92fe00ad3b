"""What is of the same kind as the thing that was named, where few or none offer that: sport for bowls."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from webapp.library.search.facets import Facets, Mask, unpack
from webapp.library.search.query import Recognised
from webapp.library.search.recognise import NamedTerm
from webapp.library.search.scoring import Scorer
from webapp.library.search.text import stems
from webapp.library.search.units import Alternative, Unit

GROUP = "activity"  # the facet whose choices are kinds of things to do

Floats = NDArray[np.float32]  # one a document


class Kinds:
    """Knows the kinds of activity, and what each of them is called."""

    def __init__(self, facets: Facets, scorer: Scorer, size: int, terms: Iterable[NamedTerm]) -> None:
        self._facets = facets
        self._scorer = scorer
        self._size = size
        self._names = {
            kind.slug: Unit(tuple(Alternative(own) for name in (kind.label, *kind.also) if (own := tuple(stems(name)))))
            for kind in terms
        }

    def named(self, recognised: Sequence[Recognised], among: Mask) -> tuple[Recognised, ...]:
        """The kinds that were recognised and that some document of `among` is labelled with."""
        here = (r for r in recognised if r.group == GROUP)
        return tuple(r for r in here if (self._facets.matching(GROUP, [r.slug]) & among).any())

    def scores(self, kinds: Sequence[Recognised]) -> Floats:
        """How well each document stands for these kinds, 0 to 1: those with the first of them first.

        Of those with one label what speaks most of such things goes first, by whatever name: for chess, a place where
        dominoes are played before one that has games now and then.
        """
        scores = np.zeros(self._size, np.float32)
        for place, kind in enumerate(kinds):
            found = self._scorer.unit(self._names[kind.slug])
            spoken = np.zeros(self._size, np.float32)
            spoken[found.documents] = found.scores
            spoken /= max(1.0, spoken.max(initial=0))
            has = unpack(self._facets.matching(GROUP, [kind.slug]), self._size)
            scores = np.maximum(scores, has * (1 + spoken) / np.float32(2 + 2 * place))
        return scores
