"""Which outcomes a search touches, and what the directory offers for each place and outcome."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.searches.beside import ASSETS
from webapp.searches.patterns import Search, in_place

NOWHERE = ""  # the row of searches that named no place
# Searches for each listing, from which a cell is darker. Without any listing it is darkest.
STEPS = (0.5, 1.5, 4.0)

Touching = Mapping[str, frozenset[str]]
_known: dict[str, Touching] = {}  # of the generation served: what it says changes with it alone


def touching(gen: Generation) -> Touching:
    """The outcomes of each activity: those that at least half of its listings name."""
    if gen.id not in _known:
        found = {slug: _of_activity(slug, gen) for slug in gen.vocabulary.terms("activities")}
        _known.clear()
        _known[gen.id] = found
    return _known[gen.id]


def supply(gen: Generation, places: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many listings that run and have room there are, by place and outcome; by NOWHERE those of all places."""
    return {place: _outcomes(gen, place) for place in (*places, NOWHERE)}


@dataclass(frozen=True, slots=True)
class OutcomeCell:
    """One place and outcome: searches that touch it, listings that serve it, and how dark it is, from 0 to 4."""

    outcome: str
    demand: int
    supply: int

    @property
    def shade(self) -> int:
        if not self.demand:
            return 0
        if not self.supply:
            return len(STEPS) + 1
        return 1 + sum(self.demand / self.supply > step for step in STEPS)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One place, or NOWHERE. `others` counts its searches for no known outcome."""

    place: str
    cells: tuple[OutcomeCell, ...]
    others: int


def table(
    searches: Iterable[Search], offer: Mapping[str, Mapping[str, int]], places: Iterable[str], outcomes: list[str]
) -> list[OutcomeRow]:
    """Demand against supply: a row a place, one for those that named none, a cell an outcome."""
    every = list(searches)
    return [_row(place, in_place(every, place), offer[place], outcomes) for place in (*places, NOWHERE)]


def _row(place: str, searches: list[Search], offer: Mapping[str, int], outcomes: list[str]) -> OutcomeRow:
    counted = Counter(outcome for search in searches for outcome in search.outcomes)
    cells = tuple(OutcomeCell(outcome, counted[outcome], offer.get(outcome, 0)) for outcome in outcomes)
    return OutcomeRow(place, cells, sum(not search.outcomes for search in searches))


def _of_activity(slug: str, gen: Generation) -> frozenset[str]:
    results = gen.search(Query(kinds=ASSETS, filters={"activity": (slug,)}, size=1))
    return frozenset(
        o for o, count in results.facets.get("outcome", {}).items() if count and 2 * count >= results.total
    )


def _outcomes(gen: Generation, place: str) -> dict[str, int]:
    filters = {"place": (place,)} if place else {}
    return gen.search(Query(kinds=ASSETS, filters=filters, open_only=True, size=1)).facets.get("outcome", {})
