"""What the map shows: the places of the groups in a list. The list itself stands below it, always."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from webapp.directory.criteria import Criteria
from webapp.directory.rows import where
from webapp.library.generation.reader import Generation
from webapp.upkeep.closures import Closures, overlaid

MOST = 500  # groups: past this a map is a blot, and a phone has too much to draw


def points_address(criteria: Criteria) -> str:
    """Where the points of these criteria are found."""
    return f"/directory/points?{urlsplit(replace(criteria, page=1).address()).query}"


def points(criteria: Criteria, gen: Generation, today: date, closures: Closures) -> dict[str, Any]:
    """The best `MOST` groups of `criteria` that have a point, as JSON for the map.

    `points`: title, address on the site, where in words, and `at`: latitude and longitude. A confidential place has no
    point in a card, so it cannot be here. `near` is where distances are measured from, if anywhere.
    """
    best = gen.search(replace(criteria.query(today, frozenset(closures)), page=1, size=MOST)).hits
    hits = overlaid(best, closures)
    found = [
        {
            "title": hit.card["title"] + (" (reported closed)" if "reported" in hit.card else ""),
            "path": hit.card["path"],
            "where": where(hit.card["places"], hit.card["citywide"], gen.vocabulary),
            "at": point,
        }
        for hit in hits
        for point in hit.card["points"]
    ]
    near = {"name": criteria.near.name, "at": criteria.near.point} if criteria.near else None
    return {"points": found, "near": near}
