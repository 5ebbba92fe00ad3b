"""Where a service is held: a feed's locations as front matter."""

import re
from collections.abc import Collection
from typing import Any

from webapp.library.confidential.listings import LOOKS, is_undecided
from webapp.library.confidential.records import Signs
from webapp.library.confidential.withholding import Secrets
from webapp.library.importing import decisions, postal, repair
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, objects, stopped, text
from webapp.library.importing.tagging import Feed, ways

NOWHERE = {"name": "Confidential location", "confidential": True}  # its text reveals an address that must stay secret


def locations(
    service: dict[str, Any], words: str, signs: Signs, shown: Collection[str], feed: Feed
) -> tuple[list[Front], str]:
    """Every place at which `service` is held, and what the feed says of getting in.

    `words` is the service's description, in which a place may be named where the feed has no location. `signs` say
    which places must stay secret, `shown` which of these an editor has decided to show (see `decisions.key_of`).
    """
    notes = feed.notes
    given = given_places(service, notes)
    found: list[Front] = []
    access_notes: list[str] = []
    for place in given:
        if postal.is_postal(place):
            notes.mended("a postal address is not where it happens: left out")
            continue
        remarks = list(notes.remarks)
        front, ways_in = location(place, feed.matcher, notes)
        if (why := signs.hides(place)) and is_undecided(front):
            front["confidential"] = decisions.key_of(front) not in shown
            notes.look(LOOKS if front["confidential"] else "looks like a refuge: shown, as an editor decided", why)
        if front.get("confidential"):
            notes.remarks = remarks  # remarks about this place are as secret as the place
        else:
            access_notes.append(ways_in)
        if front and front not in found:
            found.append(front)
    if not found:
        found = _in_text(service, given, words, signs, notes)
    access = ways(service, feed)
    if access and found:
        found[0]["access"] = list(dict.fromkeys([*found[0].get("access", []), *access]))
    elif afar := [slug for slug in access if slug in {"online", "by-phone"}]:
        found.append({"name": "Online" if "online" in afar else "By telephone", "access": afar})
    return found, " ".join(dict.fromkeys(filter(None, access_notes)))


def _in_text(
    service: dict[str, Any], given: list[dict[str, Any]], words: str, signs: Signs, notes: Notes
) -> list[Front]:
    """The one place that the description names, where it names one."""
    if signs.why:
        if not Secrets([]).holds(words):
            return []
        notes.look(LOOKS, signs.why)
        return [dict(NOWHERE)]
    letters = postal.postcodes(service, given)
    codes = [code for code in postal.visited(words) if code not in letters]
    if len(codes) != 1:
        return []
    notes.mended("a postcode found in the text made a location", codes[0])
    return [{"postcode": codes[0]}]


def given_places(service: dict[str, Any], notes: Notes) -> list[dict[str, Any]]:
    """The feed's own locations: those that the service is held at, else those that it lists."""
    at = objects(service.get("service_at_locations"), "service_at_locations", notes)
    held = [where["location"] for where in at if isinstance(where.get("location"), dict)]
    return held or objects(service.get("locations"), "locations", notes)


def location(given: dict[str, Any], matcher: Matcher, notes: Notes) -> tuple[Front, str]:
    """One location as (front matter, what the feed says of getting in)."""
    found: Front = {}
    if name := cut(text(given.get("name"), "location name", notes), NOTE, "location name", notes):
        found["name"] = name
    addresses = objects(given.get("addresses") or given.get("physical_addresses"), "addresses", notes)
    if venues := postal.venues(addresses, notes):
        found |= _address(venues[0], name, notes)
    elif any(map(postal.is_postal, addresses)):
        return {}, ""  # its name and its point belong to the postal address
    found |= _point(given, notes)
    ways = objects(given.get("accessibility") or given.get("accessibility_for_disabilities"), "accessibility", notes)
    parts = [
        text(way.get(key), "accessibility", notes)
        for way in ways
        for key in ("description", "accessibility", "details")
    ]
    words = " ".join(dict.fromkeys(stopped(part) for part in parts if part))
    if access := matcher.mentioned("access", words):
        found["access"] = access
    return found, words


def _address(given: dict[str, Any], name: str, notes: Notes) -> Front:
    # `attention` names a person, `country` nobody needs.
    keys = ("address_1", "address_2", "city", "region", "state_province")
    lines = [text(given.get(key), "address", notes).strip(" ,") for key in keys]
    postcode = text(given.get("postal_code"), "postal_code", notes)
    code = repair.postcode(postcode)
    if postcode and not code:
        notes.mended("a postcode that is none of the UK: kept in the address", postcode)
        lines.append(postcode)
    for at, line in enumerate(lines):
        buried = repair.postcodes_in(line)
        if buried and not code:
            code = buried[0]
            notes.mended("a postcode found inside an address", line)
        if buried and code in buried:
            lines[at] = re.sub(re.escape(code).replace("\\ ", " ?"), "", line).strip(" ,")
    lines = [line for line in dict.fromkeys(lines) if line and line.lower() != name.lower()]
    address = cut(", ".join(lines), NOTE, "address", notes)
    return {key: value for key, value in (("address", address), ("postcode", code)) if value}


def _point(given: dict[str, Any], notes: Notes) -> Front:
    latitude = repair.number(given.get("latitude"), "latitude", notes)
    longitude = repair.number(given.get("longitude"), "longitude", notes)
    if latitude is None or longitude is None:
        return {}
    if -9 <= latitude <= 2 and 49 <= longitude <= 61:
        latitude, longitude = longitude, latitude
        notes.mended("latitude and longitude were changed over", f"{longitude}, {latitude}")
    if not (49 <= latitude <= 61 and -9 <= longitude <= 2):
        if latitude or longitude:
            notes.mended("a point outside the UK: left out", f"{latitude}, {longitude}")
        return {}
    return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}
