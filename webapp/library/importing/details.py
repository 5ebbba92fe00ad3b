"""What an Open Referral UK service costs.

It takes what the feed holds, of whatever kind, and returns front matter as docs/writing-content.md has it.
"""

import re
from datetime import date
from typing import Any

from webapp.english.dates import short_date
from webapp.library.importing.clocks import day
from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, text

FREE = re.compile(r"((this|the) \w+ is |it is |it's )?(free|no (charge|cost|fee)s?)( of charge| to (all|attend|use))?")
# 3.5, £3.50, GBP 1,250, 50p
AMOUNT = re.compile(r"(?:£|GBP)?\s*(\d{1,6}(?:,\d{3})*(?:\.\d{1,2})?\d*)|(\d{1,3})p", re.IGNORECASE)


def cost(options: list[dict[str, Any]], fees: str, today: date, matcher: Matcher, notes: Notes) -> Front | None:
    """The band and note of what a service costs; None where the feed says nothing that we can tell a band by.

    Prices that ended are left out; one that is still to come is said in the note and does not count for the band.
    """
    amounts, phrases, over = [], [], 0
    for option in options:
        begins, ends = (_date(option.get(key)) for key in ("valid_from", "valid_to"))
        if ends and ends < today:
            over += 1
            continue
        amount, paid = _option(option, notes)
        later = begins is not None and begins > today
        if amount is not None and not later:
            amounts.append(amount)
        phrases.append(f"{paid} from {short_date(begins)}" if begins and later else paid)
    if over:
        notes.mended("a price that ended: left out")
        if over == len(options) and not fees:
            notes.warnings.append("Its published prices have ended. Ask what it costs now.")
    if fees:
        phrases.append(fees)
    bands = {_band(amount) for amount in amounts} or {_band_in(part) for part in phrases if part}
    band = bands.pop() if len(bands) == 1 else ("varies" if bands else "")
    whole = "; ".join(dict.fromkeys(filter(None, phrases)))
    if band and band not in matcher.terms("costs"):
        notes.kept_in_words("a cost that the vocabulary has no word for: said in the text", whole, f"Cost: {whole}")
    if not band or band not in matcher.terms("costs"):
        return None
    note = cut(whole, NOTE, "cost", notes)
    plain = band == "free" and note.lower().strip(" .") in {"", "free", "free of charge", "£0", "no charge", "no cost"}
    return {"band": band} if plain or not note else {"band": band, "note": note}


def prices(options: list[dict[str, Any]], today: date, notes: Notes) -> list[Front]:
    """Each price as published; those that ended are left out."""
    found: list[Front] = []
    for option in options:
        begins, ends = (_date(option.get(key)) for key in ("valid_from", "valid_to"))
        if ends and ends < today:
            continue
        amount_text = text(option.get("amount"), "cost amount", notes)
        amount = _number(amount_text)
        words = text(option.get("amount_description"), "cost description", notes)
        currency = text(option.get("currency"), "cost currency", notes).upper().replace("£", "GBP")
        if amount is None:
            words = " ".join(filter(None, (amount_text, words)))
        price: Front = {
            "option": cut(text(option.get("option"), "cost option", notes), NOTE, "cost option", notes),
            "amount": amount,
            "currency": currency if re.fullmatch(r"[A-Z]{3}", currency) and currency != "GBP" else "",
            "text": cut(words, NOTE, "cost", notes),
            "valid_from": begins.isoformat() if begins and begins > today else "",
            "valid_to": ends.isoformat() if ends else "",
        }
        price = {key: value for key, value in price.items() if value not in ("", None)}
        if price.keys() & {"option", "amount", "text"} and price not in found:
            found.append(price)
    return found


def _number(amount: str) -> float | None:
    """A price as a number, without its sign; pence as a part of a pound."""
    match = AMOUNT.fullmatch(amount)
    return float((match[1] or match[2]).replace(",", "")) / (100 if match[2] else 1) if match else None


def _option(option: dict[str, Any], notes: Notes) -> tuple[float | None, str]:
    """A price in pounds, where it is one, and all that is said of it."""
    who = text(option.get("option"), "cost option", notes)
    what = text(option.get("amount_description"), "cost description", notes)
    currency = text(option.get("currency"), "cost currency", notes)
    amount_text = text(option.get("amount"), "cost amount", notes)
    amount = _number(amount_text)
    sign = "£" if currency.upper() in {"", "GBP", "£"} else f"{currency} "
    price = amount_text if amount is None else f"{sign}{amount:,.2f}".removesuffix(".00")
    paid = " ".join(part for part in (price, what) if part)
    return amount if sign == "£" else None, f"{who}: {paid}" if who and paid else who or paid


def _date(value: Any) -> date | None:
    return day(value) if isinstance(value, str) else None


def _band(amount: float) -> str:
    return "free" if amount == 0 else "under-5" if amount < 5 else "5-to-10" if amount <= 10 else "over-10"


def _band_in(text: str) -> str:
    plain = text.lower().strip(" .!")
    if FREE.fullmatch(plain):
        return "free"
    if re.search(r"\bdonations?\b", plain) and "£" not in plain:
        return "donation"
    if re.search(r"[<>]\s*£", plain):
        return "varies"
    prices = [float(p) for p in re.findall(r"£ ?(\d{1,5}(?:\.\d\d)?)", plain)]
    bands = {_band(price) for price in prices}
    return bands.pop() if len(bands) == 1 else "varies"
