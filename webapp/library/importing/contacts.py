"""Whom to ask: a feed's contacts, phones and e-mail addresses. A contact is a role, never a person."""

import re
from collections.abc import Iterator
from typing import Any

from webapp.library.importing import phones, repair
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, objects, sayable, text

# With these words, what a feed calls a contact's name is not the name of a person.
ROLE = re.compile(
    r"\b(team|office|reception|service|services|centre|center|desk|enquir\w*|admin\w*|coordinator|co-ordinator|manager"
    r"|line|helpline|hub|support|secretary|committee|trust|council|group|club|church|library|advice|bookings?|keeper"
    r"|caretaker|warden|treasurer|chair|leader|organiser|worker|officer|volunteers?)\b",
    re.IGNORECASE,
)
ADDRESSED = re.compile(
    r"(mr|mrs|ms|mx|miss|dr|rev(erend)?|prof(essor)?|sir|dame|lady|lord|cllr|fr|sr)\.?", re.IGNORECASE
)
ABOUT = {"name", "at", "of", "note"}  # what is said of a number or an address
PHONES_IN_PROSE = 2  # more than these are the numbers of several places, and none is the one to ring


def contacts(service: dict[str, Any], prose: str, where: list[Front], notes: Notes) -> list[Front]:
    """Whom to ask: what belongs to the service and to it at each place, its places, its organisation; else its text.

    `where` are the locations as they will be shown. Those of one of several places, and those of a place or of the
    organisation that the service has beside its own, say so.
    """
    at = objects(service.get("service_at_locations"), "service_at_locations", Notes())
    found = [*_contacts(service, notes), *_emails(service, "email", notes)]
    for held in at:
        place = place_named(held, where)
        found += [_at(place, contact) for contact in (*_contacts(held, notes), *_emails(held, "email", notes))]
    has_own = _has(found, "phone")
    for held in at or objects(service.get("locations"), "locations", Notes()):
        found += _of_place(held, where, notes, names_it=has_own)
    organization = service.get("organization")
    if isinstance(organization, dict):
        theirs = _contacts(organization, notes)
        found += [{**contact, "of": "organisation"} if _has(found, "phone") else contact for contact in theirs]
        if not _has(found, "email"):
            found += _emails(organization, "email", notes)
    if not _has(found, "phone"):
        runs_it = organization.get("name") if isinstance(organization, dict) else ""
        numbers = phones.in_prose(prose, f"{service.get('name')} {runs_it}")
        if 0 < len(numbers) <= PHONES_IN_PROSE:
            notes.mended("a phone number found in the text made a contact", numbers[0])
            found = [*({"phone": number, "note": "From its description"} for number in numbers), *found]
    return _merged(found)


def place_named(held: dict[str, Any], where: list[Front]) -> str:
    """What the place of one service at a location is called, where there are several. Never that of a secret one."""
    location = held.get("location")
    shown = [place["name"] for place in where if place.get("name") and not place.get("confidential")]
    if not isinstance(location, dict) or len(where) < 2:
        return ""
    name = text(location.get("name"), "location name", Notes())
    return name if name in shown else ""


def _of_place(held: dict[str, Any], where: list[Front], notes: Notes, *, names_it: bool) -> Iterator[Front]:
    """Whom to ask at a place itself, with its name where there are several or `names_it`; nobody of a secret one."""
    location = held.get("location") if isinstance(held.get("location"), dict) else held
    if isinstance(location, dict) and not any(place.get("confidential") for place in where):
        named = place_named(held, where) or (where[0].get("name", "") if names_it and len(where) == 1 else "")
        for contact in (*_contacts(location, notes), *_emails(location, "location e-mail", notes)):
            yield _at(named, contact)


def _contacts(holder: dict[str, Any], notes: Notes) -> list[Front]:
    found: list[Front] = []
    for given in objects(holder.get("contacts") or holder.get("contact"), "contacts", notes):
        role = _role(given, notes)
        numbers = phones.of(given, notes)
        address = repair.email(text(given.get("email"), "contact e-mail", notes), "contact e-mail", notes)
        found += [{"name": role, "phone": number.phone, "note": number.note} for number in numbers]
        if address:
            found = [*found, {"name": role, "email": address}] if not numbers else found
            if numbers:
                found[-len(numbers)]["email"] = address
        elif not numbers:
            notes.mended("a contact without a phone or an e-mail: left out", role)
    return found + [{"phone": number.phone, "note": number.note} for number in phones.of(holder, notes)]


def _emails(holder: dict[str, Any], field: str, notes: Notes) -> list[Front]:
    value = text(holder.get("email"), field, notes)
    return [{"email": found}] if (found := repair.email(value, field, notes)) else []


def _role(given: dict[str, Any], notes: Notes) -> str:
    for key in ("title", "department"):
        role = text(given.get(key), f"contact {key}", notes)
        if role and not ADDRESSED.fullmatch(role):
            if sayable(role):
                return cut(role, NOTE, f"contact {key}", notes)
            notes.mended("a contact's own name kept out: a listing names a role")
    name = text(given.get("name"), "contact name", notes)
    if not name or (ROLE.search(name) and sayable(name)):
        return cut(name, NOTE, "contact name", notes)
    notes.mended("a contact's own name kept out: a listing names a role")
    return ""


def _at(place: str, contact: Front) -> Front:
    return {**contact, "at": place} if place else contact


def _has(found: list[Front], key: str) -> bool:
    return any(contact.get(key) for contact in found)


def _merged(found: list[Front]) -> list[Front]:
    """Without what is empty or said twice; a lone phone and a lone e-mail, neither of anybody, stand together.

    Numbers for voices come first, as the first is the one that a reader is offered to ring.
    """
    kept: list[Front] = []
    seen: set[str] = set()
    for contact in sorted(found, key=lambda one: phones.is_typed(one.get("note", ""))):
        fresh = {key: value for key, value in contact.items() if value and (key in ABOUT or value not in seen)}
        if not fresh.keys() & {"phone", "email"}:
            continue
        seen.update(str(value) for key, value in fresh.items() if key in {"phone", "email"})
        alone = kept and not ABOUT & (fresh.keys() | kept[0].keys())
        if alone and not fresh.keys() & kept[0].keys():
            kept[0].update(fresh)
        else:
            kept.append(fresh)
    order = ("name", "phone", "email", "at", "of", "note")
    return [{key: contact[key] for key in order if key in contact} for contact in kept]
