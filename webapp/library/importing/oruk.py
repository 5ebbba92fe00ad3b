"""One service of an Open Referral UK feed (HSDS-UK 3.0, and what publishers add to it) as one listing.

Fields: https://openreferraluk.org, service.json. Everything in a record may be missing, empty or of the wrong kind.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from webapp.library.confidential import records
from webapp.library.front_matter.model import NAMESPACE, gaps
from webapp.library.importing import prose, repair
from webapp.library.importing.contacts import contacts
from webapp.library.importing.details import cost
from webapp.library.importing.locations import locations
from webapp.library.importing.matching import unmatched
from webapp.library.importing.notes import Notes
from webapp.library.importing.places import places_of
from webapp.library.importing.repair import Front, cut, objects, text
from webapp.library.importing.schedules import sessions
from webapp.library.importing.tagging import Feed, languages, said_tags, tags_of, ways

STATUSES = {"active", "inactive", "defunct", "temporarily closed"}


@dataclass
class Listing:
    """One service, ready to be written. `front` is in the order in which an editor would write it.

    `title` is what it may be called in a report and an address: without the secret that its name may tell.
    """

    id: str
    title: str
    front: Front
    body: str
    record: dict[str, Any] = field(repr=False)

    @property
    def is_secret(self) -> bool:
        """Whether an address of it must not be told."""
        return any(place.get("confidential") for place in self.front.get("locations", ()))

    @property
    def is_decided(self) -> bool:
        """Whether an editor said that an address of it may be told though it looks secret."""
        return any(place.get("confidential") is False for place in self.front.get("locations", ()))


class Unusable(Exception):
    """A record that no listing can be made of, and why."""


def listing(service: Any, feed: Feed) -> Listing:
    """The listing that `service` becomes; what was mended is told to `feed.notes`. Raises Unusable."""
    notes = feed.notes
    notes.begin("a service without a name")
    if not isinstance(service, dict):
        raise Unusable("it is not an object")
    title = text(service.get("name"), "name", notes)
    if not title:
        raise Unusable(f"it has no name (its id is {str(service.get('id'))[:60]!r})")
    signs = records.read(service)
    secrets = signs.secrets()
    notes.begin((secrets.hide(title) if secrets else title)[:80], is_secret=bool(secrets))
    organization = service["organization"] if isinstance(service.get("organization"), dict) else {}
    description = _described(service, organization, notes)
    words = prose.words(description)
    organisation = cut(_organisation(organization, feed), 120, "organisation name", notes)
    identity = _identity(service, title, organisation, feed)
    where, ways_in = locations(service, words, signs, feed.shown.get(identity, ()), feed)
    areas = [] if any(place.get("confidential") for place in where) else _areas(service, notes)
    tags = tags_of(service, feed)
    front: Front = {
        "title": cut(title, 120, "name", notes),
        "summary": _summary(service, title, words, notes),
        "organisation": organisation,
        "status": _status(service, notes),
        "places": places_of(where, areas, feed.matcher),
        "locations": where,
        **{name: tags.get(name, []) for name in ("activities", "outcomes", "audiences")},
        "age": _age(service, feed),
        "cost": cost(_list(service, "cost_options", notes), _fees(service, notes), feed.today, feed.matcher, notes),
        "sessions": sessions(_schedules(service, notes), feed.matcher, notes),
        "referral": tags.get("referral", []),
        "languages": languages(service, feed),
        "contacts": contacts(service, words, notes),
        "url": _url(service, organization, notes),
        "verified": _verified(service, feed),
    }
    front = {key: value for key, value in front.items() if value}
    front["id"] = identity
    for _, said in gaps(front):
        notes.look(said.partition(":")[0])
    body = _body(service, description, ways_in, "cost" in front, feed)
    return Listing(identity, secrets.hide(front["title"]) if secrets else front["title"], front, body, service)


def _identity(service: dict[str, Any], title: str, organisation: str, feed: Feed) -> str:
    given = text(service.get("id"), "id", feed.notes)
    try:
        return str(uuid.UUID(given))
    except ValueError:
        pass
    if given:
        feed.notes.mended("an id that is no UUID: one made from it", given)
        return str(uuid.uuid5(NAMESPACE, f"{feed.name}:{given}"))
    feed.notes.mended("no id: one made from its name and organisation")
    return str(uuid.uuid5(NAMESPACE, f"{feed.name}:{organisation}:{title}"))


def _described(service: dict[str, Any], organization: dict[str, Any], notes: Notes) -> str:
    for holder, key in ((service, "description"), (organization, "description")):
        given = holder.get(key)
        if given is not None and not isinstance(given, str):
            text(given, key, notes)
        elif given and given.strip():
            if holder is organization:
                notes.mended("no description: that of its organisation used")
            if made := prose.markdown(given, notes):
                return made
    return ""


def _summary(service: dict[str, Any], title: str, words: str, notes: Notes) -> str:
    for key in ("summary", "short_description", "alternate_name"):
        said = text(service.get(key), key, notes)
        if said and (key != "alternate_name" or len(said.split()) >= prose.FEW):
            return prose.shortened(said)
    made = prose.shortened(words)
    if not made:
        notes.mended("no description: its name used for the summary")
        return cut(f"{title}.", prose.CHARACTERS, "name", notes)
    return made


def _organisation(organization: dict[str, Any], feed: Feed) -> str:
    if said := text(organization.get("name"), "organisation name", feed.notes):
        return said
    feed.notes.mended("no organisation named: the feed's own name used")
    return feed.name


def _status(service: dict[str, Any], notes: Notes) -> str:
    said = text(service.get("status"), "status", notes).lower()
    if said in STATUSES:
        return said
    notes.mended("no status we know: taken to be active", said)
    return "active"


def _areas(service: dict[str, Any], notes: Notes) -> list[str]:
    areas = _list(service, "service_areas", notes)
    return [text(area.get(key), "service area", notes) for area in areas for key in ("name", "service_area")]


def _age(service: dict[str, Any], feed: Feed) -> Front:
    holders = [service, *(e for e in _list(service, "eligibilitys", feed.notes, quiet=True))]
    age: Front = {}
    for key, name in (("min", "minimum_age"), ("max", "maximum_age")):
        for holder in holders:
            years = repair.number(holder.get(name), name, feed.notes)
            if years is not None and key not in age and 0 < years < 120:
                age[key] = int(years)
    if age.get("min", 0) > age.get("max", 120):
        feed.notes.mended("ages that end before they begin: left out", f"{age['min']} to {age['max']}")
        return {}
    return age


def _fees(service: dict[str, Any], notes: Notes) -> str:
    return text(service.get("fees") or service.get("fees_description"), "fees", notes)


def _schedules(service: dict[str, Any], notes: Notes) -> list[dict[str, Any]]:
    holders = [service, *_list(service, "service_at_locations", notes, quiet=True)]
    holders += [h["location"] for h in holders[1:] if isinstance(h.get("location"), dict)]
    return [
        schedule
        for holder in holders
        for key in ("schedules", "regular_schedules")
        for schedule in objects(holder.get(key), key, notes)
    ]


def _url(service: dict[str, Any], organization: dict[str, Any], notes: Notes) -> str:
    written = [
        (service.get("url"), "url"),
        (organization.get("website"), "website"),
        (organization.get("url"), "website"),
    ]
    found = (repair.web_address(text(value, name, notes), name, notes) for value, name in written if value)
    return next((url for url in found if url), "")


def _verified(service: dict[str, Any], feed: Feed) -> Front:
    metadata = service["pc_metadata"] if isinstance(service.get("pc_metadata"), dict) else {}
    given = (
        (service.get("assured_date"), "assured_date"),
        (metadata.get("date_assured"), "date_assured"),
        (service.get("last_modified"), "last_modified"),
        (metadata.get("date_modified"), "date_modified"),
    )
    for value, name in given:
        if found := repair.day(value, name, feed.today, feed.notes):
            return {"date": found.isoformat(), "by": f"{feed.name} (as published)"}
    return {}


def _body(service: dict[str, Any], description: str, ways_in: str, priced: bool, feed: Feed) -> str:
    notes = feed.notes
    other = text(service.get("alternate_name"), "alternate_name", notes)
    tags = unmatched(said_tags(service, notes), feed.matcher)
    met = text(service.get("attending_type"), "attending_type", notes)
    if met.lower() != "venue" and not ways(service, feed):
        tags.append(met)
    more = {
        "Please note": text(service.get("alert"), "alert", notes),
        "": description,
        "Good to know": text(service.get("pc_attendingAccess_additionalInfo"), "additional information", notes),
        "How to apply": text(service.get("application_process"), "application_process", notes),
        "Getting in": ways_in,
        "Cost": "" if priced else _fees(service, notes),
        "Accreditations": text(service.get("accreditations"), "accreditations", notes),
        "Also known as": "" if len(other.split()) >= prose.FEW else other,
        "Also listed as": ", ".join(dict.fromkeys(tag.replace(">", ", ") for tag in tags if tag)),
    }
    parts = [said if not name else f"{name}: {prose.markdown(said, notes)}" for name, said in more.items() if said]
    return "\n\n".join(parts)


def _list(service: dict[str, Any], key: str, notes: Notes, quiet: bool = False) -> list[dict[str, Any]]:
    """The objects under `key`; `quiet` where its faults were told already."""
    return objects(service.get(key), key, Notes() if quiet else notes)
