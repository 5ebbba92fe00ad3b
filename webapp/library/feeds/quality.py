"""The health of a feed in a file, and of our own content."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from webapp.library.feeds.health import FeedHealth, judge
from webapp.library.front_matter.source import Fault, read_page
from webapp.library.importing import feed as feeds
from webapp.library.importing.bring_in import listings_of
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.tagging import Feed
from webapp.library.vocabulary import Vocabulary


def of_feed(source: Path, name: str, vocabulary: Vocabulary, today: date) -> FeedHealth:
    """The health of the feed in the file `source`. Raises FeedError where it cannot be used."""
    reading = feeds.read(source)
    feed = Feed(name, Matcher(vocabulary), Notes(), today, {}, reading.ledger)
    listings, _ = listings_of(reading, feed, vocabulary)
    return judge(((listing.front, listing.text) for listing in listings), today)


def of_content(content: Path, today: date) -> FeedHealth:
    """The health of the listings in the folder `content`, drafts left out."""
    return judge(_written(content / "assets"), today)


def _written(assets: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for path in sorted(assets.rglob("*.md")):
        try:
            source = read_page(path, assets)
        except (Fault, OSError):
            continue  # `content check` names it
        if not source.front.get("draft"):
            yield source.front, source.body
