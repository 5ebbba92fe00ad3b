"""What editors see of the feeds that are read by themselves: how each went, what it proposes, how good it is."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import orjson

from webapp.config.settings import Settings
from webapp.library.feeds import configured, state
from webapp.library.feeds.addresses import shown
from webapp.library.feeds.configured import ConfiguredFeed
from webapp.library.feeds.files import CHANGES, HEALTH, REPORT, folder_of
from webapp.library.feeds.health import MEASURES, FeedHealth, HealthCount, judge
from webapp.library.feeds.state import FeedState
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.generation.survey import survey
from webapp.library.open_referral.prose import prose
from webapp.machines.library_sync import since
from webapp.upkeep.patches import content_folder

OURS = "ours"  # in place of a feed's name in an address
ORDERS = ("services", "name", *(measure.name for measure in MEASURES))


@dataclass(frozen=True)
class KnownFeed:
    """A feed of the list, and how reading it went."""

    feed: ConfiguredFeed
    state: FeedState
    is_running: bool
    is_asked: bool

    @property
    def host(self) -> str:
        return urlsplit(self.feed.address).hostname or self.feed.address

    @property
    def address(self) -> str:
        """As it may be shown: without what is asked for, which may be a key."""
        return shown(self.feed.address)

    @property
    def read_at(self) -> datetime | None:
        return since(self.state.read_at)

    @property
    def whole_at(self) -> datetime | None:
        return since(self.state.whole_at)

    @property
    def tried_at(self) -> datetime | None:
        return since(self.state.tried_at)

    @property
    def fault_since(self) -> datetime | None:
        return since(self.state.fault_since) if self.state.fault else None

    @property
    def proposed(self) -> int:
        """Listings that would be another."""
        return self.state.new + self.state.changed + self.state.retired if self.state.commit else 0


@dataclass(frozen=True)
class ProposedChange:
    """One file of the branch. `lines` are its fields that differ, `conflicts` those that both changed: they stay."""

    path: str
    verb: str
    title: str
    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def known(gen: Generation, settings: Settings, now: datetime) -> list[KnownFeed]:
    """Every feed of the content that is served, in the order of its file."""
    return [_known(feed, settings, now) for feed in configured.load(content_folder(gen, settings))[0]]


def _known(feed: ConfiguredFeed, settings: Settings, now: datetime) -> KnownFeed:
    went = state.read(settings.index_dir, feed.slug)
    return KnownFeed(feed, went, went.is_running(now), state.is_asked(settings.index_dir, feed.slug))


def changes(settings: Settings, slug: str) -> list[ProposedChange]:
    """What is proposed, file by file; empty where nothing is, or that cannot be read."""
    rows = _kept(settings, slug, CHANGES)
    names = ("path", "verb", "title", "lines", "conflicts")
    return [ProposedChange(**{name: row[name] for name in names}) for row in rows or ()]


def report(settings: Settings, slug: str) -> str:
    """The report of the last reading that was brought in; empty where there is none."""
    try:
        return (folder_of(settings.index_dir, slug) / REPORT).read_text(encoding="utf-8")
    except OSError:
        return ""


def health(gen: Generation, settings: Settings, slug: str, today: date) -> FeedHealth | None:
    """How good the feed called `slug` was when it was last read, or our own directory is; None where nobody knows."""
    if slug == OURS:
        return _ours.of(gen).on(today)
    data = _kept(settings, slug, HEALTH)
    return FeedHealth.of_data(data) if data else None


def in_order(judged: FeedHealth, order: str) -> list[tuple[str, HealthCount]]:
    """The organisations: those with the most services first, by name, or the least good by a measure first."""
    rows = list(judged.organisations.items())
    if order == "name":
        return sorted(rows, key=lambda row: row[0].casefold())
    if order == "services":
        return sorted(rows, key=lambda row: (-row[1].services, row[0].casefold()))
    return sorted(rows, key=lambda row: (row[1].share(order), -row[1].services, row[0].casefold()))


class _Ours:
    """The health of the listings of one generation, judged once a day."""

    def __init__(self, gen: Generation) -> None:
        self._gen = gen
        self._judged: tuple[date, FeedHealth] | None = None

    def on(self, today: date) -> FeedHealth:
        if self._judged is None or self._judged[0] != today:
            paths = [one.path for one in survey(self._gen.folder) if one.kind == "asset" and one.served]
            pages = filter(None, (self._gen.page(path, today) for path in paths))
            listings = ((page.front.model_dump(mode="json", exclude_none=True), prose(page.html)) for page in pages)
            self._judged = (today, judge(listings, today))
        return self._judged[1]


_ours: PerGeneration[_Ours] = PerGeneration(_Ours)


def _kept(settings: Settings, slug: str, name: str) -> Any:
    try:
        return orjson.loads((folder_of(settings.index_dir, slug) / name).read_bytes())
    except (OSError, ValueError):
        return None
