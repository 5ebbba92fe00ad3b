"""The numbers that are shown above the results where somebody searches in words of danger, and what to read of it."""

from dataclasses import dataclass
from datetime import date

from webapp.library.generation.reader import Generation
from webapp.library.site import UrgentNumber


@dataclass(frozen=True, slots=True)
class Urgent:
    """What the card says: the kinds of danger, numbers to ring in this order, and guidance as titles and addresses."""

    kinds: tuple[str, ...]
    numbers: tuple[UrgentNumber, ...]
    guidance: tuple[tuple[str, str], ...]


def urgent(words: str, gen: Generation, today: date) -> Urgent | None:
    """The card for `words`; None where they speak of no danger that the content knows of."""
    kinds = gen.dangers.find(words)
    if not kinds:
        return None
    slugs = {kind.slug for kind in kinds}
    numbers = [number for number in gen.site.urgent if not number.about or slugs.intersection(number.about)]
    # 999 first, then those for just this, then the others as the site lists them.
    numbers.sort(key=lambda number: (number.kind != "emergency", not number.about))
    paths = dict.fromkeys(path for kind in kinds for path in kind.guidance)
    pages = [(page.title, path) for path in paths if (page := gen.page(path, today))]
    return Urgent(tuple(kind.label for kind in kinds), tuple(numbers), tuple(pages))
