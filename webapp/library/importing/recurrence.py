"""How often something happens: a feed's schedule (RFC 5545 in pieces) read exactly.

Nothing is rounded to the nearest common thing: `session_times` words what our frequencies (weekly, monthly …) cannot
express.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from webapp.english.dates import WEEKDAYS
from webapp.library.importing.clocks import day

DAYS = WEEKDAYS
WORKING, WEEKEND = DAYS[:5], DAYS[5:]
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}
_NTH = {word: number for number, word in ORDINALS.items()} | {"2nd last": -2, "second last": -2, "penultimate": -2}
_DAY = r"mo(?:n(?:days?)?)?|tu(?:e(?:s(?:days?)?)?)?|we(?:d(?:s|nesdays?)?)?|th(?:u(?:r(?:s(?:days?)?)?)?)?" \
    r"|fr(?:i(?:days?)?)?|sa(?:t(?:urdays?)?)?|su(?:n(?:days?)?)?"  # fmt: skip
_BY_DAY = re.compile(
    rf"(?:(?P<nth>[+-]?\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(_NTH, key=len, reverse=True))})\s*)?"
    rf"(?:(?P<from>{_DAY})\s*(?:-|–|\bto\b)\s*(?P<to>{_DAY})|(?P<day>{_DAY})"
    r"|(?P<many>weekdays?|weekends?|every ?day|daily))\b",
    re.IGNORECASE,
)
_BETWEEN_DAYS = re.compile(r"\b(and|on|of|the|every|each|month|week)\b|[\s,;&/]+", re.IGNORECASE)
_NUMBERED = re.compile(r"[1-7](\s*,\s*[1-7])*")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# What publishers write where RFC 5545 has DAILY, WEEKLY, MONTHLY and YEARLY, and how many of these it is.
FREQUENCIES = {
    "daily": ("daily", 1), "every day": ("daily", 1), "weekly": ("weekly", 1), "every week": ("weekly", 1),
    "fortnightly": ("weekly", 2), "every fortnight": ("weekly", 2), "every other week": ("weekly", 2),
    "every two weeks": ("weekly", 2), "monthly": ("monthly", 1), "every month": ("monthly", 1),
    "every other month": ("monthly", 2), "quarterly": ("monthly", 3), "yearly": ("yearly", 1),
    "annually": ("yearly", 1), "annual": ("yearly", 1), "every year": ("yearly", 1),
}  # fmt: skip
_EVERY = re.compile(r"every (\d{1,3}) (day|week|month|year)s?")
_UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_RFC = {"daily": DAILY, "weekly": WEEKLY, "monthly": MONTHLY, "yearly": YEARLY}
LONG_AGO = date(1990, 1, 1)


@dataclass
class RecurrenceRule:
    """When something happens. `days` are (which of the month or 0, a day of the week); `unclear`: not understood.

    `2MO,1MO` and `1MO,2MO` are one rule: `read` gives days and numbers once each and in one order, the last ones last.
    `begins` is the day it is counted from, `first` and `last` the days between which it holds: both count.
    """

    frequency: str = ""  # daily, weekly, monthly, yearly; empty where nothing is said
    interval: int = 1
    days: list[tuple[int, str]] = field(default_factory=list)
    month_days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    weeks: list[int] = field(default_factory=list)
    year_days: list[int] = field(default_factory=list)
    count: int = 0
    week_start: str = ""  # a day of the week
    begins: date | None = None
    first: date | None = None
    last: date | None = None
    unclear: list[str] = field(default_factory=list)

    @property
    def week(self) -> list[str]:
        """The days of the week it names, each once, in the order of the week."""
        named = {name for _, name in self.days}
        return [name for name in DAYS if name in named]


def read(fields: dict[str, str]) -> RecurrenceRule:
    """The rule that a schedule gives, key by key as text: `freq`, `interval`, `byday` and so on, or a whole `rrule`."""
    given = {key: value for key, value in fields.items() if value and key != "rrule"}
    fields = _spread(fields.get("rrule", "")) | given
    rule = RecurrenceRule()
    _frequency(rule, fields)
    if days := fields.get("byday") or fields.get("weekday"):
        _take_week(rule, _week(days))
    for key, numbers, least, most in (
        ("bymonthday", rule.month_days, -31, 31), ("bymonth", rule.months, 1, 12),
        ("bysetpos", rule.positions, -366, 366), ("byweekno", rule.weeks, -53, 53),
        ("byyearday", rule.year_days, -366, 366),
    ):  # fmt: skip
        for part in filter(None, re.split(r"[,;\s]+", fields.get(key, ""))):
            if re.fullmatch(r"[+-]?\d{1,3}", part) and int(part) and least <= int(part) <= most:
                numbers.append(int(part))
            else:
                rule.unclear.append(f"{key} “{part}”")
    count = fields.get("count", "")
    if re.fullmatch(r"\d{1,6}", count):
        rule.count = int(count)
    elif count:
        rule.unclear.append(f"count “{count}”")
    week_start = fields.get("wkst", "").strip().upper()
    rule.week_start = next((name for name in DAYS if name[:2].upper() == week_start), "")
    _in_order(rule)
    _between(rule, fields)
    if rule.count and rule.interval == 1:
        rule.begins = rule.begins or rule.first  # a number of times is counted from the first
    for key in ("byhour", "byminute", "byeaster", "exdate", "rdate"):
        if fields.get(key):
            rule.unclear.append(f"{key} “{fields[key]}”")
    return rule


def is_over(rule: RecurrenceRule, today: date) -> bool:
    """Whether it happened for the last time before `today`."""
    if rule.last is not None and rule.last < today:
        return True
    if not rule.frequency and not rule.days and not rule.month_days:
        return rule.begins is not None and rule.begins < today  # it happened once
    last = last_counted(rule, today)
    return last is not None and last < today


def last_counted(rule: RecurrenceRule, today: date) -> date | None:
    """The last day of a rule that holds a number of times, where that day has been or is known; else None.

    What comes after the next five years is not worked out.
    """
    begins = rule.begins
    if not rule.count or begins is None or begins < LONG_AGO or rule.frequency not in _RFC:
        return None
    end = today + timedelta(days=5 * 366)
    if begins > end:
        return None
    plain = all(nth == 0 for nth, _ in rule.days) or rule.frequency == "monthly"
    if not plain:
        return None
    found = rrule(
        _RFC[rule.frequency],
        dtstart=_moment(begins),
        interval=rule.interval,
        byweekday=[weekday(DAYS.index(name), nth or None) for nth, name in rule.days] or None,
        bymonthday=rule.month_days or None,
        bymonth=rule.months or None,
        bysetpos=rule.positions or None,
        wkst=DAYS.index(rule.week_start) if rule.week_start else None,
        until=_moment(end),
    )
    number = 0
    for number, moment in enumerate(found, 1):
        if number == rule.count:
            return moment.date()
    return None


def _moment(of: date) -> datetime:
    return datetime(of.year, of.month, of.day)


def _spread(rrule: str) -> dict[str, str]:
    """`RRULE:FREQ=MONTHLY;BYDAY=2TU` as the keys that a schedule may have of its own."""
    parts = re.findall(r"([A-Za-z]+)(?:;[^=:\n]*)?[=:]([^;\n]+)", re.sub(r"(?i)\brrule\s*[:=]\s*", "", rrule))
    return {key.lower(): value.strip() for key, value in parts}


def _frequency(rule: RecurrenceRule, fields: dict[str, str]) -> None:
    freq = " ".join(re.sub(r"[_-]", " ", fields.get("freq", "")).lower().split())
    interval = re.fullmatch(r"(\d{1,3})(?:\.0+)?", fields.get("interval", "1"))
    if match := _EVERY.fullmatch(freq):
        rule.frequency = next(name for name, unit in _UNITS.items() if unit == match[2])
        rule.interval = max(1, int(match[1]))
    elif freq in FREQUENCIES:
        rule.frequency, rule.interval = FREQUENCIES[freq]
    elif freq == "weekdays":
        rule.frequency, rule.days = "weekly", [(0, name) for name in WORKING]
    elif freq:
        rule.unclear.append(f"“{fields['freq']}”")
    if interval and int(interval[1]):
        rule.interval *= int(interval[1])
    elif not interval:
        rule.unclear.append(f"interval “{fields['interval']}”")
    if rule.frequency == "monthly" and rule.interval % 12 == 0:
        rule.frequency, rule.interval = "yearly", rule.interval // 12


def _take_week(rule: RecurrenceRule, named: "DaysNamed") -> None:
    rule.days += named.days
    rule.unclear += named.unclear
    if any(nth for nth, _ in rule.days) and not rule.frequency and not rule.unclear:
        rule.frequency = "monthly"


def _in_order(rule: RecurrenceRule) -> None:
    rule.days = sorted(set(rule.days), key=lambda named: (DAYS.index(named[1]), _from_the_end_last(named[0])))
    for numbers in (rule.month_days, rule.months, rule.positions, rule.weeks, rule.year_days):
        numbers[:] = sorted(set(numbers), key=_from_the_end_last)


def _from_the_end_last(number: int) -> tuple[bool, int]:
    return number < 0, number


@dataclass(frozen=True)
class DaysNamed:
    """Days that some words name, and what of the words nobody understands."""

    days: tuple[tuple[int, str], ...]
    unclear: tuple[str, ...] = ()


@lru_cache(2000)  # a feed has the same few again and again
def _week(said: str) -> DaysNamed:
    """The days of `MO,TU`, `2MO`, `first and third Monday`, `Mon-Fri`, `Tuesdays`, and of 1 (Monday) to 7.

    HSDS 1.1 and Outpost count from Monday. A 0 is Sunday to some and Monday to others: it stays unclear.
    """
    if _NUMBERED.fullmatch(said):
        said = re.sub(r"[1-7]", lambda number: DAYS[int(number[0]) - 1], said)
    days: list[tuple[int, str]] = []
    rest = said
    nth = 0
    for match in _BY_DAY.finditer(said):
        rest = rest.replace(match[0], " ", 1)
        nth = _ordinal(match["nth"]) if match["nth"] else 0
        if match["from"]:
            first, last = (_whole_day(match[end]) for end in ("from", "to"))
            span = (last - first) % 7 + 1
            days += [(nth, DAYS[(first + at) % 7]) for at in range(span)]
        elif match["day"]:
            days.append((nth, DAYS[_whole_day(match["day"])]))
        else:
            many = match["many"].lower()
            days += [(nth, each) for each in (WORKING if "weekd" in many else WEEKEND if "weeke" in many else DAYS)]
    unclear: list[str] = []
    if left := _BETWEEN_DAYS.sub(" ", rest).strip():
        unclear.append(f"day “{left}”")
    if any(abs(nth) > 5 for nth, _ in days):
        unclear.append(f"day “{said}”")
    return DaysNamed(tuple(day for day in days if abs(day[0]) <= 5), tuple(unclear))


def _between(rule: RecurrenceRule, fields: dict[str, str]) -> None:
    found: dict[str, date | None] = {}
    for key in ("dtstart", "valid_from", "valid_to", "until", "dtend"):
        if value := fields.get(key, ""):
            found[key] = day(value)
            if found[key] is None:
                rule.unclear.append(f"{key.replace('_', ' ')} “{value}”")
    rule.begins = found.get("dtstart")
    rule.first = found.get("valid_from")
    rule.last = min((end for key in ("valid_to", "until") if (end := found.get(key))), default=None)


def _ordinal(text: str) -> int:
    plain = " ".join(text.lower().split())
    return _NTH.get(plain) or int(re.sub(r"[a-z]+$", "", plain))


def _whole_day(text: str) -> int:
    return next(at for at, name in enumerate(DAYS) if name.startswith(text.lower()[:2]))
