"""One service of an Open Referral UK feed (HSDS-UK 3.0, and what publishers add to it) as one listing.

Fields: https://openreferraluk.org, service.json. Everything in a record may be missing, empty or of the wrong kind.
"""

import hashlib
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

import orjson

from webapp.library.confidential import records
from webapp.library.front_matter.model import NAMESPACE, gaps
from webapp.library.importing import prose, repair
from webapp.library.importing.contacts import contacts
from webapp.library.importing.details import cost
from webapp.library.importing.kinds import SINGULAR, kind
from webapp.library.importing.ledger import TooDeep, forget, watched
from webapp.library.importing.locations import locations
from webapp.library.importing.matching import unmatched
from webapp.library.importing.notes import Notes
from webapp.library.importing.places import places_of, unplaced
from webapp.library.importing.repair import Front, cut, objects, sayable, text
from webapp.library.importing.schedules import sessions
from webapp.library.importing.statuses import status_of
from webapp.library.importing.tagging import Feed, languages, other_languages, tag_names, tags_of, ways

AS_PUBLISHED = "Also published, and not taken over exactly:"


@dataclass
class ImportedListing:
    """One service, ready to be written. `front` is in the order in which an editor would write it.

    `title` is what it may be called in a report and an address: without the secret that its name may tell.
    `record` is the hash of what the feed has; `remarks` are what of it has no place of its own, in the feed's words.
    """

    id: str
    title: str
    front: Front
    body: str
    record: str
    remarks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The page below its front matter."""
        if not self.remarks:
            return self.body
        remarks = "\n".join(f"- {prose.line(remark)}" for remark in self.remarks)
        return f"{self.body}\n\n{AS_PUBLISHED}\n\n{remarks}".strip()

    @property
    def is_secret(self) -> bool:
        """Whether an address of it must stay secret."""
        return any(place.get("confidential") for place in self.front.get("locations", ()))

    @property
    def is_decided(self) -> bool:
        """Whether an editor decided that an address of it may be shown though it looks secret."""
        return any(place.get("confidential") is False for place in self.front.get("locations", ()))


class Unusable(Exception):
    """A record that no listing can be made of, and why."""


def listing(service: Any, feed: Feed) -> ImportedListing:
    """The listing that `service` becomes; what was mended is noted in `feed.notes`. Raises Unusable."""
    notes = feed.notes
    notes.begin("a service without a name")
    if not isinstance(service, dict):
        raise Unusable("it is not an object")
    record = record_hash(service)
    try:
        service = watched(service)
    except TooDeep:
        raise Unusable("it is nested too deeply to be a service") from None
    signs = records.read(service)
    secrets = signs.secrets()
    if not secrets:
        forget(service)  # it was looked through for what must stay secret, and nothing of it was used
    title = text(service.get("name"), "name", notes)
    if not title:
        raise Unusable(f"it has no name (its id is {str(service.get('id'))[:60]!r})")
    if (what := kind(service)) not in {"", "services"}:
        notes.begin(title[:80])
        raise Unusable(f"it is {SINGULAR[what]}, not a service")
    notes.begin((secrets.hide(title) if secrets else title)[:80], is_secret=bool(secrets))
    organization = service["organization"] if isinstance(service.get("organization"), dict) else {}
    description = _described(service, organization, notes)
    words = prose.words(description)
    organisation = cut(_organisation(organization, feed), 120, "organisation name", notes)
    identity = _identity(service, title, organisation, feed)
    where, ways_in = locations(service, words, signs, feed.shown.get(identity, ()), feed)
    areas = [] if any(place.get("confidential") for place in where) else _areas(service, notes)
    tags = tags_of(service, feed)
    summary, first = _summary(service, title, words, notes)
    prices = objects(service.get("cost_options"), "cost_options", notes)
    front: Front = {
        "title": cut(title, 120, "name", notes),
        "summary": summary,
        "organisation": organisation,
        "status": status_of(service, notes),
        "places": places_of(where, areas, feed.matcher),
        "locations": where,
        **{name: tags.get(name, []) for name in ("activities", "outcomes", "audiences")},
        "age": _age(service, notes),
        "cost": cost(prices, _fees(service, notes), feed.today, feed.matcher, notes),
        "sessions": sessions(service, where, feed),
        "referral": tags.get("referral", []),
        "languages": languages(service, feed),
        "contacts": contacts(service, words, where, notes),
        "url": _url(service, organization, notes),
        "verified": _verified(service, feed),
    }
    front = {key: value for key, value in front.items() if value}
    front["id"] = identity
    for _, message in gaps(front):
        notes.look(message.partition(":")[0])
    body = _body(service, first, description, ways_in, areas, front, feed)
    feed.ledger.add(service)
    return ImportedListing(
        identity, secrets.hide(front["title"]) if secrets else front["title"], front, body, record, notes.remarks
    )


def record_hash(record: dict[str, Any]) -> str:
    """What tells whether the feed's record has changed, whatever the order of its keys."""
    return hashlib.sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def identity_of(record: Any, source: str) -> str:
    """The id of the listing that a record of the feed `source` has or would have; empty where it has no id."""
    given = text(record.get("id"), "id", Notes()) if isinstance(record, dict) else ""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid5(NAMESPACE, f"{source}:{given}")) if given else ""


def _identity(service: dict[str, Any], title: str, organisation: str, feed: Feed) -> str:
    given = text(service.get("id"), "id", feed.notes)
    if made := identity_of(service, feed.name):
        if made != given.lower():
            feed.notes.mended("an id that is no UUID: one made from it", given)
        return made
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


def _summary(service: dict[str, Any], title: str, words: str, notes: Notes) -> tuple[str, str]:
    """One sentence, and the whole of what it was made from, where the description does not say that."""
    for key in ("summary", "short_description", "alternate_name"):
        sentence = text(service.get(key), key, notes)
        if sentence and (key != "alternate_name" or len(sentence.split()) >= prose.FEW):
            short = prose.shortened(sentence)
            return short, "" if short in (sentence, f"{sentence}.") or sentence in " ".join(words.split()) else sentence
    if made := prose.shortened(words):
        return made, ""
    notes.mended("no description: its name used for the summary")
    return cut(f"{title}.", prose.CHARACTERS, "name", notes), ""


def _organisation(organization: dict[str, Any], feed: Feed) -> str:
    if name := text(organization.get("name"), "organisation name", feed.notes):
        return name
    feed.notes.mended("no organisation named: the feed's own name used")
    return feed.name


def _areas(service: dict[str, Any], notes: Notes) -> list[str]:
    areas = objects(service.get("service_areas"), "service_areas", notes)
    return [text(area.get(key), "service area", notes) for area in areas for key in ("name", "service_area")]


def _age(service: dict[str, Any], notes: Notes) -> Front:
    holders = [service, *objects(service.get("eligibilitys"), "eligibilitys", Notes())]
    age: Front = {}
    for key, name in (("min", "minimum_age"), ("max", "maximum_age")):
        for holder in holders:
            if key not in age and (years := _years(text(holder.get(name), name, notes), name, notes)):
                age[key] = years
    if age.get("min", 0) > age.get("max", 120):
        ages = f"{age['min']} to {age['max']}"
        notes.kept_in_words("ages that end before they begin: said in the text", ages, f"Ages: {ages}")
        return {}
    return age


def _years(value: str, name: str, notes: Notes) -> int:
    """Whole years; 0 where there is no limit, and where `value` is no number, which is then kept in the text."""
    match = re.fullmatch(r"(\d{1,3})(\.0+)?\s*(\+|(years?|yrs?)( old| of age)?( and (over|under))?)?", value.lower())
    years = int(match[1]) if match else 0
    if not match and value and not re.fullmatch(r"-1(\.0+)?|any|all( ages)?", value.lower()):
        remark = f"{name.replace('_', ' ').capitalize()}: {value}"
        notes.kept_in_words(
            f"`{name}` was no number of years: said in the text", value, remark if sayable(value) else ""
        )
    return years if years < 120 else 0


def _fees(service: dict[str, Any], notes: Notes) -> str:
    return text(service.get("fees") or service.get("fees_description"), "fees", notes)


def _url(service: dict[str, Any], organization: dict[str, Any], notes: Notes) -> str:
    for holder, key in ((service, "url"), (organization, "website"), (organization, "url")):
        if found := repair.web_address(text(holder.get(key), key, notes), key, notes):
            return found
    return ""


def _verified(service: dict[str, Any], feed: Feed) -> Front:
    metadata = service["pc_metadata"] if isinstance(service.get("pc_metadata"), dict) else {}
    for holder, key in (
        (service, "assured_date"), (metadata, "date_assured"), (service, "last_modified"), (metadata, "date_modified"),
    ):  # fmt: skip
        if found := repair.day(holder.get(key), key, feed.today, feed.notes):
            return {"date": found.isoformat(), "by": f"{feed.name} (as published)"}
    return {}


def _body(
    service: dict[str, Any], first: str, description: str, ways_in: str, areas: list[str], front: Front, feed: Feed
) -> str:
    """Everything that is said in words: `first`, the description, and what has no key of its own in front matter."""
    notes = feed.notes
    other = text(service.get("alternate_name"), "alternate_name", notes)
    tags = unmatched(tag_names(service, notes), feed.matcher)
    met = text(service.get("attending_type"), "attending_type", notes)
    if met.lower() != "venue" and not ways(service, feed):
        tags.append(met)
    more = {
        "Please note": text(service.get("alert"), "alert", notes),
        "In short": first,
        "": description,
        "Good to know": text(service.get("pc_attendingAccess_additionalInfo"), "additional information", notes),
        "How to apply": text(service.get("application_process"), "application_process", notes),
        "Getting in": ways_in,
        "Cost": "" if "cost" in front else _fees(service, notes),
        "Area served": ", ".join(unplaced(areas, feed.matcher)),
        "Languages": ", ".join(other_languages(service, feed)),
        "Accreditations": text(service.get("accreditations"), "accreditations", notes),
        "Also known as": "" if len(other.split()) >= prose.FEW else other,
        "Also listed as": ", ".join(dict.fromkeys(tag.replace(">", ", ") for tag in tags if tag)),
    }
    warnings = [f"Please note: {prose.markdown(warning, notes)}" for warning in notes.warnings]
    parts = [value if not name else f"{name}: {prose.markdown(value, notes)}" for name, value in more.items() if value]
    return "\n\n".join([*warnings, *parts])
