"""What is new on a team's patch: listings that came, and answers to what was missing there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts.starting_place import Start
from webapp.english import dates
from webapp.gaps.models import Gap
from webapp.gaps.updates import Card
from webapp.library.build.places import place_of
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.upkeep.closures import Closures

MOST = 5
NEW_FOR = timedelta(days=60)
CHANGED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class News:
    """One line: words, where they lead, and the day."""

    title: str
    href: str
    day: date


def directory_address(start: Start) -> str:
    """The directory, beginning with this patch."""
    return f"/directory?{urlencode(start.query)}" if start.query else "/directory?near="


def week_address(start: Start) -> str:
    """What is on this week on this patch."""
    return f"/directory/this-week?{urlencode(start.query or [('near', '')])}"


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


def changed_listings(gen: Generation, start: Start, today: date, most: int = MOST) -> list[News]:
    """Listings of these places whose files changed lately and that are not new, the last change first."""
    there, since = set(start.places), today - CHANGED_FOR
    new = {listing.path for listing in gen.new_listings if listing.since >= since}
    found: list[News] = []
    for day, path in _changed.of(gen):
        if day < since or len(found) == most:
            break
        page = gen.page(path, today) if day <= today and path not in new else None
        if page and (page.front.citywide or not there or not there.isdisjoint(page.front.places)):
            found.append(News(page.title, page.path, day))
    return found


def _by_change(gen: Generation) -> list[tuple[date, str]]:
    """The day on which the file of each listing last changed, and its address: the last change first."""
    days = sorted(
        ((dates.day_of(datetime.fromtimestamp(c.at, UTC)), file) for file, c in gen.changes.items()), reverse=True
    )
    placed = ((day, place_of(PurePosixPath(file.partition("/")[2]))) for day, file in days)
    return [(day, place.path) for day, place in placed if place and place.kind == "asset"]


_changed = PerGeneration(_by_change)  # thousands of files, and the home page asks each time


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
