"""One service of a feed as one listing. It is read by the names of HSDS-UK 3; `dialects` turns others into these.

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
from webapp.library.importing import clocks, prose, repair
from webapp.library.importing.ages import age
from webapp.library.importing.besides import besides, organisation_details, other_name, verified
from webapp.library.importing.contacts import contacts
from webapp.library.importing.details import cost, prices
from webapp.library.importing.dialects import outpost
from webapp.library.importing.dialects.names import NAMES
from webapp.library.importing.kinds import SINGULAR, kind
from webapp.library.importing.ledger import TooDeep, forget, watched
from webapp.library.importing.locations import locations
from webapp.library.importing.matching import unmatched
from webapp.library.importing.notes import Notes
from webapp.library.importing.places import places_of, unplaced
from webapp.library.importing.repair import NOTE, Front, cut, objects, text
from webapp.library.importing.schedules import holidays, sessions
from webapp.library.importing.statuses import status_of
from webapp.library.importing.tagging import Feed, capacity, languages, other_languages, tag_names, tags_of, ways
from webapp.library.listings.table import ORDER

BEGINS = re.compile(r"^\\(?=[-+#>])")
AS_PUBLISHED = "Also published, and not taken over exactly:"


@dataclass(slots=True)
class ImportedListing:
    """One service, ready to be written. `front` is in the order in which an editor would write it.

    `title` is what it may be called in a report and an address: without the secret that its name may tell.
    `record` is the hash of what the feed has; `remarks` are what of it has no place of its own, in the feed's words.
    `packed` is `front` as JSON: all of a feed's stand in memory until the last is read, and objects take five times
    the room.
    """

    id: str
    title: str
    packed: bytes
    body: str
    record: str
    remarks: list[str] = field(default_factory=list)

    @property
    def front(self) -> Front:
        """Made anew each time: to change it is to set it."""
        return orjson.loads(self.packed)

    @front.setter
    def front(self, front: Front) -> None:
        self.packed = orjson.dumps(front)

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
        service = watched(service, NAMES)
    except TooDeep:
        raise Unusable("it is nested too deeply to be a service") from None
    outpost.turn(service)
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
    where = locations(service, words, signs, feed.shown.get(identity, ()), feed)
    areas = [] if any(place.get("confidential") for place in where) else _areas(service, notes)
    tags = tags_of(service, feed)
    summary, first = _summary(service, title, words, notes)
    description = _without(description, summary)
    options = objects(service.get("cost_options"), "cost_options", notes)
    front: Front = {
        "title": cut(title, 120, "name", notes),
        "summary": summary,
        "organisation": organisation,
        "status": status_of(service, notes),
        "places": places_of(where, areas, feed.matcher),
        "service_areas": [cut(area, NOTE, "service area", notes) for area in unplaced(areas, feed.matcher)],
        "locations": where,
        **{name: tags.get(name, []) for name in ("activities", "outcomes", "audiences")},
        "listed_as": [cut(tag, NOTE, "tag", notes) for tag in _listed_as(service, feed)],
        "age": age(service, notes),
        "cost": cost(options, _fees(service, notes), feed.today, feed.matcher, notes),
        "prices": prices(options, feed.today, notes),
        "sessions": sessions(service, where, feed),
        "referral": tags.get("referral", []),
        "capacity": capacity(service, feed),
        "languages": languages(service, feed),
        "other_languages": [cut(name, NOTE, "language", notes) for name in other_languages(service, feed)],
        "contacts": contacts(service, words, where, notes),
        "url": _url(service, organization, notes),
        "organisation_details": organisation_details(organization, notes),
        "verified": verified(service, feed),
        "alternate_name": other_name(service, prose.FEW, notes),
        **besides(service, feed),
        **_shown_between(service, feed),
    }
    front["alert"] = " ".join(filter(None, (front["alert"], *holidays(service, feed))))
    front = {key: front[key] for key in ORDER if front.get(key)}
    front["id"] = identity
    for _, message in gaps(front):
        notes.look(message.partition(":")[0])
    body = _body(service, first, description, front, feed)
    feed.ledger.add(service)
    shown = secrets.hide(front["title"]) if secrets else front["title"]
    return ImportedListing(identity, shown, orjson.dumps(front), body, record, notes.remarks)


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
    # Ours tells in HTML what its plain text leaves out.
    for holder, key in ((service, "description_html"), (service, "description"), (organization, "description")):
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


def _without(description: str, summary: str) -> str:
    """`description` without a first paragraph that is the summary, and so stands above it already."""
    paragraph, _, rest = description.partition("\n\n")
    return rest if rest and prose.words(paragraph) == summary else description


def _organisation(organization: dict[str, Any], feed: Feed) -> str:
    if name := text(organization.get("name"), "organisation name", feed.notes):
        return name
    feed.notes.mended("no organisation named: the feed's own name used")
    return feed.name


def _areas(service: dict[str, Any], notes: Notes) -> list[str]:
    areas = objects(service.get("service_areas"), "service_areas", notes)
    return [text(area.get(key), "service area", notes) for area in areas for key in ("name", "service_area")]


def _fees(service: dict[str, Any], notes: Notes) -> str:
    return text(service.get("fees") or service.get("fees_description"), "fees", notes)


def _url(service: dict[str, Any], organization: dict[str, Any], notes: Notes) -> str:
    for holder, key in ((service, "url"), (organization, "website"), (organization, "url")):
        if found := repair.web_address(text(holder.get(key), key, notes), key, notes):
            return found
    return ""


def _shown_between(service: dict[str, Any], feed: Feed) -> Front:
    """Between which days its publisher shows it."""
    found: Front = {}
    for name, key in (("publish_from", "visible_from"), ("expires", "visible_to")):
        if day := clocks.day(text(service.get(key), key, feed.notes)):
            found[name] = day.isoformat()
    return found


def _listed_as(service: dict[str, Any], feed: Feed) -> list[str]:
    """The words by which the feed classes it that none of our vocabularies has."""
    tags = unmatched(tag_names(service, feed.notes), feed.matcher)
    met = text(service.get("attending_type"), "attending_type", feed.notes)
    if met and met.lower() != "venue" and not ways(service, feed):
        tags.append(met)
    feed.notes.unmapped.update(tags)
    return list(dict.fromkeys(tag.replace(">", ", ") for tag in tags if tag))


def _told_besides(service: dict[str, Any], notes: Notes) -> list[str]:
    """What a dialect has headings of its own for, a paragraph each."""
    told = service.get("told_besides")
    said = [(text(name, "heading", notes), given) for name, given in told] if isinstance(told, list) else []
    texts = [(name, prose.markdown(given, notes)) for name, given in said if isinstance(given, str)]
    return [f"{name}: {words}" for name, words in texts if words]


def _room(service: dict[str, Any], notes: Notes) -> str:
    """How many places there are, as published: `3 of 12 beds available`."""
    said: list[str] = []
    for given in objects(service.get("capacities"), "capacities", notes):
        free, most = (text(given.get(key), "capacity", notes) for key in ("available", "maximum"))
        unit = given.get("unit")
        of = text(unit.get("name") if isinstance(unit, dict) else "", "unit", notes) or "places"
        number = f"{free} of {most} {of} available" if free and most else f"{free or most} {of}" if free or most else ""
        said += filter(None, (number, text(given.get("description"), "capacity", notes)))
    return "; ".join(said)


def _labelled(name: str, value: str, notes: Notes) -> str:
    """`Cost: £3`; what would be a mark at the beginning of a line is none after a name."""
    return f"{name}: {BEGINS.sub('', prose.markdown(value, notes))}"


def _body(service: dict[str, Any], first: str, description: str, front: Front, feed: Feed) -> str:
    """Everything that is said in words: `first`, the description, and what has no key of its own in front matter."""
    notes = feed.notes
    more = {
        "In short": first,
        "": description,
        "Good to know": text(service.get("pc_attendingAccess_additionalInfo"), "additional information", notes),
        "How to apply": text(service.get("application_process"), "application_process", notes),
        "Room": _room(service, notes),
        "Cost": "" if "cost" in front else _fees(service, notes),
    }
    if any(value for name, value in more.items() if name) and prose.words(description) == front["summary"]:
        del more[""]  # the summary stands above it already
    warnings = [f"Please note: {prose.markdown(warning, notes)}" for warning in notes.warnings]
    parts = [value if not name else _labelled(name, value, notes) for name, value in more.items() if value]
    return "\n\n".join([*warnings, *parts, *_told_besides(service, notes)])
