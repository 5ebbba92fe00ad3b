"""Which pages are due for review. Everything is read from the generation being served."""

from dataclasses import dataclass, replace
from datetime import date

from webapp.library.generation import Generation
from webapp.library.search.query import Query

GUIDANCE = ("section", "toolkit", "tec", "spotlight", "handout", "update", "statement")
LISTINGS_AT_ONCE = 60


@dataclass(frozen=True)
class Due:
    """A page whose review is late. `who` looks after it."""

    title: str
    path: str
    who: str
    due: date


def guidance_due(gen: Generation, today: date) -> list[Due]:
    """Pages of guidance that are due, the latest first."""
    late = [
        Due(card["title"], card["path"], card["owner"], date.fromisoformat(card["next_review"]))
        for kind in GUIDANCE
        for card in gen.section(kind)
        if card.get("next_review") and date.fromisoformat(card["next_review"]) < today
    ]
    return sorted(late, key=lambda due: due.due)


def listings_due(gen: Generation, today: date) -> list[Due]:
    """Of the listings that were checked longest ago (about sixty), those that are due, the latest first."""
    asked = Query(kinds=frozenset({"asset"}), sort="verified", size=LISTINGS_AT_ONCE, today=today)
    last = gen.search(asked).pages
    late = []
    for number in range(max(1, last - 1), last + 1):
        for hit in gen.search(replace(asked, page=number)).hits:
            page = gen.page(hit.card["path"], today)
            if page and page.front.next_review and page.front.next_review < today:
                late.append(Due(page.title, page.path, hit.card["verified_by"], page.front.next_review))
    return sorted(late, key=lambda due: due.due)
