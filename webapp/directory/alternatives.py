"""What would be found by asking for a little less, where a search finds too little to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from webapp.directory.criteria import Criteria
from webapp.directory.facets import labels_on
from webapp.library.generation.reader import Generation
from webapp.library.search.places import miles
from webapp.upkeep.closures import Closures

FEW = 3  # fewer than this to choose from, and more is offered
OFFERED = 5
WIDER = (3.0, 5.0, 10.0)  # miles
NEXT_DOOR = 2  # neighbourhoods beside those chosen


@dataclass(frozen=True, slots=True)
class OtherSearch:
    """`words` finish the sentence "12 …": "if you leave out Free"."""

    total: int
    words: str
    href: str


def alternatives(criteria: Criteria, found: int, gen: Generation, today: date, closures: Closures) -> list[OtherSearch]:
    """Up to OFFERED searches that ask for a little less than `criteria` and find more than `found`."""
    if found >= FEW:
        return []
    offers = []
    closed = frozenset(closures)
    for words, other in _looser(criteria, gen):
        total = gen.count(other.query(today, closed))
        if total > found:
            offers.append(OtherSearch(total, words, other.address()))
    return offers[:OFFERED]


def _next_door(criteria: Criteria, gen: Generation) -> Iterator[tuple[str, Criteria]]:
    """The neighbourhoods nearest to those chosen, each as one more choice."""
    terms = gen.vocabulary.terms("places")
    chosen = [centre for slug in criteria.filters.get("place", ()) if (centre := terms[slug].centre)]
    others = [
        (min(map(float, miles(centre, np.array(chosen, np.float32)))), slug)
        for slug, term in terms.items()
        if chosen and (centre := term.centre) and not criteria.has("place", slug)
    ]
    for _, slug in sorted(others)[:NEXT_DOOR]:
        yield f"if you include {terms[slug].label}", criteria.adding("place", slug)


def _looser(criteria: Criteria, gen: Generation) -> list[tuple[str, Criteria]]:
    """What can be let go, least first: a little farther, next door, one filter fewer, everywhere, other words."""
    looser: list[tuple[str, Criteria]] = []
    if criteria.within is not None:
        wider = next((miles for miles in WIDER if miles > criteria.within), None)
        if wider:
            looser.append((f"within {wider:g} miles", criteria.but(within=wider)))
        looser.append(("at any distance", criteria.but(within=None)))
    if criteria.open_only:
        looser.append(("if you include those that are full or closed for now", criteria.but(open_only=False)))
    looser += _next_door(criteria, gen)
    on = labels_on(criteria, gen.vocabulary)
    looser += [(f"if you leave out “{label}”", criteria.removing(name, slug)) for name, slug, label in on]
    if len(on) > 1:
        looser.append(("if you leave out all filters", criteria.but(filters={}, open_only=False)))
    if criteria.words and (on or criteria.within or criteria.open_only):
        looser.append((f"if you leave out “{criteria.words}”", criteria.but(words="")))
    return looser
