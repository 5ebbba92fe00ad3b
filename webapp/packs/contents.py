"""What is in a pack as it is today: the page each thing leads to, and whether it has closed or gone since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from webapp.directory import wording
from webapp.directory.summary import ListingSummary, summary
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Asset
from webapp.library.generation.reader import Generation
from webapp.packs.models import PackItem
from webapp.upkeep import closures
from webapp.upkeep.overlay import Overlay

KINDS = frozenset({"asset", "toolkit", "tec"})
GONE = "It is no longer listed. Take it out, or ring before you tell someone about it"


@dataclass(frozen=True)
class PackEntry:
    """One thing in a pack. `page` is none where readers have none there any more; `asset` and `facts` are a listing's.

    `warning` says what happened to it since, in words, or nothing. `is_open`: one can still go there, or read it.
    """

    item: PackItem
    title: str
    page: Page | None
    asset: Asset | None
    facts: ListingSummary | None
    warning: str
    confirmed: date | None = None  # the last day that somebody here said the listing is right

    @property
    def note(self) -> str:
        """Why it fits."""
        return self.item.note

    @property
    def path(self) -> str:
        """Where it is now; where it was, if it is gone."""
        return self.page.path if self.page else self.item.path

    @property
    def is_open(self) -> bool:
        return self.page is not None and not (self.asset and self.asset.status in wording.STATUS)


def page_at(path: str, gen: Generation, now: datetime) -> Page | None:
    """The page that can stand in a pack at `path`, or where that moved to; None where there is none."""
    today = dates.day_of(now)
    page = gen.page(path, today)
    if page is None and (moved := gen.redirect(path)):
        page = gen.page(moved, today)
    return page if page is not None and page.kind in KINDS else None


def held(items: Iterable[PackItem], page: Page, gen: Generation, now: datetime) -> PackItem | None:
    """The one of `items` that is `page`, even if it was put there before the page moved; None where none is."""
    return next((item for item in items if (there := page_at(item.path, gen, now)) and there.path == page.path), None)


def entries(items: Iterable[PackItem], gen: Generation, known: Overlay, now: datetime) -> list[PackEntry]:
    """Each of `items` as it is at the moment `now`, with what is `known` of closures and checks."""
    return [entry(item, gen, known, now) for item in items]


def private(entries: Iterable[PackEntry]) -> list[str]:
    """The titles of what keeps its address private: whose paper or link may be seen at home by whom it hides from."""
    return [entry.title for entry in entries if entry.facts and entry.facts.is_confidential]


def entry(item: PackItem, gen: Generation, known: Overlay, now: datetime) -> PackEntry:
    """One of them."""
    page = page_at(item.path, gen, now)
    if page is None:
        return PackEntry(item, item.title, None, None, None, GONE)
    if not isinstance(page.front, Asset):
        return PackEntry(item, page.title, page, None, None, "")
    closure = closures.of(known.closures, page.path, page.front.status)
    asset = page.front.model_copy(update={"status": closure.status}) if closure else page.front
    confirmed = known.last_confirmed.get(page.path)
    facts = summary(asset, gen.vocabulary, now, confirmed)
    warning = closures.words(closure) if closure else wording.STATUS.get(asset.status, ("", ""))[0]
    return PackEntry(item, page.title, page, asset, facts, warning, confirmed)
