"""What an Open Referral UK service costs, and where it is.

Each function takes what the feed holds, of whatever kind, and returns front matter as docs/writing-content.md has it.
"""

import re
from datetime import date
from typing import Any

from webapp.library.importing import repair
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, objects, stopped, text

FREE = re.compile(r"((this|the) \w+ is |it is |it's )?(free|no (charge|cost|fee)s?)( of charge| to (all|attend|use))?")


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
    told = " ".join(dict.fromkeys(stopped(part) for part in said if part))
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
