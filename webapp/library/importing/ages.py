"""For which ages a service is: years and months, from numbers and words as feeds have them."""

import re
from typing import Any

from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import Front, objects, sayable, text

OLDEST = 120  # years; what is said to be more means no limit
AGE = re.compile(
    r"(\d{1,4}(?:\.\d+)?)\s*(\+|(?P<months>months?|mths?|mo)?(?:years?|yrs?)?( old| of age)?( and (over|under))?)?"
)
BOTH = re.compile(r"(\d{1,3})\s*(?:years?|yrs?)\s*(?:and)?\s*(\d{1,2})\s*(?:months?|mths?)")
NO_LIMIT = re.compile(r"-1(\.0+)?|any|all( ages)?")


def age(service: dict[str, Any], notes: Notes) -> Front:
    """`min`, `max` and the months on top of each; empty where any age is meant or nobody says."""
    holders = [service, *objects(service.get("eligibilitys"), "eligibilitys", Notes())]
    months: dict[str, int] = {}
    for key, name in (("min", "minimum_age"), ("max", "maximum_age")):
        for holder in holders:
            if key not in months and (found := _months(text(holder.get(name), name, notes), name, notes)):
                months[key] = found
    if months.get("max", 0) >= OLDEST * 12:
        del months["max"]
    if months.get("min", 0) > months.get("max", OLDEST * 12):
        ages = f"{_said(months['min'])} to {_said(months['max'])}" if "max" in months else _said(months["min"])
        notes.kept_in_words("ages that end before they begin: said in the text", ages, f"Ages: {ages}")
        return {}
    found_age: Front = {}
    for key in ("min", "max"):
        if key in months:
            years, rest = divmod(months[key], 12)
            found_age |= {key: years} if years else {}
            found_age |= {f"{key}_months": rest} if rest else {}
    return found_age


def _months(value: str, name: str, notes: Notes) -> int:
    """Whole months; 0 where there is no limit, and where `value` is no age, which is then kept in the text."""
    plain = value.lower()
    if both := BOTH.fullmatch(plain):
        return int(both[1]) * 12 + int(both[2])
    match = AGE.fullmatch(plain)
    if match:
        number = float(match[1])
        months = round(number if match["months"] else number * 12)
        if months <= 12 * OLDEST:
            return months
        return OLDEST * 12 if name == "maximum_age" else 0
    if value and not NO_LIMIT.fullmatch(plain):
        remark = f"{name.replace('_', ' ').capitalize()}: {value}"
        notes.kept_in_words(f"`{name}` was no age: said in the text", value, remark if sayable(value) else "")
    return 0


def _said(months: int) -> str:
    years, rest = divmod(months, 12)
    return str(years) if not rest else f"{years} years {rest} months" if years else f"{rest} months"
