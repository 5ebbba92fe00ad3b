"""What the directory offers beside what is asked for, as it is at the moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from webapp.gaps.models import Gap
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query

ASSETS = frozenset({"asset"})
FULL, WAITING = "full", "waiting-list"
Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Offer:
    """So many listings, of which so many are full or keep a waiting list; titles and addresses of the first of them."""

    total: int
    full: int
    waiting: int
    href: str
    first: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """“4 listings, 1 with a waiting list, 1 full”"""
        found = "1 listing" if self.total == 1 else f"{self.total:,} listings" if self.total else "Nothing listed"
        held = [(self.waiting, "with a waiting list"), (self.full, "full")]
        return ", ".join([found, *(f"{count:,} {what}" for count, what in held if count)])


class Offers:
    """Asks the directory once for each thing that is asked of it."""

    def __init__(self, gen: Generation) -> None:
        self._gen = gen
        self._known: dict[tuple[tuple[str, tuple[str, ...]], ...], Offer] = {}

    def of(self, filters: Filters, most: int = 0) -> Offer:
        """What there is for these facets, and the first `most` of it by name."""
        key = tuple(sorted((facet, slugs) for facet, slugs in filters.items() if slugs))
        if key not in self._known:
            found = self._gen.search(Query(kinds=ASSETS, filters=dict(key), size=max(most, 1)))
            room = found.facets.get("capacity", {})
            first = tuple((hit.card["title"], hit.card["path"]) for hit in found.hits[:most])
            query = urlencode(dict(key), doseq=True)
            href = f"/directory?{query}" if query else "/directory"
            self._known[key] = Offer(found.total, room.get(FULL, 0), room.get(WAITING, 0), href, first)
        return self._known[key]

    def near(self, gap: Gap, most: int) -> Offer | None:
        """What is near `gap` and of its kind, or for its outcome or its people; None where it says none of these."""
        kinds: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("activity", (gap.activity,) if gap.activity else ()),
            ("outcome", (gap.outcome,) if gap.outcome else ()),
            ("audience", tuple(gap.audiences)),
        )
        kind = next(((facet, slugs) for facet, slugs in kinds if slugs), None)
        if kind is None:
            return None
        return self.of({"place": (gap.place,) if gap.place else (), kind[0]: kind[1]}, most)
