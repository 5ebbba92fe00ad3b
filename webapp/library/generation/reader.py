"""Reading what was compiled: the generation being served, and the switch to the next without a restart."""

import logging
import os
import threading
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import orjson

from webapp.library.build import pages
from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Guidance
from webapp.library.front_matter.pieces import OfferedAssets
from webapp.library.generation import disk, files, store
from webapp.library.generation.origin import LastCommit, Origin
from webapp.library.pictures.markup import furnish
from webapp.library.pictures.renditions import Made, of_data
from webapp.library.problems import Problem
from webapp.library.search import thesaurus
from webapp.library.search.danger import Dangers
from webapp.library.search.engine import Engine
from webapp.library.search.postcodes import FILE as POSTCODES
from webapp.library.search.postcodes import Postcodes
from webapp.library.search.query import Query, Results
from webapp.library.search.thesaurus import Thesaurus
from webapp.library.site import Site
from webapp.library.vocabulary import Vocabulary

log = logging.getLogger(__name__)
RELATED_PAGES = 4
RELATED_ASSETS = 3
LISTINGS = "/directory/"
PAGES_KEPT = 200  # pages in memory, some 10 kB each: those that were read last
# Facets whose choices are recognised in a reader's words and offered as filters, in this order.
NAMED_IN_WORDS = ("place", "audience", "activity", "day", "cost", "access", "language")


class NoContent(Exception):
    """There is no generation that can be served: build one with `signpost content build`."""


@dataclass(frozen=True, slots=True)
class NewListing:
    """A listing that readers see since that day. `places` are slugs."""

    since: date
    path: str
    title: str
    places: tuple[str, ...]
    citywide: bool


class Generation:
    """One compiled state of the content, read only. Safe to share between threads."""

    def __init__(self, folder: Path):
        meta = files.read_meta(folder)
        if meta is None:
            raise NoContent(f"{folder.name} cannot be read")
        self.id = folder.name
        self.folder = folder
        self.built_at: str = meta["built_at"]
        self.drafts: bool = meta.get("drafts", False)  # drafts are shown: only ever on the machine of who writes
        self.counts: dict[str, int] = meta["counts"]
        self.kept: frozenset[str] = frozenset(meta["kept"])  # addresses whose last good version is served
        # Address of a picture → what was made of it; none where the version before compiled this.
        self.pictures = {address: of_data(made) for address, made in meta.get("pictures", {}).items()}
        made = (address for picture in self.pictures.values() for address in picture.addresses)
        self.media: frozenset[str] = frozenset([*meta["media"], *made])
        self.site = Site.model_validate(meta["site"])
        self.origin = Origin.of_meta(meta.get("origin"))  # None where it was compiled from a folder, without git
        self.vocabulary = Vocabulary.from_data(meta["vocabulary"])
        paths = orjson.loads((folder / files.PATHS).read_bytes())
        self._rows: dict[str, int] = paths["rows"]
        self._redirects: dict[str, str] = paths["redirects"]
        self._new: list[tuple[str, str]] = paths.get("new", [])
        self._cards = _sections(orjson.loads((folder / files.SECTIONS).read_bytes()), self.vocabulary)
        rows = store.Store(folder / "store")
        # Pages are read only, and the same few are asked for again and again. Nothing here holds the generation.
        self._load = lru_cache(PAGES_KEPT)(partial(_load, rows, self.pictures))
        self._stored = rows
        self._names: str = meta["thesaurus"]
        self.dangers = Dangers(self.vocabulary.files.get("danger"))
        self.postcodes = Postcodes(folder.parent / POSTCODES)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """What people call things."""
        return thesaurus.parse(self._names)

    def open_index(self) -> None:
        """Now, so that nobody who searches waits for it. Raises OSError or ValueError where it is damaged."""
        _ = self.engine

    @cached_property
    def engine(self) -> Engine:
        """What answers searches."""
        return Engine.open(
            self.folder / "index",
            self.vocabulary.outward,
            thesaurus=self.thesaurus,
            terms={f: self.vocabulary.terms(pages.FACET_VOCABULARY[f]).values() for f in NAMED_IN_WORDS},
            postcodes=self.postcodes,
        )

    @property
    def state(self) -> Hashable:
        """What all answers of this generation hang on: itself, and the national postcodes, which may be loaded anew."""
        return str(self.folder), self.postcodes.state

    def page(self, path: str, today: date) -> Page | None:
        """The page at `path` (`/toolkit/good-questions`), or None where readers have none there on `today`."""
        row = self._rows.get(path)
        if row is None:
            return None
        page = self._load(row)
        return page if self.drafts or page.front.visible(today) else None

    def listings(self) -> dict[int, str]:
        """The address of every listing by its row; those before or after their days too."""
        return {row: path for path, row in self._rows.items() if path.startswith(LISTINGS)}

    def stored(self, row: int) -> Page:
        """The page of a row, whoever may see it. For what goes through all of them: it is not kept at hand."""
        return pages.load(self._stored.get(row))

    def stored_bytes(self, row: int) -> bytes:
        """The same as it stands on disk: two that are equal say the same."""
        return self._stored.get(row)

    def redirect(self, path: str) -> str | None:
        """Where the page that used to be at `path` is now."""
        return self._redirects.get(path)

    def section(self, kind: str) -> list[dict[str, Any]]:
        """Cards of all pages of a kind of guidance: on their shelves in order, spotlights and updates newest first."""
        return self._cards.get(kind, [])

    def card(self, path: str) -> dict[str, Any] | None:
        """The card of a page of guidance, or a card made from the page of an asset."""
        for cards in self._cards.values():
            for card in cards:
                if card["path"] == path:
                    return card
        row = self._rows.get(path)
        if row is None:
            return None
        page = self._load(row)
        return {"kind": page.kind, "path": path, "title": page.title, "summary": page.summary, "id": page.id}

    def search(self, query: Query) -> Results:
        """See `search.query`."""
        return self.engine.search(query)

    def count(self, query: Query) -> int:
        """How many a search finds, where nobody looks at what."""
        return self.engine.count(query)

    def related_pages(self, page: Page) -> list[dict[str, Any]]:
        """Cards of up to four other pages: those chosen by hand first, then those that share most themes."""
        front = page.front
        if not isinstance(front, Guidance):
            return []
        chosen = [card for path in front.related if (card := self.card(path)) and path != page.path]
        known = {page.path, *(card["path"] for card in chosen)}
        others = [
            (len(set(card["themes"]) & set(front.themes)), card)
            for kind in ("toolkit", "tec", "spotlight", "update", "change")
            for card in self.section(kind)
            if card["path"] not in known
        ]
        shared = sorted((o for o in others if o[0]), key=lambda o: (-o[0], o[1]["order"], o[1]["title"]))
        return (chosen + [card for _, card in shared])[:RELATED_PAGES]

    def related_assets(self, page: Page, today: date, closed: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
        """Cards of up to three listings that fit what a page of guidance offers, without those of `closed` (paths)."""
        offered: OfferedAssets | None = getattr(page.front, "assets", None)
        if offered is None:
            return []
        filters = {"activity": offered.activities, "audience": offered.audiences, "outcome": offered.outcomes}
        filters = {group: slugs for group, slugs in filters.items() if slugs}
        query = Query(
            kinds=frozenset({"asset"}),
            filters=filters,
            open_only=True,
            size=RELATED_ASSETS,
            today=today,
            closed=closed,
        )
        return [hit.card for hit in self.search(query).hits]

    @cached_property
    def new_listings(self) -> list[NewListing]:
        """The listings that came last, the newest first. Where nothing was ever added, none."""
        pages = [(date.fromisoformat(since), self._load(self._rows[path])) for since, path in self._new]
        return [NewListing(since, p.path, p.title, p.front.places, p.front.citywide) for since, p in pages]

    @cached_property
    def contacts(self) -> frozenset[str]:
        """Every contact that a listing publishes, folded: see `listings.public_contacts`."""
        try:
            return frozenset(orjson.loads((self.folder / files.CONTACTS).read_bytes()))
        except FileNotFoundError:  # compiled by the version before; until the next build the guard asks
            return frozenset()

    @cached_property
    def changes(self) -> dict[str, LastCommit]:
        """When each file, as problems name it, last changed, and by whom; empty where git was not asked."""
        return files.read_changes(self.folder) if self.origin else {}

    @cached_property
    def problems(self) -> list[Problem]:
        """Faults found when this was compiled, for editors."""
        return files.read_problems(self.folder)


def _load(rows: store.Store, pictures: dict[str, Made], row: int) -> Page:
    """A page whose text shows each picture in every size there is of it."""
    page = pages.load(rows.get(row))
    return replace(page, html=furnish(page.html, pictures)) if pictures and "<img" in page.html else page


class Reader:
    """Gives each request the generation that `current` names now; every process follows a switch by itself.

    Where it is `searched`, a generation is served once it can answer searches. A process in which nobody searches
    begins a tenth of a second sooner without, and keeps less.
    """

    def __init__(self, index_dir: Path, *, searched: bool = True):
        self.searched = searched
        self._index_dir = index_dir
        self._pointer_file = str(index_dir / disk.POINTER)
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._generation: Generation | None = None
        self._told: set[str] = set()

    def current(self) -> Generation:
        """The generation to serve. Raises NoContent where none can be opened.

        A damaged generation is not switched to: what is being served stays, or the newest sound one is taken.
        """
        seen = self._pointer()
        if self._generation is not None and seen == self._seen:
            return self._generation
        with self._lock:
            if self._generation is None or seen != self._seen:
                self._generation = self._open()
                self._seen = seen
            return self._generation

    def _pointer(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self._pointer_file)  # noqa: PTH116 - on every request: a third of the cost
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _open(self) -> Generation:
        pointed = disk.pointed(self._index_dir)
        serving = [self._generation.folder] if self._generation else []
        for folder in dict.fromkeys([pointed, *serving, *disk.newest_first(self._index_dir)]):
            if folder is None:
                continue
            if self._generation and folder == self._generation.folder:
                return self._generation
            fault = disk.damaged(folder)
            if not fault:
                try:
                    found = Generation(folder)
                    if self.searched:
                        found.open_index()
                    return found
                except Exception as error:  # whatever is wrong with one, another may serve
                    fault = f"{folder.name} cannot be opened ({type(error).__name__})"
            if fault not in self._told:  # once: while nothing can be served, every request looks again
                self._told.add(fault)
                log.error("a generation was passed over: %s", fault)
        raise NoContent("no compiled content can be served: run `signpost content build`")


def _sections(cards: list[dict[str, Any]], vocabulary: Vocabulary) -> dict[str, list[dict[str, Any]]]:
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for card in cards:
        by_kind.setdefault(card["kind"], []).append(card)
    for kind, shelf in by_kind.items():
        if kind in {"spotlight", "update", "change", "message"}:
            shelf.sort(key=lambda card: card["order"])  # of those of one day
            shelf.sort(key=lambda card: card["date"], reverse=True)
        else:
            name = f"{kind}-categories"
            order = list(vocabulary.terms(name)) if name in vocabulary.files else []
            shelf.sort(key=lambda card: (_shelf(order, card.get("category", "")), card["order"], card["title"]))
    return by_kind


def _shelf(order: list[str], category: str) -> int:
    return order.index(category) if category in order else len(order)
