"""Short messages from leaders, as content has them."""

from datetime import date
from typing import Any

from webapp.library.generation.reader import Generation

Card = dict[str, Any]


def told(gen: Generation, today: date) -> list[Card]:
    """The cards of those whose day has come, newest first."""
    return [card for card in gen.section("message") if card["date"] <= today.isoformat()]


def latest(gen: Generation, today: date) -> Card | None:
    """The newest of them, if any."""
    return next(iter(told(gen, today)), None)
