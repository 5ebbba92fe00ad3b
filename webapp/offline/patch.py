"""The directory of somebody's patch, as their device keeps it: the same for everybody who works there."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime

from webapp.accounts.starting_place import Start
from webapp.english import dates
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.offline import cards
from webapp.offline.cards import Card
from webapp.packs import contents
from webapp.packs.models import PackItem
from webapp.upkeep.overlay import Overlay

MOST = 800  # listings, about 1.5 kB each, a fifth of that on the way
KEPT = 30  # patches in memory of each process


@dataclass(frozen=True, slots=True)
class Patch:
    """Cards by name, and how many listings serve the patch in all: a device keeps `MOST` of them."""

    cards: tuple[Card, ...]
    total: int


_kept = PerGeneration[OrderedDict[Hashable, Patch]](lambda _generation: OrderedDict())


def of(start: Start, gen: Generation, known: Overlay, now: datetime) -> Patch:
    """What serves the places of `start`, or the whole city: what was checked most recently first."""
    today = dates.day_of(now)
    found = gen.search(_query(start, known, today))
    paths = [hit.card["path"] for hit in found.hits]
    confirmed = tuple((path, day) for path in paths if (day := known.last_confirmed.get(path)))
    key = (start.places, today, known.closures_key, confirmed)
    patches = _kept.of(gen)
    if key not in patches:
        patches[key] = Patch(tuple(_card(path, gen, known, now) for path in paths), found.total)
        if len(patches) > KEPT:
            patches.popitem(last=False)
    return patches[key]


def _query(start: Start, known: Overlay, today: date) -> Query:
    return Query(
        kinds=frozenset({"asset"}),
        filters={"place": start.places} if start.places else {},
        closed=frozenset(known.closures),
        sort="verified",
        size=MOST,
        today=today,
    )


def _card(path: str, gen: Generation, known: Overlay, now: datetime) -> Card:
    entry = contents.entry(PackItem(path=path, title="", note=""), gen, known, now)
    return cards.of_entry(entry, gen.vocabulary, now) or {"path": path, "title": path}
