"""What is new on a team's patch: listings that came, and answers to what was missing there."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import dates
from webapp.accounts.starting_place import Start
from webapp.gaps.models import Gap
from webapp.gaps.updates import Card
from webapp.library.generation.reader import Generation
from webapp.upkeep.closures import Closures

MOST = 5
NEW_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class News:
    """One line: words, where they lead, and the day."""

    title: str
    href: str
    day: date


def directory_address(start: Start) -> str:
    """The directory, beginning with this patch."""
    return f"/directory?{urlencode(start.query)}" if start.query else "/directory?near="


def new_listings(gen: Generation, start: Start, today: date, closures: Closures, most: int = MOST) -> list[News]:
    """Listings that came lately and serve one of these places or the whole city, the newest first."""
    there = set(start.places)
    found = [
        News(listing.title, listing.path, listing.since)
        for listing in gen.new_listings
        if today - NEW_FOR <= listing.since <= today
        and (listing.citywide or not there or not there.isdisjoint(listing.places))
        and listing.path not in closures
    ]
    return found[:most]


def answers(session: Session, gen: Generation, start: Start, most: int = MOST) -> list[News]:
    """Answers about these places, newest first. Where a page of the site tells of an answer, that page is given."""
    published: dict[str, Card] = {ref: card for card in gen.section("update") for ref in card["answers"]}
    query = select(Gap).where(Gap.answered_at.is_not(None), Gap.merged_into_id.is_(None))
    if start.places:
        query = query.where(Gap.place.in_(start.places))
    found: dict[str, News] = {}
    for gap in session.scalars(query.order_by(Gap.answered_at.desc(), Gap.id.desc()).limit(most)):
        assert gap.answered_at is not None
        card = published.get(gap.ref)
        title, href = (card["title"], card["path"]) if card else (gap.title, f"/gaps/{gap.ref}")
        found.setdefault(href, News(title, href, dates.day_of(gap.answered_at)))
    return list(found.values())
