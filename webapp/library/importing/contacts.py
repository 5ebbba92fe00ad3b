"""Whom to ask: a feed's contacts, phones and e-mail addresses. A contact is a role, never a person."""

import re
from typing import Any

from webapp.library.importing import repair
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, objects, text

# A contact's name is a role, never a person; these words tell that what a feed calls a name is none of a person.
ROLE = re.compile(
    r"\b(team|office|reception|service|services|centre|center|desk|enquir\w*|admin\w*|coordinator|co-ordinator|manager"
    r"|line|helpline|hub|support|secretary|committee|trust|council|group|club|church|library|advice|bookings?)\b",
    re.IGNORECASE,
)
PHONES_IN_PROSE = 2  # more than these are the numbers of several places, and none is the one to ring


def contacts(service: dict[str, Any], prose: str, notes: Notes) -> list[Front]:
    """Whom to ask: the feed's contacts, its own e-mail and phones, else phone numbers that its text tells."""
    organization = service.get("organization") if isinstance(service.get("organization"), dict) else {}
    found: list[Front] = []
    for given in objects(service.get("contacts"), "contacts", notes):
        role = _role(given, notes)
        phones = _phones(given, notes)
        address = repair.email(text(given.get("email"), "contact e-mail", notes), "contact e-mail", notes)
        for number in phones or ([""] if address else []):
            found.append({"name": role, "phone": number, "email": address})
            address = ""
    for number in _phones(service, notes):
        found.append({"phone": number})
    for holder in (service, organization):
        written = text(holder.get("email"), "email", notes) if isinstance(holder, dict) else ""
        if written and not any(contact.get("email") for contact in found):
            found.append({"email": repair.email(written, "email", notes)})
    if not any(contact.get("phone") for contact in found):
        numbers = repair.phones_in(prose)
        if 0 < len(numbers) <= PHONES_IN_PROSE:
            notes.mended("a phone number found in the text made a contact", numbers[0])
            found += [{"phone": number} for number in numbers]
    return _merged(found)


def _role(given: dict[str, Any], notes: Notes) -> str:
    for key in ("title", "department"):
        if said := text(given.get(key), f"contact {key}", notes):
            return cut(said, NOTE, f"contact {key}", notes)
    name = text(given.get("name"), "contact name", notes)
    if not name or ROLE.search(name):
        return cut(name, NOTE, "contact name", notes)
    notes.mended("a contact's own name kept out: a listing names a role")
    return ""


def _phones(holder: dict[str, Any], notes: Notes) -> list[str]:
    given = holder.get("phones") or holder.get("phone")
    if isinstance(given, str):
        given = [{"number": given}]
    numbers = (text(phone.get("number"), "phone", notes) for phone in objects(given, "phones", notes))
    return [number for written in numbers if (number := repair.phone(written, "phone", notes))]


def _merged(found: list[Front]) -> list[Front]:
    """Without what is empty or said twice; a lone phone and a lone e-mail, neither with a name, stand together."""
    kept: list[Front] = []
    seen: set[str] = set()
    for contact in found:
        fresh = {key: value for key, value in contact.items() if value and (key == "name" or value not in seen)}
        if not fresh.keys() & {"phone", "email"}:
            continue
        seen.update(str(value) for value in fresh.values())
        partner = kept[0] if kept and "name" not in fresh and "name" not in kept[0] else None
        if partner is not None and not fresh.keys() & partner.keys():
            partner.update(fresh)
        else:
            kept.append(fresh)
    order = ("name", "phone", "email")
    return [{key: contact[key] for key in order if key in contact} for contact in kept]
