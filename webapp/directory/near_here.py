"""What stands beside a listing: others near its door, and others like it."""

from datetime import datetime

from webapp import dates
from webapp.directory import wording
from webapp.directory.rows import short_where
from webapp.library.build.pages import Page
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit, Query

SHOWN = 4

Beside = tuple[str, str, str]  # title, address, one line of facts


def nearby(page: Page, gen: Generation, now: datetime) -> list[Beside]:
    """The nearest listings that take people. Nothing is near a confidential address: it would tell where that is."""
    asset = page.front
    point = next((location.point for location in asset.open_locations if location.point), None)
    if point is None or any(location.confidential for location in asset.locations):
        return []
    query = Query(
        kinds=frozenset({"asset"}), near=point, open_only=True, sort="distance", size=SHOWN + 1, today=dates.day_of(now)
    )
    return _others(page, gen, query, now)


def similar(page: Page, gen: Generation, now: datetime) -> list[Beside]:
    """Listings with one of its activities that take people, near ones first where its own place is known."""
    asset = page.front
    if not asset.activities:
        return []
    point = next((location.point for location in asset.open_locations if location.point), None)
    filters = {"activity": asset.activities[:1]}
    query = Query(
        kinds=frozenset({"asset"}), filters=filters, near=point, open_only=True, size=SHOWN + 1, today=dates.day_of(now)
    )
    return _others(page, gen, query, now)


def _others(page: Page, gen: Generation, query: Query, now: datetime) -> list[Beside]:
    hits = [hit for hit in gen.search(query).hits if hit.card["path"] != page.path][:SHOWN]
    return [(hit.card["title"], hit.card["path"], _line(hit, gen)) for hit in hits]


def _line(hit: Hit, gen: Generation) -> str:
    place = short_where(hit.card["places"], hit.card["citywide"], gen.vocabulary)
    away = wording.distance(hit.miles) if hit.miles is not None else ""
    return " · ".join(part for part in (place, away) if part)
