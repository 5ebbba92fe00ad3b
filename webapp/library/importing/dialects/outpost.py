"""Outpost's shape of a service, made HSDS-UK 3's: flat addresses, GeoJSON points, and facts that it has keys for.

Its serialisers: github.com/wearefuturegov/outpost, app/serializers. Each value is lent, so that the ledger tells of the
keys that the feed has.
"""

from typing import Any

from webapp.library.importing.ledger import Node

ADDRESS = ("address_1", "address_2", "city", "region", "state_province", "postal_code", "country")
BANDS = {
    "age_band_under_2": "Under 2 years",
    "age_band_2": "2 years",
    "age_band_3_4": "3 to 4 years",
    "age_band_5_7": "5 to 7 years",
    "age_band_8_plus": "8 years and over",
    "age_band_all": "All ages",
}
REFERRAL = {True: "A referral is needed.", False: "No referral is needed."}


def turn(service: Node) -> None:
    """Give `service`, as Outpost has it, the keys of HSDS-UK 3 that it lacks."""
    for place in _places(service):
        _address(place)
        _point(place)
    if dict.get(service, "free") is True and not dict.get(service, "fees"):
        service.lend("fees", "Free", (service, "free"))
    needs = dict.get(service, "needs_referral")
    if isinstance(needs, bool) and not dict.get(service, "application_process"):
        service.lend("application_process", REFERRAL[needs], (service, "needs_referral"))
    bands = [key for key in BANDS if dict.get(service, key) is True]
    if bands:
        service.lend("age_bands", [BANDS[key] for key in bands], *((service, key) for key in BANDS))
    _local_offer(service)


def _places(service: Node) -> list[Node]:
    given = dict.get(service, "locations")
    held = dict.get(service, "service_at_locations")
    inner = [dict.get(one, "location") for one in held if isinstance(one, Node)] if isinstance(held, list) else []
    return [place for place in [*(given if isinstance(given, list) else []), *inner] if isinstance(place, Node)]


def _address(place: Node) -> None:
    """An address that stands in the location itself, as one under `addresses`."""
    if dict.get(place, "addresses") or not (dict.get(place, "address_1") or dict.get(place, "postal_code")):
        return
    address = Node()
    for key in ADDRESS:
        if dict.get(place, key):
            address.lend(key, dict.get(place, key), (place, key))
    place.lend("addresses", [address])


def _point(place: Node) -> None:
    """A GeoJSON point: longitude before latitude."""
    geometry = dict.get(place, "geometry")
    at = dict.get(geometry, "coordinates") if isinstance(geometry, Node) else None
    if isinstance(at, list) and len(at) == 2 and dict.get(place, "latitude") is None:
        assert isinstance(geometry, Node)
        for key, value in zip(("longitude", "latitude"), at, strict=True):
            place.lend(key, value, (place, "geometry"), (geometry, "coordinates"), (geometry, "type"))


def _local_offer(service: Node) -> None:
    """What a service offers children with special needs, and custom fields, in words: a heading and a text each."""
    told: list[tuple[str, Any]] = []
    read: list[tuple[Node, str]] = []
    offer = dict.get(service, "local_offer")
    if isinstance(offer, Node):
        told.append(("Local offer", dict.get(offer, "description")))
        read += [(service, "local_offer"), (offer, "description")]
        answers = dict.get(offer, "survey_answers")
        for answer in answers if isinstance(answers, list) else []:
            if isinstance(answer, Node):
                told.append((str(dict.get(answer, "question") or "Local offer"), dict.get(answer, "answer")))
                read += [(offer, "survey_answers"), (answer, "question"), (answer, "answer")]
    fields = dict.get(service, "meta")
    for custom in fields if isinstance(fields, list) else []:
        if isinstance(custom, Node) and dict.get(custom, "value"):
            told.append((str(dict.get(custom, "key") or "Besides"), dict.get(custom, "value")))
            read += [(service, "meta"), (custom, "key"), (custom, "value")]
    if told:
        service.lend("told_besides", told, *read)
