"""Where a service is and whom it serves: locations, addresses and service areas. Never those of a secret place."""

import re
from typing import Any

from webapp.library.front_matter.listing import Identifier, Location
from webapp.library.front_matter.model import Asset
from webapp.library.open_referral.ids import Owner
from webapp.library.site import OpenReferral
from webapp.library.vocabulary import Vocabulary

AFAR = frozenset({"online", "by-phone"})  # slugs of the access vocabulary: nobody goes anywhere
UPRN = "UPRN"


def is_secret(asset: Asset) -> bool:
    """Whether any of its locations is kept secret: then nothing tells where it is."""
    return any(place.confidential for place in asset.locations)


def locations(asset: Asset, owner: Owner, vocabulary: Vocabulary, site: OpenReferral) -> list[dict[str, Any]]:
    """Its open locations, in their order, with everything of our own: `profile.pure` takes out what HSDS-UK has not."""
    return [_location(place, asset, owner, vocabulary, site) for place in asset.open_locations]


def areas(asset: Asset, owner: Owner, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The areas that it serves, by name. Of a service with a secret place only that it serves everybody."""
    names = [*asset.service_areas, *(vocabulary.label("places", slug) for slug in asset.places)]
    if is_secret(asset):
        names = []
    if asset.citywide:
        names.append("The whole area of this directory")
    return [{"id": owner.part("service_area", name), "name": name, "service_area": name} for name in names]


def _location(
    place: Location, asset: Asset, owner: Owner, vocabulary: Vocabulary, site: OpenReferral
) -> dict[str, Any]:
    says = [place.name, place.address, place.postcode, place.latitude, place.longitude]
    identity = str(place.id) if place.id else owner.part("location", says)
    parts = Owner(identity)
    made: dict[str, Any] = {"id": identity, "location_type": "physical" if _is_somewhere(place) else "virtual"}
    if place.name:
        made["name"] = place.name
    address = _address(place, asset, parts, vocabulary, site)
    described = [place.description, place.address if address is None else None]
    if text := "\n\n".join(filter(None, described)):
        made["description"] = text
    if place.transport:
        made["transportation"] = place.transport
    if place.point:
        made["latitude"], made["longitude"] = place.point
    made |= _identifier(place.identifier)
    if address:
        made["addresses"] = [address]
    if features := _access(place, parts, vocabulary):
        made["accessibility"] = features
    return made


def _is_somewhere(place: Location) -> bool:
    return bool(place.point or place.address or place.postcode or not place.access or set(place.access) - AFAR)


def _identifier(identifier: Identifier | None) -> dict[str, Any]:
    if identifier is None:
        return {}
    return {"external_identifier": identifier.value, "external_identifier_type": identifier.scheme}


def _address(
    place: Location, asset: Asset, owner: Owner, vocabulary: Vocabulary, site: OpenReferral
) -> dict[str, Any] | None:
    """The address in the fields that the standard requires; None where any of them cannot be filled truthfully."""
    lines = [line.strip() for line in re.split(r"[,\n]", place.address or "") if line.strip()]
    town = site.town or (lines[-1] if len(lines) > 1 and not re.search(r"\d", lines[-1]) else "")
    town = town or (vocabulary.label("places", asset.places[0]) if asset.places else "")
    if not lines or not place.postcode or not town:
        return None
    county = site.county or town
    said = {town.lower(), county.lower()}
    made = {
        "address_1": ", ".join(line for line in lines if line.lower() not in said) or lines[0],
        "city": town,
        "state_province": county,
        "postal_code": place.postcode,
        "country": "GB",
        "address_type": "physical",
    }
    return {"id": owner.part("address", made), **made}


def _access(place: Location, owner: Owner, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    labels = [vocabulary.label("access", slug) for slug in place.access]
    made = [{"description": label, "accessibility": label} for label in labels]
    if place.access_note and _says_more(place.access_note, labels):
        made.append({"description": place.access_note, "accessibility": place.access_note})
    return [{"id": owner.part("accessibility", one["description"]), **one} for one in made]


def _says_more(note: str, labels: list[str]) -> bool:
    """Whether a note says anything besides the features that are named already."""
    for label in sorted(labels, key=len, reverse=True):
        note = note.replace(label, "")
    return bool(re.search(r"\w", note))
