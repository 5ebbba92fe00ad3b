"""What a feed says of a service beside its description, place, times and contacts: each in the key of its own.

Fields: HSDS-UK 3.0 and HSDS 3.1, service.json and organization.json. See `front_matter.listing.About`.
"""

import re
import uuid
from typing import Any

from webapp.library.importing import repair
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, objects, sayable, text
from webapp.library.importing.tagging import Feed

LONGEST = 4000  # characters of a paragraph
# What is published where nobody has described an organisation: see `open_referral.services`.
SUPPLIED = re.compile(r"^.+ runs services that are listed by .+\.$")
TITLE = 120  # characters of another name
# Registers by the names that publishers have for them; the schemes are org-id.guide's.
REGISTERS = {"charity_number": "GB-CHC", "company_number": "GB-COH", "tax_id": "Tax number"}


def besides(service: dict[str, Any], feed: Feed) -> Front:
    """Keys of front matter; a key whose value is empty is to be left out."""
    notes = feed.notes
    licences = _paragraph(service, "licenses", notes)
    return {
        "alert": _paragraph(service, "alert", notes),
        "wait_time": _line(service.get("wait_time"), "wait_time", notes),
        "interpretation": _line(service.get("interpretation_services"), "interpretation_services", notes),
        "accreditations": "; ".join(filter(None, (_paragraph(service, "accreditations", notes), licences))),
        "required_documents": _words(service, "required_documents", ("document", "name"), notes),
        "programme": _programme(service, notes),
        "funding": list(dict.fromkeys(_funding(service, notes))),
        "links": _links(service, notes),
        "last_modified": last_modified(service, feed),
    }


def other_name(service: dict[str, Any], few: int, notes: Notes) -> str:
    """What it is also called; a sentence is no name, and stands as the summary."""
    found = text(service.get("alternate_name"), "alternate_name", notes)
    return "" if len(found.split()) >= few else cut(found, TITLE, "alternate name", notes)


def organisation_details(organization: dict[str, Any], notes: Notes) -> Front:
    """What is known of who runs it, beside the name."""
    found: Front = {
        "id": _line(organization.get("id"), "organisation id", notes),
        "parent": _parent(organization, notes),
        "description": SUPPLIED.sub("", _paragraph(organization, "description", notes)),
        "url": _site(organization, ("website", "url"), notes),
        "email": _mailbox(organization, notes),
        "logo": _site(organization, ("logo",), notes),
        "uri": _site(organization, ("uri",), notes),
        "legal_status": _line(organization.get("legal_status"), "legal_status", notes),
        "identifiers": _identifiers(organization, notes),
    }
    return {key: value for key, value in found.items() if value}


def last_modified(service: dict[str, Any], feed: Feed) -> str:
    """The day the feed says the record was changed: nobody's check."""
    metadata = service["pc_metadata"] if isinstance(service.get("pc_metadata"), dict) else {}
    for holder in (service, metadata):
        if found := repair.day(holder.get("last_modified"), "last_modified", feed.today, feed.notes):
            return found.isoformat()
    return ""


def verified(service: dict[str, Any], feed: Feed) -> Front:
    """When somebody assured the record, which is a check, and whose: the feed's. A change is none."""
    metadata = service["pc_metadata"] if isinstance(service.get("pc_metadata"), dict) else {}
    days = [repair.day(one.get("assured_date"), "assured_date", feed.today, feed.notes) for one in (service, metadata)]
    assured = next(filter(None, days), None)
    return {"date": assured.isoformat(), "by": f"{feed.name} (as published)"} if assured else {}


def uuid_or_nothing(value: Any) -> str:
    """`value` as a UUID, where it is one."""
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""


def _paragraph(holder: dict[str, Any], key: str, notes: Notes) -> str:
    return cut(text(holder.get(key), key, notes), LONGEST, key.replace("_", " "), notes)


def _line(value: Any, key: str, notes: Notes) -> str:
    return cut(text(value, key, notes), NOTE, key.replace("_", " "), notes)


def _words(service: dict[str, Any], key: str, names: tuple[str, ...], notes: Notes) -> list[str]:
    """The words of a list of objects, or of plain words."""
    given = service.get(key)
    if isinstance(given, str):
        given = [given]
    listed = given if isinstance(given, list) else objects(given, key, notes)
    said: list[str] = []
    for item in listed:
        parts = [item.get(name) for name in names] if isinstance(item, dict) else [item]
        said += [found for part in parts if (found := _line(part, key, notes))][:1]
        if isinstance(item, dict) and (link := _site(item, ("uri",), notes)):
            said[-1:] = [f"{said[-1]} ({link})" if said else link]
    return list(dict.fromkeys(said))


def _programme(service: dict[str, Any], notes: Notes) -> str:
    given = service.get("program")
    name = given.get("name") if isinstance(given, dict) else given
    return _line(name, "program", notes)


def _funding(service: dict[str, Any], notes: Notes) -> list[str]:
    organization = service.get("organization")
    holders = [service, organization] if isinstance(organization, dict) else [service]
    return [source for holder in holders for source in _words(holder, "funding", ("source",), notes)]


def _links(service: dict[str, Any], notes: Notes) -> list[Front]:
    """Further pages of the service and of its organisation, each once."""
    organization = service.get("organization")
    given = objects(service.get("additional_urls"), "additional_urls", notes)
    if isinstance(organization, dict):
        given += objects(organization.get("additional_urls"), "additional_urls", notes)
    offer = service.get("local_offer")
    if isinstance(offer, dict) and isinstance(offer.get("link"), str):
        given.append({"url": offer.get("link"), "label": "Local offer"})
    found: dict[str, Front] = {}
    for link in given:
        if address := _site(link, ("url",), notes):
            title = next((said for key in ("label", "title", "name") if (said := _line(link.get(key), key, notes))), "")
            found.setdefault(address, {"url": address, "title": title} if title else {"url": address})
    return list(found.values())


def _site(holder: dict[str, Any], keys: tuple[str, ...], notes: Notes) -> str:
    for key in keys:
        if found := repair.web_address(text(holder.get(key), key, notes), key, notes):
            return found
    return ""


def _mailbox(organization: dict[str, Any], notes: Notes) -> str:
    said = "organisation e-mail"
    return repair.email(text(organization.get("email"), said, notes), said, notes)


def _parent(organization: dict[str, Any], notes: Notes) -> str:
    """Its name, where the feed has it, else its id."""
    given = organization.get("parent_organization")
    name = _line(given.get("name"), "parent organisation", notes) if isinstance(given, dict) else ""
    identity = _line(organization.get("parent_organization_id"), "parent organisation", notes)
    return name or identity


def _identifiers(organization: dict[str, Any], notes: Notes) -> list[Front]:
    given = objects(organization.get("organization_identifiers"), "organization_identifiers", notes)
    found: list[Front] = []
    for item in given:
        value = _line(item.get("identifier"), "identifier", notes)
        schemes = [_line(item.get(key), key, notes) for key in ("identifier_scheme", "identifier_type")]
        if value and sayable(value):
            found.append({"scheme": next(filter(None, schemes), "Register"), "value": value})
    for key, scheme in REGISTERS.items():
        if value := _line(organization.get(key), key, notes):
            found.append({"scheme": scheme, "value": value})
    return [item for at, item in enumerate(found) if item not in found[:at]]
