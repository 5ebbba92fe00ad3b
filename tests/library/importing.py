"""Feeds and content folders for the tests of the importer."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from webapp.config.settings import ROOT
from webapp.library import vocabulary
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.oruk import ImportedListing, listing
from webapp.library.importing.tagging import Feed

TODAY = date(2026, 11, 21)
WORDS, _ = vocabulary.load(ROOT / "content" / "vocabulary", ROOT)
MATCHER = Matcher(WORDS)


def service(number: int = 1, **more: Any) -> dict[str, Any]:
    """A service as a feed publishes it, complete enough to need no attention."""
    return {
        "id": f"10000000-0000-4000-8000-{number:012d}",
        "name": f"Tea and talk {number}",
        "description": "<p>Tea, cake and company every Tuesday. Just turn up.</p>",
        "email": f"tea{number}@example.org",
        "status": "active",
        "assured_date": "2026-09-01",
        "organization": {"id": "20000000-0000-4000-8000-000000000001", "name": "Tea and Talk"},
        "service_at_locations": [
            {"location": {"name": "The Hall", "addresses": [{"address_1": "1 High Road", "postal_code": "M8 9AA"}]}}
        ],
    } | more


def converted(given: dict[str, Any]) -> tuple[ImportedListing, Notes]:
    notes = Notes()
    return listing(given, Feed("North Town", MATCHER, notes, TODAY)), notes


def feed(folder: Path, *services: Any, name: str = "north-town.json") -> Path:
    """A file of `services`, as a list."""
    path = folder / name
    path.write_text(json.dumps(services))
    return path
