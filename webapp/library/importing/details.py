"""What an Open Referral UK service costs.

It takes what the feed holds, of whatever kind, and returns front matter as docs/writing-content.md has it.
"""

import re
from datetime import date
from typing import Any

from webapp.library.importing import repair
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, text

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
