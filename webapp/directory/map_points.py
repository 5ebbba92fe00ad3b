"""What the live map shows: the places of the groups in a list. The list itself stands beside it, always."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from webapp.config.settings import Settings
from webapp.directory.criteria import PAGE_SIZE, Criteria
from webapp.directory.listing import measured_from
from webapp.directory.named_times import NamedTimes
from webapp.directory.rows import rows
from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.upkeep.closures import Closures, overlaid

TILES = "/directory/tiles.pmtiles"
MOST = 500  # groups: past this a map is a blot, and a phone has too much to draw


def tiles_address(settings: Settings) -> str:
    """Where a browser finds what lies under the points; empty where there are no tiles."""
    return TILES if settings.map_tiles_file else settings.map_tiles


def points_address(criteria: Criteria) -> str:
    """Where the points of these criteria are found. `page` says which of them have their rows beside the map."""
    return f"/directory/points?{urlsplit(criteria.address()).query}"


def points(
    criteria: Criteria, gen: Generation, now: datetime, closures: Closures, confirmed: Mapping[str, date]
) -> dict[str, Any]:
    """The best `MOST` groups of `criteria` that have a point, as JSON for the map.

    `points`: title, address on the site, `number` in the list, and `at`: latitude and longitude; `facts` is the line
    of the row, as HTML that its template made safe: when, how far, where, cost, room. `rows` are the first and last
    number of the page beside the map. `near` is where distances are measured from, if anywhere, and `places` the
    names of neighbourhoods. A confidential place has no point in a card, so it cannot be here.
    """
    query = criteria.query(dates.day_of(now), frozenset(closures), in_series=MOST)
    results = gen.search(replace(query, page=1, size=MOST))
    hits = overlaid(results.hits, closures)
    near = measured_from(criteria, results)
    # Those of a series have a pin each, with the number of their row.
    numbered = [(number, one) for number, hit in enumerate(hits, 1) for one in (hit, *hit.others)][:MOST]
    times = NamedTimes.of(criteria, results)
    lines = rows((replace(one, others=()) for _, one in numbered), gen, now, confirmed, times=times).rows
    found = [
        {
            "title": hit.card["title"] + (" (reported closed)" if "reported" in hit.card else ""),
            "path": hit.card["path"],
            "number": number,
            "facts": line.facts,
            "at": point,
        }
        for (number, hit), line in zip(numbered, lines, strict=True)
        for point in hit.card["points"]
    ]
    begins = (min(criteria.page, MOST) - 1) * PAGE_SIZE
    return {
        "points": found,
        "rows": [begins + 1, begins + PAGE_SIZE],
        "near": {"name": near[0], "at": near[1]} if near else None,
        "places": [
            {"name": gen.vocabulary.short("places", slug), "at": term.centre}
            for slug, term in gen.vocabulary.terms("places").items()
            if term.centre
        ],
    }
