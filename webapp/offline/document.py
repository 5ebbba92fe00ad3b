"""Everything that one person's device may keep, as one document: what they may read anyway, and never more of it.

    name, patch              whose it is, and what their patch is called
    cards                    every listing and page below, once, in the form that `cards` describes
    patch_paths, patch_total the listings of the patch, and how many there are in all
    packs                    id, name and items (path, title, note, warning), the one used last first
    pins                     the paths of pinned pages
    searches                 words, address and the paths that were found
    community                see `team`
    left_out                 how many things there was no room for

It has no clock in it: it is the same, byte for byte, until something in it changes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webapp.accounts import starting_place
from webapp.directory.criteria import PATH, Criteria
from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.offline import cards, patch, pins, team
from webapp.offline.cards import Card
from webapp.packs import contents, keeping
from webapp.packs.models import PackItem
from webapp.people.models import Person
from webapp.searches import saved
from webapp.upkeep.overlay import Overlay

MOST_BYTES = 3_000_000  # of cards, before they are packed for the way
MOST_PACKS = 10
MOST_SEARCHES = 12


@dataclass
class _Kept:
    """The cards so far. What is put in first has its place for certain."""

    gen: Generation
    known: Overlay
    now: datetime
    cards: dict[str, Card] = field(default_factory=dict)
    size: int = 0
    left_out: int = 0

    def put(self, card: Card | None) -> None:
        if card is None or card["path"] in self.cards:
            return
        size = len(json.dumps(card))
        if self.size + size > MOST_BYTES:
            self.left_out += 1
            return
        self.size += size
        self.cards[card["path"]] = card

    def put_paths(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path not in self.cards:
                entry = contents.entry(PackItem(path=path, title="", note=""), self.gen, self.known, self.now)
                self.put(cards.of_entry(entry, self.gen.vocabulary, self.now))


def document(session: Session, person: Person, gen: Generation, known: Overlay, now: datetime) -> bytes:
    """The document of `person` at the moment `now`, as JSON in UTF-8."""
    kept = _Kept(gen, known, now)
    packs = list(_packs(session, person, kept))
    pinned = [row.path for row in pins.of(session, person.id) if _put_page(row.path, kept)]
    found = list(_searches(session, person, kept))
    start = starting_place.of(session, person, gen.vocabulary)
    here = patch.of(start, gen, known, now)
    for card in here.cards:
        kept.put(card)
    said = {
        "name": person.name,
        "patch": start.label or "the whole city",
        "patch_paths": [card["path"] for card in here.cards if card["path"] in kept.cards],
        "patch_total": here.total,
        "packs": packs,
        "pins": pinned,
        "searches": found,
        "community": team.of(session, person, gen, known.closures, now),
        "cards": list(kept.cards.values()),
        "left_out": kept.left_out,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def version_of(document: bytes) -> str:
    """What the document is known by; another one has another."""
    return hashlib.sha256(document).hexdigest()[:32]


def _packs(session: Session, person: Person, kept: _Kept) -> Iterator[dict[str, Any]]:
    mine = keeping.packs(session, person.id)[:MOST_PACKS]
    items = keeping.items(session, [pack.id for pack in mine])
    for pack in mine:
        shown = contents.entries([i for i in items if i.pack_id == pack.id], kept.gen, kept.known, kept.now)
        for entry in shown:
            kept.put(cards.of_entry(entry, kept.gen.vocabulary, kept.now))
        lines = [{"path": e.path, "title": e.title, "note": e.note, "warning": e.warning} for e in shown]
        yield {"id": pack.id, "name": pack.name, "items": lines}


def _put_page(path: str, kept: _Kept) -> bool:
    page = kept.gen.page(path, dates.day_of(kept.now))
    if page is None or page.kind not in pins.KINDS:
        return False
    kept.put(cards.of_page(page))
    return page.path in kept.cards


def _searches(session: Session, person: Person, kept: _Kept) -> Iterator[dict[str, Any]]:
    """Saved searches, then the last ones, of the directory: as they would be found now."""
    links = saved.links(session, person.id, kept.gen.vocabulary)
    for words, address in [*links["saved"], *links["recent"]][:MOST_SEARCHES]:
        parts = urlsplit(address)
        if parts.path != PATH:
            continue
        criteria = Criteria.from_args(MultiDict(parse_qsl(parts.query)), kept.gen)
        results = kept.gen.search(criteria.query(dates.day_of(kept.now), frozenset(kept.known.closures)))
        paths = [hit.card["path"] for hit in results.hits]
        kept.put_paths(paths)
        yield {
            "words": words,
            "href": address,
            "paths": [path for path in paths if path in kept.cards],
            "total": results.total,
        }
