"""What stands beside a listing: others near its door, and others like it."""

from datetime import datetime

from webapp.directory import wording
from webapp.directory.rows import short_where
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Session
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit, Query

SHOWN = 4
SAME_DAY_MILES = 2.0
SAME_DAY_LOOKED_AT = 12

Beside = tuple[str, str, str]  # title, address, one line of facts


def nearby(page: Page, gen: Generation, now: datetime) -> list[Beside]:
    """The nearest listings that take people. Nothing is near a confidential address: it would tell where that is."""
    point = _door(page)
    query = Query(
        kinds=frozenset({"asset"}), near=point, open_only=True, sort="distance", size=SHOWN + 1, today=dates.day_of(now)
    )
    return _others(page, gen, query, now) if point else []


def same_day(page: Page, gen: Generation, now: datetime) -> tuple[str, list[Beside]]:
    """The day on which one can next go there, and what else is held near it on that day: one journey, two things.

    Nothing where that day cannot be worked out. Only what is sure to be held is named, with its time.
    """
    point = _door(page)
    begins = min(filter(None, (wording.next_start(session, now) for session in page.front.sessions)), default=None)
    if point is None or begins is None:
        return "", []
    day = begins.date()
    query = Query(
        kinds=frozenset({"asset"}),
        filters={"day": (dates.WEEKDAYS[day.weekday()],)},
        near=point,
        within=SAME_DAY_MILES,
        open_only=True,
        sort="distance",
        size=SAME_DAY_LOOKED_AT,
        today=dates.day_of(now),
    )
    found = []
    for hit in gen.search(query).hits:
        sessions = [Session.model_validate(item) for item in hit.card["sessions"]]
        starts = [s.starts for s in sessions if s.starts and wording.held_on(s, day)]
        if starts and hit.card["path"] != page.path:
            line = f"{dates.clock(dates.as_clock(min(starts)))} · {wording.distance(hit.miles or 0)}"
            found.append((hit.card["title"], hit.card["path"], line))
    return f"{day:%A} {day.day} {day:%B}", found[:SHOWN]


def _door(page: Page) -> tuple[float, float] | None:
    """Where it is; None where that is not known, or where it is held at a place that is confidential too."""
    asset = page.front
    if any(location.confidential for location in asset.locations):
        return None
    return next((location.point for location in asset.open_locations if location.point), None)


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
