"""What the note of a session says of its time of year: `March to October`, `Closed in August`, `None at present`.

Only what can be read for certain is read. All else stays in the note, which is shown beside the session.
"""

import calendar
import re
from datetime import date

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(MONTHS)
_STOPPED = re.compile(r"(?:not running|no sessions? until|none at present|suspended|paused)\b")
_SEASON = re.compile(rf"(?:from |open )?({_MONTH}) to (early |mid-?|late )?({_MONTH})(?: only)?")
_CLOSED_IN = re.compile(rf"(?:closed|not|no sessions?|none) in ({_MONTH})")
# Weeks off within a month, or a month whose day is another: nobody could say which.
_UNSURE_IN = re.compile(rf"weeks? off in ({_MONTH})|({_MONTH})['’]s\b")
_HOLIDAYS = re.compile(r"\bschool holidays\b|\b(?:school|university|college) terms?\b")


def in_season(note: str, day: date) -> bool | None:
    """Whether `note` lets its session be held on `day`. None where it may not be, and nobody could work that out."""
    answers = [_of(clause.strip(), day) for clause in re.split(r"[;.,]", note.lower())]
    return False if False in answers else None if None in answers else True


def _of(clause: str, day: date) -> bool | None:
    if _STOPPED.match(clause):
        return False
    if season := _SEASON.fullmatch(clause):
        return _between(MONTHS[season[1]], MONTHS[season[3]], bool(season[2]), day.month)
    if closed := _CLOSED_IN.fullmatch(clause):
        return day.month != MONTHS[closed[1]]
    if unsure := _UNSURE_IN.search(clause):
        return None if day.month == MONTHS[unsure[1] or unsure[2]] else True
    return None if _HOLIDAYS.search(clause) else True


def _between(first: int, last: int, is_partly: bool, month: int) -> bool | None:
    """Whether `month` is one of those from `first` to `last`, the last being one of which only a part is meant."""
    if is_partly and month == last:
        return None
    return first <= month <= last if first <= last else month >= first or month <= last
