"""Listings whose check is due, those that waited longest first: what a neighbourhood is handed to look at."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.upkeep import closures, confirmations

AT_ONCE = 100
MOST = 500  # listings looked at, from the one that was checked longest ago


@dataclass(frozen=True)
class DueListing:
    """One listing. `verified` is None where nobody here checked it; `confirmed` is the last day somebody did since."""

    title: str
    path: str
    slug: str
    phone: str
    verified: date | None
    by: str
    due: date | None
    confirmed: date | None = None
    mine: bool = False


def listings(gen: Generation, session: Session, place: str, today: date, user_id: int) -> list[DueListing]:
    """Those of `place` (a slug, or empty for everywhere) that are due or were never checked, as `user_id` sees them."""
    filters = {"place": (place,)} if place else {}
    asked = Query(kinds=frozenset({"asset"}), filters=filters, sort="verified", size=AT_ONCE, today=today)
    last = gen.search(asked).pages
    found, closed = [], closures.recorded(session)
    for number in range(last, max(0, last - MOST // AT_ONCE), -1):
        for hit in gen.search(replace(asked, page=number)).hits:
            page = gen.page(hit.card["path"], today)
            if page is None:
                continue
            front = page.front
            closure = closures.of(closed, page.path, front.status)
            if (closure.status if closure else front.status) not in {"active", "temporarily closed"}:
                continue  # nobody is sent to look whether a door that has closed for good is still open
            if front.unchecked or (front.next_review and front.next_review < today):
                day = None if front.unchecked else front.checked
                by, phone = hit.card["verified_by"], hit.card["phone"]
                found.append(DueListing(page.title, page.path, page.slug, phone, day, by, front.next_review))
    known = confirmations.latest(session, [row.path for row in found], {row.path: row.verified for row in found})
    mine = confirmations.of_today(session, user_id, today)
    rows = [replace(row, confirmed=known.get(row.path, (0, None))[1], mine=row.path in mine) for row in found]
    return sorted(rows, key=lambda row: (row.verified or date.min, row.title))
