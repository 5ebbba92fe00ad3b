"""Bringing a feed in, from its file to the content folder: read, convert, check, plan, write."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from webapp.library.front_matter.model import Asset
from webapp.library.importing import decisions, identities, oruk, writing
from webapp.library.importing import feed as feeds
from webapp.library.importing.changes import RecordChange, changes
from webapp.library.importing.feed import FeedError, FeedReading
from webapp.library.importing.ledger import Ledger
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.oruk import ImportedListing, Unusable
from webapp.library.importing.plan import ImportPlan
from webapp.library.importing.plans import Planner
from webapp.library.importing.tagging import Feed
from webapp.library.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
MOST_FAULTS = 100  # of one listing
MANY = 20  # listings; to delete more of them at once than half of a feed's asks for a second word


@dataclass(frozen=True)
class Choices:
    """The choices of whoever runs an import. `folder` is below `content/assets`; `name` is what the feed is called.

    What is missing from a whole feed is named and kept; `remove_missing` deletes it, `retire_missing` marks it as
    inactive; `remove_most` says that this may be most of what the feed had. `gently` keeps what is missing and says
    why, where it would else refuse the import. `name_changes` names them as a dry run does.
    """

    name: str
    folder: Path
    remove_missing: bool = False
    remove_most: bool = False
    retire_missing: bool = False
    dry_run: bool = False
    gently: bool = False
    name_changes: bool = False

    @property
    def of_missing(self) -> str:
        """The option that says what to do with what a whole feed no longer holds; empty where it is kept."""
        return "--remove-missing" if self.remove_missing else "--retire-missing" if self.retire_missing else ""


@dataclass
class ImportOutcome:
    """What an import did, or with `dry_run` would do.

    `lacking` says what of the feed did not come, `doubt` what else its envelope gets wrong, `dialect` what it was
    recognised as; `kept_missing` is why what is missing was kept; `changes` are named in a
    dry run, or where they are asked for.
    """

    services: int
    plan: ImportPlan
    notes: Notes
    ledger: Ledger
    lacking: str = ""
    doubt: str = ""
    dialect: str = ""
    kept_missing: str = ""
    changes: list[RecordChange] = field(default_factory=list)


def bring_in(
    source: Path, content: Path, vocabulary: Vocabulary, choices: Choices, today: date, progress: Progress | None = None
) -> ImportOutcome:
    """Bring the feed in the file or folder `source` into `content`.

    Raises FeedError where the source cannot be used, or where it is not whole and what is missing shall be deleted;
    OSError where the disk refuses. The content is then untouched.
    """
    reading = feeds.read(source)
    if not choices.gently:
        _need_whole(reading, choices)
    services = len(reading.records)
    assets = content / "assets"
    feed = Feed(choices.name, Matcher(vocabulary), Notes(), today, decisions.shown(assets), reading.ledger)
    listings, unread = listings_of(reading, feed, vocabulary, progress)
    known = writing.existing(assets)
    listings = identities.settle(listings, lambda identity: writing.title_of(known.get(identity)), feed.notes)
    planner = Planner(known, content, choices.folder, choices.name)
    planner.bring(listings, set(unread))
    kept_missing = ""
    try:
        _need_whole(reading, choices)
        _missing(planner, choices, unread.count(""))
    except FeedError as fault:
        if not choices.gently:
            raise
        kept_missing = str(fault)
    plan = planner.finished()
    for path in plan.open:
        feed.notes.begin(path.name, is_secret=True)
        feed.notes.look("looks like a refuge and was changed here: mark it by hand as confidential, or as not")
    for title, why in plan.clashes:
        feed.notes.begin(title)
        feed.notes.leave_out(why)
    outcome = ImportOutcome(services, plan, feed.notes, feed.ledger, reading.lacking, reading.doubt, reading.dialect)
    outcome.kept_missing = kept_missing if plan.missing else ""
    if choices.dry_run or choices.name_changes:
        outcome.changes = changes(plan)
    if not choices.dry_run:
        files = plan.write | plan.beside
        written = partial(progress, "written") if progress else None
        writing.carry_out(files, content, written, remove=plan.remove)
    return outcome


def _need_whole(reading: FeedReading, choices: Choices) -> None:
    if choices.of_missing and reading.lacking:
        whole = f"{choices.of_missing} needs the whole feed, as what did not come may still be there"
        raise FeedError(f"Only {reading.lacking} came. {whole}.")


def _missing(planner: Planner, choices: Choices, nameless: int) -> None:
    """Plan to delete what is missing, or to mark it as inactive.

    `nameless` records could be read for no listing, and have no id to tell of which.

    Raises FeedError where what is missing is not known, or looks like far too much.
    """
    plan = planner.plan
    if not choices.of_missing or not plan.missing:
        return
    if nameless:
        what = "1 record has" if nameless == 1 else f"{nameless:,} records have"
        raise FeedError(f"{what} no id and could not be read, so nobody can say which listings are missing.")
    if len(plan.missing) > max(MANY, plan.known / 2) and not choices.remove_most:
        do = "delete" if choices.remove_missing else "mark as inactive"
        raise FeedError(
            f"{choices.of_missing} would {do} {len(plan.missing):,} of the {plan.known:,} listings of {choices.name}. "
            "If that is right, say --remove-most too."
        )
    if choices.remove_missing:
        plan.remove = plan.missing
    else:
        planner.retire()


def listings_of(
    reading: FeedReading, feed: Feed, vocabulary: Vocabulary, progress: Progress | None = None
) -> tuple[list[ImportedListing], list[str]]:
    """The listings that the records become, and the ids of those that none can be made of.

    Each record is let go of once it is read, as a feed may be large. Raises FeedError where no listing can be made.
    """
    listings: list[ImportedListing] = []
    unread: list[str] = []
    total = len(reading.records)
    reading.records.reverse()
    for number in range(1, total + 1):
        record = reading.records.pop()
        try:
            listing = oruk.listing(record, feed)
            _hold_to_model(listing, feed.notes, vocabulary)
        except Unusable as why:
            feed.notes.leave_out(str(why))
            unread.append(oruk.identity_of(record, feed.name))
        else:
            listings.append(listing)
        if progress:
            progress("read", number, total)
    if not listings:
        first = feed.notes.left_out[0] if feed.notes.left_out else ""
        raise FeedError(f"No service in the source can be used. The first of {total:,} is {first}.")
    return listings, unread


def _hold_to_model(listing: ImportedListing, notes: Notes, vocabulary: Vocabulary) -> None:
    """Drop what the model would refuse, the smallest part that holds it, so that no imported file has a fault.

    Raises Unusable where what is left is no listing.
    """
    front = listing.front
    for fault in range(MOST_FAULTS):
        try:
            Asset.model_validate(front, context=vocabulary)
            if fault:
                listing.front = front
            return
        except ValidationError as error:
            refused = error.errors(include_url=False)[0]
            where = refused["loc"]
            key = str(where[0]) if where else ""
            if key not in front:
                raise Unusable(f"`{key}` is missing") from None
            notes.kept_in_words(f"`{key}` was not of a kind we hold: left out", refused["msg"])
            _drop(front, where)
    raise Unusable("nothing in it is of a kind we hold")


def _drop(front: Any, where: tuple[int | str, ...]) -> None:
    """Take away what stands at `where`, and what holds nothing then; the whole key where there is no such part."""
    holders: list[tuple[Any, Any]] = []
    at: Any = front
    part: Any
    for part in where:
        if not (isinstance(at, dict) and part in at) and not (isinstance(at, list) and isinstance(part, int)):
            break
        holders.append((at, part))
        at = at[part]
    for holder, part in reversed(holders):
        del holder[part]
        if holder:
            return
