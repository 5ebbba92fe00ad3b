"""Guidance on what somebody looks for, in a band above the groups: "How to issue a falls detector · TEC"."""

from dataclasses import dataclass
from datetime import date

from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query

SHOWN = 3
SECTIONS = {"toolkit": "Toolkit", "tec": "TEC", "spotlight": "Spotlights"}


@dataclass(frozen=True, slots=True)
class GuidancePage:
    """One page, and the section that it stands in."""

    title: str
    path: str
    section: str


def guidance(words: str, gen: Generation, today: date) -> list[GuidancePage]:
    """Up to SHOWN pages that are about `words`: their title says so, and nothing that was typed is missing in them."""
    if not words.strip():
        return []
    asked = Query(words, kinds=frozenset(SECTIONS), titled=True, size=SHOWN, today=today)
    cards = [hit.card for hit in gen.search(asked).hits]
    return [GuidancePage(card["title"], card["path"], SECTIONS[card["kind"]]) for card in cards]
