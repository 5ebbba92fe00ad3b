"""Times of day and days as feeds write them."""

import re
from dataclasses import dataclass
from datetime import date

DAY_END = "24:00"
_WORDS = {"noon": "12:00", "12 noon": "12:00", "midday": "12:00", "12 midday": "12:00", "midnight": DAY_END}
_CLOCK = re.compile(
    r"(?:\d{4}-\d\d-\d\d[ T])?T?(?P<hour>\d{1,2})(?:(?:[:.h]|(?<=\d\d)(?=\d\d\b))(?P<minute>\d\d))?(?::\d\d(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?|noon|midday|midnight)?\s*(?P<zone>z|utc|gmt|bst|[+-]\d\d(?::?\d\d)?)?(?:\s*(?:hrs|hours))?",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"(.*?\d.*?|noon|midday)\s*(?:-|–|—|\bto\b|\buntil\b|\btill?\b)\s*(.*\d.*|noon|midday|midnight)", re.IGNORECASE
)
OUR_ZONES = frozenset(["", "z", "utc", "gmt", "bst", "+00", "+00:00", "+0000", "-00:00", "+01", "+01:00", "+0100"])


@dataclass(frozen=True)
class Clock:
    """A time of day, `13:30`, and the zone that was written after it, where there was one."""

    time: str
    zone: str = ""


def clock(value: str) -> Clock | None:
    """`1:30 PM`, `13.30`, `1330`, `09:00:00Z`, `noon`, `24:00`; None where it is no time, or could be two.

    A lone `9` or `2` without am or pm could be either half of the day. A zone that is none of ours makes none either.
    """
    text = " ".join(value.lower().split()).strip(" .")
    if text in _WORDS:
        return Clock(_WORDS[text])
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hour, minute, half, zone = int(match["hour"]), match["minute"], match["half"] or "", match["zone"] or ""
    if minute is None and not half:
        return None
    if half in {"noon", "midday", "midnight"}:
        return Clock(_WORDS[half], zone) if hour == 12 and minute in {None, "00"} and not zone else None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    elif half and (half[0] == "a" or hour > 23):
        return None  # 13:30 am
    if zone not in OUR_ZONES or hour > 24 or int(minute or 0) > 59 or (hour == 24 and int(minute or 0)):
        return None
    return Clock(f"{hour:02d}:{minute or '00'}", zone)


def day(value: str) -> date | None:
    """A date: `2026-07-04`, with or without a time, `20260704T235959Z`, `04/07/2026`; None where it is no date."""
    text = value.strip()
    if match := re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?=$|[T ])", text):
        year, month, number = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        number, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None
