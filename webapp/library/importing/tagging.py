"""How a feed classes its services, in our vocabularies: tags, ways of meeting, languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from webapp.library.importing.ledger import Ledger
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import objects, text
from webapp.library.open_referral.taxonomies import SOURCES, taxonomy_id

# Where the standard, its earlier version and publishers of their own accord put the words that class a service.
TAG_LISTS = (
    "attributes", "taxonomies", "taxonomy_terms", "service_taxonomys", "pc_targetAudience", "eligibilitys",
    "eligibility", "suitabilities", "send_needs", "age_bands",
)  # fmt: skip
TAG_FIELDS = ("deliverable_type", "attending_access", "eligibility_description")
TAG_NAMES = ("name", "audienceType", "eligibility", "label", "term")  # of one tag, the first that is there
TOLD_ELSEWHERE = {taxonomy_id(name) for name in (SOURCES, "costs", "languages", "access", "places", "capacity")}
WAYS = {"online": ("online",), "by-phone": ("phone", "telephone", "by phone"), "home-visits": ("home visit",)}


@dataclass(frozen=True)
class Feed:
    """What every record is read with. `name` is what the feed is called in the listings made of it.

    `shown` are the locations that an editor decided to show: see `decisions.shown`.
    """

    name: str
    matcher: Matcher
    notes: Notes
    today: date
    shown: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)


def tag_names(service: dict[str, Any], notes: Notes) -> list[str]:
    """Every word by which a feed classes a service, whatever it calls the list, each once."""
    tags: list[str] = []
    for key in TAG_LISTS:
        given = service.get(key)
        if isinstance(given, list):
            tags += [text(item, key, notes) for item in given if isinstance(item, str)]
            given = [item for item in given if not isinstance(item, str)]
        tags += [_name_of(item, key, notes) for item in objects(given, key, notes) if not _is_told_elsewhere(item)]
    tags += [text(service.get(key), key, notes) for key in TAG_FIELDS]
    return list(dict.fromkeys(filter(None, tags)))


def _is_told_elsewhere(item: dict[str, Any]) -> bool:
    """Whether it is a term by which a Signpost says again what other fields say, or where it has the record from."""
    term = item.get("taxonomy_term")
    return isinstance(term, dict) and term.get("taxonomy_id") in TOLD_ELSEWHERE


def capacity(service: dict[str, Any], feed: Feed) -> dict[str, str]:
    """Whether it takes people, where an attribute says so in our words."""
    for item in objects(service.get("attributes"), "attributes", Notes()):
        is_one = item.get("link_type") == "capacity"
        if is_one and (slug := feed.matcher.term("capacity", _name_of(item, "attributes", feed.notes))):
            return {"status": slug}
    return {}


def _name_of(item: dict[str, Any], key: str, notes: Notes) -> str:
    term = item.get("taxonomy_term")
    older = item.get("taxonomy")  # Open Referral UK 1.0 has the term there; 3 has the taxonomy's name
    holders = [given for given in (term, older, item) if isinstance(given, dict)]
    names = (text(holder.get(name), key, notes) for holder in holders for name in TAG_NAMES)
    return next((name for name in names if name), "")


def tags_of(service: dict[str, Any], feed: Feed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in tag_names(service, feed.notes):
        for vocabulary, slug in feed.matcher.tag(tag):
            if slug not in found.setdefault(vocabulary, []):
                found[vocabulary].append(slug)
    return found


def ways(service: dict[str, Any], feed: Feed) -> list[str]:
    """Slugs of the access vocabulary for how a service is met: from afar, or in people's homes."""
    value = text(service.get("attending_type"), "attending_type", feed.notes).lower()
    known = feed.matcher.terms("access")
    return [slug for slug, spoken in WAYS.items() if value.startswith(spoken) and slug in known]


def languages(service: dict[str, Any], feed: Feed) -> list[str]:
    names = [
        text(item.get(key), "language", feed.notes)
        for item in objects(service.get("languages"), "languages", feed.notes)
        for key in ("name", "code", "language")
    ]
    return list(dict.fromkeys(slug for name in names if name and (slug := feed.matcher.language(name))))


def other_languages(service: dict[str, Any], feed: Feed) -> list[str]:
    """The names of languages that our vocabulary does not have."""
    found: dict[str, None] = {}
    for item in objects(service.get("languages"), "languages", Notes()):
        names = [text(item.get(key), "language", Notes()) for key in ("name", "language", "code")]
        if not any(feed.matcher.language(name) for name in names if name) and (name := next(filter(None, names), "")):
            found[name] = None
    return list(found)
