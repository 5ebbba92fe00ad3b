"""Changes of law and practice, as a reader needs them: what comes next, what holds already, what nobody can confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.library.generation.reader import Generation
from webapp.reading.shelves import Card

NEWEST = 2  # on the home page


@dataclass(frozen=True, slots=True)
class ChangeTimeline:
    """Cards of changes. `coming` has those with a day first, the soonest of all at its head; `in_force` the latest."""

    coming: Sequence[Card]
    in_force: Sequence[Card]
    unconfirmed: Sequence[Card]


def timeline(cards: Sequence[Card], today: date) -> ChangeTimeline:
    """`cards` as they stand on `today`."""
    dated = [card for card in cards if card["takes_effect"]]
    ahead = sorted((c for c in dated if c["takes_effect"] > today.isoformat()), key=lambda c: c["takes_effect"])
    held = sorted((c for c in dated if c["takes_effect"] <= today.isoformat()), key=lambda c: c["takes_effect"])
    roughly = [card for card in cards if not card["takes_effect"] and card["expected"]]
    unknown = [card for card in cards if not card["takes_effect"] and not card["expected"]]
    return ChangeTimeline([*ahead, *roughly], held[::-1], unknown)


def newest(gen: Generation, today: date) -> list[Card]:
    """The changes that were told last, for the home page; of those of one day the editors' order decides."""
    return [card for card in gen.section("change") if card["date"] <= today.isoformat()][:NEWEST]
