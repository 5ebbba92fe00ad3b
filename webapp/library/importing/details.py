"""The parts of an Open Referral UK service that have a shape of their own: when, what it costs, where, whom to ask.

Each function takes what the feed holds, of whatever kind, and returns front matter as docs/writing-content.md has it.
"""

import re
from datetime import date
from typing import Any

from webapp.library.importing import repair
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import cut, objects, text

Front = dict[str, Any]

DAYS = {
    "MO": "monday", "TU": "tuesday", "WE": "wednesday", "TH": "thursday", "FR": "friday", "SA": "saturday",
    "SU": "sunday",
}  # fmt: skip
ORDINALS = {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "5": "Fifth", "-1": "Last"}
# A contact's name is a role, never a person; these words tell that what a feed calls a name is none of a person.
ROLE = re.compile(
    r"\b(team|office|reception|service|services|centre|center|desk|enquir\w*|admin\w*|coordinator|co-ordinator|manager"
    r"|line|helpline|hub|support|secretary|committee|trust|council|group|club|church|library|advice|bookings?)\b",
    re.IGNORECASE,
)
PHONES_IN_PROSE = 2  # more than these are the numbers of several places, and none is the one to ring
NOTE = 500
FREE = re.compile(r"((this|the) \w+ is |it is |it's )?(free|no (charge|cost|fee)s?)( of charge| to (all|attend|use))?")


def sessions(given: list[dict[str, Any]], matcher: Matcher, notes: Notes) -> list[Front]:
    """Schedules (RFC 5545 in pieces) as sessions, each once."""
    known = matcher.terms("days")
    found: list[Front] = []
    for schedule in given:
        days, which = _days(text(schedule.get("byday"), "schedule byday", notes), notes)
        session: Front = {}
        if kept := [day for day in days if day in known]:
            session["days"] = kept
        for key, names in (("starts", ("opens_at", "start_time")), ("ends", ("closes_at", "end_time"))):
            if clock := _clock(next((schedule[n] for n in names if schedule.get(n)), None), notes):
                session[key] = clock
        frequency = _frequency(schedule, notes)
        said = [which, *(text(schedule.get(key), f"schedule {key}", notes) for key in ("description", "notes"))]
        note = cut(" ".join(dict.fromkeys(_stopped(part) for part in said if part)), NOTE, "schedule", notes)
        if not session and not note:
            continue
        session["frequency"] = frequency or ("weekly" if kept else "varies")
        if note:
            session["note"] = note
        if session not in found:
            found.append(session)
    return found


def _days(byday: str, notes: Notes) -> tuple[list[str], str]:
    """`2MO,FR` as (days, what to note of which of them in the month)."""
    days, which = [], []
    for part in filter(None, re.split(r"[,;\s]+", byday.upper())):
        match = re.fullmatch(r"([+-]?\d)?([A-Z]{2})[A-Z]*", part)
        if not match or match[2] not in DAYS:
            notes.mended("a day of the week that is none: left out", part)
            continue
        days.append(DAYS[match[2]])
        if match[1] and (ordinal := ORDINALS.get(match[1].lstrip("+"))):
            which.append(f"{ordinal} {DAYS[match[2]].capitalize()} of the month")
    return list(dict.fromkeys(days)), ", ".join(which)


def _clock(value: Any, notes: Notes) -> str:
    written = text(value, "schedule times", notes)
    match = re.match(r"^(?:\d{4}-\d\d-\d\dT)?([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]\d\d.*|Z|\+.*)?$", written)
    if written and not match:
        notes.mended("a time that is none: left out", written)
    return f"{int(match[1]):02d}:{match[2]}" if match else ""


def _frequency(schedule: dict[str, Any], notes: Notes) -> str:
    freq = text(schedule.get("freq"), "schedule freq", notes).lower()
    interval = text(schedule.get("interval"), "schedule interval", notes)
    if freq == "weekly" and interval in {"2", "2.0"}:
        return "fortnightly"
    return freq if freq in {"daily", "weekly", "monthly"} else ""


def cost(options: list[dict[str, Any]], fees: str, today: date, matcher: Matcher, notes: Notes) -> Front | None:
    """The band and note of what a service costs; None where the feed says nothing that we can tell a band by."""
    current = [option for option in options if _day(option.get("valid_to")) >= today.isoformat()] or options
    amounts, said = [], []
    for option in current:
        amount = repair.number(option.get("amount"), "cost amount", notes)
        if amount is not None and 0 <= amount < 1_000_000:
            amounts.append(amount)
        said.append(_option(option, amount, notes))
    if fees:
        said.append(fees)
    bands = {_band(amount) for amount in amounts} or {_band_said(part) for part in said}
    band = bands.pop() if len(bands) == 1 else ("varies" if bands else "")
    note = cut("; ".join(dict.fromkeys(filter(None, said))), NOTE, "cost", notes)
    if not band or band not in matcher.terms("costs"):
        return None
    plain = band == "free" and note.lower().strip(" .") in {"", "free", "free of charge", "£0", "no charge", "no cost"}
    return {"band": band} if plain or not note else {"band": band, "note": note}


def _option(option: dict[str, Any], amount: float | None, notes: Notes) -> str:
    who = text(option.get("option"), "cost option", notes)
    what = text(option.get("amount_description"), "cost description", notes)
    currency = text(option.get("currency"), "cost currency", notes)
    sign = "£" if currency.upper() in {"", "GBP", "£"} else f"{currency} "
    price = "" if amount is None else f"{sign}{amount:,.2f}".removesuffix(".00")
    paid = " ".join(part for part in (price, what) if part)
    return f"{who}: {paid}" if who and paid else who or paid


def _band(amount: float) -> str:
    return "free" if amount == 0 else "under-5" if amount < 5 else "5-to-10" if amount <= 10 else "over-10"


def _band_said(said: str) -> str:
    plain = said.lower().strip(" .!")
    if FREE.fullmatch(plain):
        return "free"
    if re.search(r"\bdonations?\b", plain) and "£" not in plain:
        return "donation"
    prices = [float(p) for p in re.findall(r"£ ?(\d{1,5}(?:\.\d\d)?)", plain)]
    bands = {_band(price) for price in prices}
    return bands.pop() if len(bands) == 1 else "varies"


def _day(value: Any) -> str:
    return value[:10] if isinstance(value, str) and value else "9999"


def location(given: dict[str, Any], matcher: Matcher, notes: Notes) -> tuple[Front, str]:
    """One location as (front matter, what the feed says of getting in)."""
    found: Front = {}
    if name := cut(text(given.get("name"), "location name", notes), NOTE, "location name", notes):
        found["name"] = name
    addresses = objects(given.get("addresses") or given.get("physical_addresses"), "addresses", notes)
    physical = [a for a in addresses if a.get("address_type") == "physical"] or addresses
    if physical:
        found |= _address(physical[0], name, notes)
    found |= _point(given, notes)
    ways = objects(given.get("accessibility") or given.get("accessibility_for_disabilities"), "accessibility", notes)
    said = [
        text(way.get(key), "accessibility", notes)
        for way in ways
        for key in ("description", "accessibility", "details")
    ]
    told = " ".join(dict.fromkeys(_stopped(part) for part in said if part))
    if access := matcher.mentioned("access", told):
        found["access"] = access
    return found, told


def _address(given: dict[str, Any], name: str, notes: Notes) -> Front:
    # `attention` names a person, `country` nobody needs.
    keys = ("address_1", "address_2", "city", "region", "state_province")
    lines = [text(given.get(key), "address", notes).strip(" ,") for key in keys]
    written = text(given.get("postal_code"), "postal_code", notes)
    code = repair.postcode(written)
    if written and not code:
        notes.mended("a postcode that is none of the UK: kept in the address", written)
        lines.append(written)
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


def _stopped(said: str) -> str:
    return said if said.endswith((".", "!", "?", ":")) else f"{said}."
