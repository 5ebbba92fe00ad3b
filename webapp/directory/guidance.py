"""Guidance on what somebody looks for, in a band above the groups: "How to issue a falls detector · TEC"."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from weakref import ref

from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query

SHOWN = 3
KEPT = 2_000  # searches, some hundred bytes each: filters and pages of one search all show the same guidance
SECTIONS = {"toolkit": "Toolkit", "tec": "TEC", "spotlight": "Spotlights"}


@dataclass(frozen=True, slots=True)
class GuidancePage:
    """One page, and the section that it stands in."""

    title: str
    path: str
    section: str


def guidance(words: str, gen: Generation, today: date) -> tuple[GuidancePage, ...]:
    """Up to SHOWN pages that are about `words`: their title says so, and nothing that was typed is missing in them."""
    return _kept.of(gen)(words.strip(), today) if words.strip() else ()


def _finder(gen: Generation) -> Callable[[str, date], tuple[GuidancePage, ...]]:
    own = ref(gen)  # what is kept beside a generation must not hold it

    @lru_cache(KEPT)
    def find(words: str, today: date) -> tuple[GuidancePage, ...]:
        asked = Query(words, kinds=frozenset(SECTIONS), titled=True, size=SHOWN, today=today)
        serving = own()
        cards = [hit.card for hit in serving.search(asked).hits] if serving and serving.count(asked) else []
        return tuple(GuidancePage(card["title"], card["path"], SECTIONS[card["kind"]]) for card in cards)

    return find


_kept = PerGeneration[Callable[[str, date], tuple[GuidancePage, ...]]](_finder)
