"""Which of our neighbourhoods a feed's addresses are in."""

from functools import lru_cache
from math import cos, hypot, radians
from typing import Any

from webapp.library.importing.matching import Matcher
from webapp.library.search.text import words
from webapp.library.terms import Term

FAR = 0.1  # degrees of latitude, 11 km: a point farther than this from a neighbourhood's centre is not in it


def places_of(locations: list[dict[str, Any]], areas: list[str], matcher: Matcher) -> list[str]:
    """Slugs of the neighbourhoods that `locations` stand in and that `areas` (names of areas served) name.

    A postcode decides; where its district is shared by several neighbourhoods, a point or a name among them does,
    else it is all of them. A name in an address counts only where there is no postcode: Bradford is a city too.
    A confidential location names none: readers would be told the neighbourhood to look in.
    """
    found: dict[str, None] = {}
    for location in (place for place in locations if not place.get("confidential")):
        for slug in _named_in(location, matcher.places):
            found[slug] = None
    for area in areas:
        if slug := matcher.term("places", area):
            found[slug] = None
    return list(found)


def unplaced(areas: list[str], matcher: Matcher) -> list[str]:
    """The areas served that are no place of ours, so that the listing's text can say them."""
    return list(dict.fromkeys(area for area in areas if area and not matcher.term("places", area)))


def _named_in(location: dict[str, Any], places: list[Term]) -> list[str]:
    whole = f" {_plain(location.get('name', ''))} {_plain(location.get('address', ''))} "
    named = [term for term in places if any(name in whole for name in _names(term.label, term.also))]
    if not location.get("postcode"):
        return [term.slug for term in named]
    outward = location["postcode"].partition(" ")[0]
    shared = [term for term in places if outward in term.outward]
    if len(shared) > 1 and "latitude" in location:
        shared = sorted(shared, key=lambda term: _apart(term, location))[:1]
        return [term.slug for term in shared if _apart(term, location) < FAR]
    return [term.slug for term in shared if term in named] or [term.slug for term in shared]


@lru_cache(4096)
def _names(label: str, also: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {_plain(name)} " for name in (label, *also))


def _apart(term: Term, location: dict[str, Any]) -> float:
    if term.centre is None:
        return FAR
    north = term.centre[0] - location["latitude"]
    east = (term.centre[1] - location["longitude"]) * cos(radians(term.centre[0]))
    return hypot(north, east)


def _plain(text: str) -> str:
    return " ".join(words(text))
