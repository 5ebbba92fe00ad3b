"""How the pages of a section stand beside each other: on shelves, on a calendar, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from webapp.library.build.pages import Page
from webapp.library.generation.reader import Generation

Card = dict[str, Any]

KIND_OF = {
    "toolkit": "toolkit",
    "tec": "tec",
    "spotlights": "spotlight",
    "updates": "update",
    "changes": "change",
    "news": "message",
}
# What a section is called where its own index page is missing or cannot be read.
NAMES = {
    "toolkit": "Toolkit",
    "tec": "TEC",
    "spotlights": "Spotlights",
    "updates": "You asked, we did",
    "changes": "Law and practice changes",
    "news": "Staff news",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pages that stand together. `here` marks the shelf of the page being read."""

    slug: str
    label: str
    cards: tuple[Card, ...]
    here: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Sessions from `today` on, soonest first, and those that have been, latest first."""

    coming: tuple[Card, ...]
    past: tuple[Card, ...]

    def around(self, path: str) -> tuple[Card | None, Card | None]:
        """The sessions before and after the one at `path`."""
        every = [*reversed(self.past), *self.coming]
        at = next((i for i, card in enumerate(every) if card["path"] == path), None)
        if at is None:
            return None, None
        return every[at - 1] if at else None, every[at + 1] if at + 1 < len(every) else None


def shelves(gen: Generation, section: str, page: Page | None = None) -> list[Shelf]:
    """The shelves of the toolkit or of TEC in the order they stand, each with its pages."""
    words = f"{section}-categories"
    here = getattr(page.front, "category", None) or "" if page else None
    return [
        Shelf(slug, gen.vocabulary.label(words, slug) if slug else "More", tuple(cards), slug == here)
        for slug, cards in groupby(gen.section(KIND_OF[section]), key=lambda card: card.get("category", ""))
    ]


def calendar(cards: Sequence[Card], today: date) -> Calendar:
    """`cards` of spotlights, newest first, as a calendar."""
    coming = [card for card in cards if card["date"] >= today.isoformat()]
    return Calendar(tuple(reversed(coming)), tuple(card for card in cards if card["date"] < today.isoformat()))
