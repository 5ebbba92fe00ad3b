"""Where a service is held: a feed's locations as front matter."""

import re
from collections.abc import Collection
from typing import Any

from webapp.library.confidential.listings import LOOKS, TOLD, WHERE, is_undecided
from webapp.library.confidential.records import Signs
from webapp.library.confidential.redaction import Secrets
from webapp.library.importing import decisions, postal, repair
from webapp.library.importing.besides import uuid_or_nothing
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, objects, stopped, text
from webapp.library.importing.tagging import Feed, ways

PARAGRAPH = 4000  # characters
MORE_WAYS = ("accessibility", "details")
NOWHERE = {"name": "Confidential location", "confidential": True}  # its text reveals an address that must stay secret


def locations(service: dict[str, Any], words: str, signs: Signs, shown: Collection[str], feed: Feed) -> list[Front]:
    """Every place at which `service` is held.

    `words` is the service's description, in which a place may be named where the feed has no location. `signs` say
    which places must stay secret, `shown` which of these an editor has decided to show (see `decisions.key_of`).
    """
    notes = feed.notes
    given = given_places(service, notes)
    found: list[Front] = []
    for place in given:
        if postal.is_postal(place):
            notes.mended("a postal address is not where it happens: left out")
            continue
        remarks = list(notes.remarks)
        front = location(place, feed.matcher, notes)
        if (why := signs.hides(place)) and is_undecided(front):
            front["confidential"] = decisions.key_of(front) not in shown
            notes.look(LOOKS if front["confidential"] else "looks like a refuge: shown, as an editor decided", why)
        if front.get("confidential"):
            notes.remarks = remarks  # remarks about this place are as secret as the place
            front = {key: value for key, value in front.items() if key in (*WHERE, *TOLD)}
        if front and front not in found:
            found.append(front)
    if not found:
        found = _in_text(service, given, words, signs, notes)
    access = ways(service, feed)
    if access and found:
        found[0]["access"] = list(dict.fromkeys([*found[0].get("access", []), *access]))
    elif afar := [slug for slug in access if slug in {"online", "by-phone"}]:
        found.append({"name": "Online" if "online" in afar else "By telephone", "access": afar})
    return found


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


def location(given: dict[str, Any], matcher: Matcher, notes: Notes) -> Front:
    """One location as front matter."""
    found: Front = {}
    if name := cut(text(given.get("name"), "location name", notes), NOTE, "location name", notes):
        found["name"] = name
    addresses = objects(given.get("addresses"), "addresses", notes)
    if venues := postal.venues(addresses, notes):
        found |= _address(venues[0], name, notes)
    elif any(map(postal.is_postal, addresses)):
        return {}  # its name and its point belong to the postal address
    found |= _point(given, notes)
    access, words = _getting_in(given, matcher, notes)
    is_afar = text(given.get("location_type"), "location_type", notes).lower() == "virtual" and len(found) < 2
    if is_afar and (afar := matcher.term("access", found.get("name", ""))):
        access = list(dict.fromkeys([afar, *access]))
    more = {
        "access": access,
        "access_note": cut(words, PARAGRAPH, "accessibility", notes),
        "transport": _paragraph(given, "transportation", notes),
        "description": _paragraph(given, "description", notes),
        "identifier": _identifier(given, notes),
        "id": uuid_or_nothing(given.get("id")) if found and not is_afar else "",
    }
    return found | {key: value for key, value in more.items() if value}


def _getting_in(given: dict[str, Any], matcher: Matcher, notes: Notes) -> tuple[list[str], str]:
    """Slugs of the access features that the feed says by name or in words, and its words."""
    listed = given.get("accessibility")
    ways = [{"description": listed}] if isinstance(listed, str) else objects(listed, "accessibility", notes)
    parts = [text(way.get(key), "accessibility", notes) for way in ways for key in ("description", "name", *MORE_WAYS)]
    parts = list(dict.fromkeys(part for part in parts if part))
    found = [slug for part in parts for slug in (matcher.mapped(part) or {}).get("access", ())]
    found += filter(None, (matcher.term("access", part) for part in parts))
    # What is a term's name says nothing besides the term.
    words = " ".join(stopped(part) for part in parts if not matcher.term("access", part))
    return list(dict.fromkeys([*found, *matcher.mentioned("access", words)])), words


def _identifier(given: dict[str, Any], notes: Notes) -> Front:
    keys = ("external_identifier", "external_identifier_type")
    value, scheme = (cut(text(given.get(key), key, notes), NOTE, key, notes) for key in keys)
    return {"scheme": scheme or "External", "value": value} if value else {}


def _paragraph(given: dict[str, Any], key: str, notes: Notes) -> str:
    return cut(text(given.get(key), key, notes), PARAGRAPH, key, notes)


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
