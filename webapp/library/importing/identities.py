"""Which id each service gets, so that none is lost or swapped where a feed gives one id to two of them."""

import uuid
from collections import defaultdict
from collections.abc import Callable

from webapp.library.front_matter.model import NAMESPACE
from webapp.library.importing.notes import Notes
from webapp.library.importing.oruk import ImportedListing

TitleOf = Callable[[str], str]  # the id of an existing listing → its title; empty where no listing has the id


def settle(listings: list[ImportedListing], title_of: TitleOf, notes: Notes) -> list[ImportedListing]:
    """`listings` without those that came twice, each with an id of its own.

    Of two with one id and different names both are kept: the one that bears the name of the listing that is there, else
    the first by name, keeps the id, and the other gets one made of the id and its name, the same at every import
    whatever the order. Of two with one id and one name the one that was verified last is kept; the other is told.
    """
    alike: dict[str, dict[str, list[ImportedListing]]] = defaultdict(lambda: defaultdict(list))
    for listing in listings:
        alike[listing.id][_plain(listing.front["title"])].append(listing)
    kept: set[int] = set()
    for identity, by_name in alike.items():
        unique = [_newest(several, notes) for several in by_name.values()]
        kept |= {id(listing) for listing in unique}
        _share(identity, unique, title_of, notes)
    return [listing for listing in listings if id(listing) in kept]


def _newest(several: list[ImportedListing], notes: Notes) -> ImportedListing:
    """The one to keep of those with one id and one name; whichever came first, it is the same one."""
    first, *rest = sorted(several, key=lambda one: (_verified(one), one.record), reverse=True)
    for other in rest:
        notes.begin(other.title)
        if other.record == first.record:
            notes.mended("a service that came twice, word for word: kept once")
        else:
            keys = sorted(key for key in first.front | other.front if first.front.get(key) != other.front.get(key))
            differs = f"they differ in {', '.join(keys)}" if keys else "they differ in their text"
            notes.leave_out(f"another service has its id, {other.id}, and its name; {differs}")
    return first


def _share(identity: str, listings: list[ImportedListing], title_of: TitleOf, notes: Notes) -> None:
    made = {id(one): str(uuid.uuid5(NAMESPACE, f"{identity}:{_plain(one.front['title'])}")) for one in listings}
    others = [one for one in listings if title_of(made[id(one)])]  # had one of its own before
    free = sorted((one for one in listings if one not in others), key=lambda one: _plain(one.front["title"]))
    if len(listings) > 1:
        there = _plain(title_of(identity))
        holder = next((one for one in free if _plain(one.front["title"]) == there), free[0] if free else None)
        others += [one for one in free if one is not holder]
        names = " and ".join(f"“{one.title}”" for one in listings)
        for one in others:
            notes.begin(one.title)
            notes.look("its id is that of another service too: both are kept, under two ids", names)
    for one in others:
        one.id = made[id(one)]
        one.front = {**one.front, "id": one.id}


def _verified(listing: ImportedListing) -> str:
    return str(listing.front.get("verified", {}).get("date", ""))


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
