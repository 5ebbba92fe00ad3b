"""How many needs in plain words lead to the right kind of service: over our own list of them, without any feed."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks import site
from webapp.library.search.conditions import ConditionFinder
from webapp.library.search.lexicon import Lexicon
from webapp.library.search.place_names import PlaceNames
from webapp.library.search.places import Places
from webapp.library.search.recognise import Recogniser
from webapp.library.search.spelling import Speller
from webapp.library.search.text import stems
from webapp.library.search.thesaurus import Thesaurus
from webapp.library.search.understand import Understander

FILE = Path(__file__).parents[1] / "tests" / "library" / "search_needs.yml"
SHOWN = 6  # names searched that are looked at, the best first


class Rates(NamedTuple):
    """Shares of `needs`: a right service is among the first six names searched, and it is the first of all."""

    needs: int
    among_six: float
    first: float


def understander(thesaurus: Thesaurus | None = None) -> Understander:
    """As the site's engine has it, over no pages: every word of the thesaurus is taken to be written somewhere."""
    book = thesaurus or site.book()
    recogniser = Recogniser(site.terms())
    lexicon = Lexicon(dict.fromkeys(book.words | recogniser.words, 1))
    speller = Speller(lexicon, book, lambda a, b: f"{a} {b}" in book.pairs, PlaceNames(()))
    conditions = ConditionFinder(site.terms(), book.conditions)
    return Understander(lexicon, book, recogniser, Places({}), conditions, speller, lambda _: False, lambda *_: None)


def searched(words: str, by: Understander) -> list[tuple[str, ...]]:
    """The stems of the names searched for `words`, the best first."""
    weights: dict[tuple[str, ...], float] = {}
    for unit in by.read(words).units:
        for name in unit.alternatives:
            if name.label:
                weights[name.stems] = max(weights.get(name.stems, 0.0), name.weight * unit.importance)
    return sorted(weights, key=lambda stems: -weights[stems])


def measure(by: Understander) -> tuple[Rates, Rates]:
    """The rates of the needs whose misses were looked at while the thesaurus was written, and of those kept back."""
    data = yaml.safe_load(FILE.read_text("utf-8"))
    right = {kind: {tuple(stems(name)) for name in names} for kind, names in data["services"].items()}
    each: tuple[list[tuple[bool, bool]], list[tuple[bool, bool]]] = ([], [])
    for number, (words, *kinds) in enumerate(data["needs"]):
        fit = set().union(*(right[kind] for kind in kinds))
        found = [name in fit for name in searched(words, by)[:SHOWN]]
        each[number % 5 > 2].append((any(found), found[:1] == [True]))
    return _rates(each[0]), _rates(each[1])


def table(by: Understander) -> Iterator[str]:
    """The rates as lines of a table."""
    yield "| needs in plain words, our own list | number | right service among six searched | right service first |"
    yield "|---|---|---|---|"
    for name, rates in zip(("misses looked at", "kept back"), measure(by), strict=True):
        yield f"| {name} | {rates.needs} | {rates.among_six:.2f} | {rates.first:.2f} |"


def _rates(each: list[tuple[bool, bool]]) -> Rates:
    return Rates(len(each), *(sum(column) / len(each) for column in zip(*each, strict=True)))
