"""How often something happens as RFC 5545 says it, and on which days that is.

A rule has no UNTIL: the last day stands beside it, as a day that counts. Put into a rule as it is, a day means its
midnight, and the session of that day is lost in dateutil, icalendar's readers and the calendars of browsers alike.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr

# What a day needs: no hours, and no UNTIL.
PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,5}",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)(?:,[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU))*",
    **dict.fromkeys(("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"), r"[+-]?\d{1,3}(?:,[+-]?\d{1,3})*"),
}
MOST = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12, "BYSETPOS": 366}
ANCHOR = date(2001, 1, 1)  # a Monday; of a rule that any week of any year fits
LONG = date(2013, 1, 1)  # twelve years later: every day that a rule can name has come by then


@lru_cache(maxsize=1000)
def fault(rule: str) -> str:
    """What is wrong with `rule`, as advice; empty where it can be evaluated."""
    seen: set[str] = set()
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            return "write the last day as `valid_to`, and no UNTIL here"
        if name not in PARTS or name in seen or not re.fullmatch(PARTS[name], value) or not _in_range(name, value):
            return f"`{part[:40]}` cannot be read here: write it as in FREQ=MONTHLY;BYDAY=2TU"
        seen.add(name)
    if "FREQ" not in seen:
        return "it has no FREQ: write it as in FREQ=MONTHLY;BYDAY=2TU"
    free = ";".join(part for part in rule.split(";") if not part.startswith(("COUNT=", "INTERVAL=")))
    try:
        happens = _evaluated(free, ANCHOR).replace(until=datetime.combine(LONG, time.min))
    except ValueError as error:
        return f"it cannot be evaluated: {error}"
    return "" if any(True for _ in happens) else "it never happens: no year has such a day"


def _in_range(name: str, value: str) -> bool:
    return name not in MOST or all(0 < abs(int(number)) <= MOST[name] for number in value.split(","))


def is_counted(rule: str) -> bool:
    """Whether `rule` says nothing without the day from which it is counted: every second week, five times."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if parts.get("INTERVAL", "1") != "1" or "COUNT" in parts:
        return True
    fixes = {
        "DAILY": {"FREQ"},
        "WEEKLY": {"BYDAY"},
        "MONTHLY": {"BYDAY", "BYMONTHDAY"},
        "YEARLY": {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"},
    }
    named = parts.keys() & fixes.get(parts.get("FREQ", ""), set())
    is_loose_year = parts.get("FREQ") == "YEARLY" and named == {"BYMONTHDAY"} and "BYMONTH" not in parts
    is_loose_week = named == {"BYWEEKNO"}
    return not named or is_loose_year or is_loose_week


def falls_on(rule: str, begins: date | None, day: date) -> bool | None:
    """Whether `rule`, counted from `begins`, falls on `day`; None where it is counted from a day that nobody says.

    The day it is counted from is one of it only where the rule says so.
    """
    if begins is None and is_counted(rule):
        return None
    if begins is not None and day < begins:
        return False
    return day in _in_month(rule, begins or ANCHOR, day.year, day.month)


@lru_cache(maxsize=4000)
def _in_month(rule: str, begins: date, year: int, month: int) -> frozenset[date]:
    """The days of one month: a list asks for a week's days of hundreds of listings, one by one."""
    first, last = datetime(year, month, 1), datetime(year, month, monthrange(year, month)[1], 23)
    return frozenset(moment.date() for moment in _evaluated(rule, begins).between(first, last, inc=True))


@lru_cache(maxsize=1000)
def _evaluated(rule: str, begins: date) -> rrule:
    return rrulestr(f"RRULE:{rule}", dtstart=datetime.combine(begins, time.min))
