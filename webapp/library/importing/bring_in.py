"""Bringing a feed in, from its file to the content folder: read, convert, check, plan, write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from webapp.library.front_matter.model import Asset
from webapp.library.importing import decisions, oruk, writing
from webapp.library.importing import feed as feeds
from webapp.library.importing.feed import FeedError
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.oruk import Listing, Unusable
from webapp.library.importing.tagging import Feed
from webapp.library.importing.writing import Plan
from webapp.library.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Choices:
    """What whoever runs an import decides. `folder` is below `content/assets`; `name` is what the feed is called."""

    name: str
    folder: Path
    again: bool = False
    remove_missing: bool = False
    dry_run: bool = False


@dataclass
class Outcome:
    """What an import did, or with `dry_run` would do."""

    services: int
    plan: Plan
    notes: Notes


def bring_in(
    source: Path, content: Path, vocabulary: Vocabulary, choices: Choices, today: date, told: Progress | None = None
) -> Outcome:
    """Bring the Open Referral UK feed in the file `source` into `content`.

    Raises FeedError where the source cannot be used, OSError where the disk refuses; the content is then untouched.
    """
    records = feeds.read(source)
    notes = Notes()
    shown = decisions.shown(content / "assets")
    listings = _listings(records, Feed(choices.name, Matcher(vocabulary), notes, today, shown), vocabulary, told)
    if not listings:
        first = notes.left_out[0] if notes.left_out else ""
        raise FeedError(f"No service in the source can be used. The first of {len(records):,} is {first}.")
    assets = content / "assets"
    plan = writing.plan(
        listings, assets, choices.folder, choices.name, again=choices.again, remove=choices.remove_missing
    )
    for path in plan.open:
        notes.begin(path.name, is_secret=True)
        notes.look("looks like a refuge and was changed here: mark it by hand as confidential, or as not")
    for title, why in plan.clashes:
        notes.begin(title)
        notes.leave_out(why)
    if not choices.dry_run:
        writing.carry_out(plan, content, told and (lambda done, total: told("written", done, total)))
    return Outcome(len(records), plan, notes)


def _listings(records: list[Any], feed: Feed, vocabulary: Vocabulary, told: Progress | None) -> list[Listing]:
    listings: list[Listing] = []
    seen: dict[str, str] = {}
    for number, record in enumerate(records, 1):
        try:
            listing = oruk.listing(record, feed)
            _hold_to_model(listing, feed, vocabulary)
            if listing.id in seen:
                raise Unusable(f"its id {listing.id} is that of “{seen[listing.id]}” above")
        except Unusable as why:
            feed.notes.leave_out(str(why))
        else:
            seen[listing.id] = listing.title
            listings.append(listing)
        if told:
            told("read", number, len(records))
    return listings


def _hold_to_model(listing: Listing, feed: Feed, vocabulary: Vocabulary) -> None:
    """Drop what the model would refuse, so that no imported file is ever one with a fault.

    Raises Unusable where what is left is no listing.
    """
    for _ in range(len(listing.front)):
        try:
            Asset.model_validate(listing.front, context=vocabulary)
            return
        except ValidationError as error:
            refused = error.errors(include_url=False)[0]
            key = str(refused["loc"][0]) if refused["loc"] else ""
            if key not in listing.front:
                raise Unusable(f"`{key}` is missing") from None
            feed.notes.mended(f"`{key}` was not of a kind we hold: left out", refused["msg"])
            del listing.front[key]
    raise Unusable("nothing in it is of a kind we hold")
