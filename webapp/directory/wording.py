"""What a listing says of itself, in the words a reader would use: times, distance, age, room, cost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from webapp import dates
from webapp.library.front_matter.model import Age, Session

DAYS = dates.WEEKDAYS
NAMES = tuple(day.capitalize() for day in DAYS)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "last but one": -2}
# How editors say which of a month's days are meant: "First Saturday", "Men's table, last Saturday", "First and third
# Monday", "Second Tuesday and last Friday of the month".
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_PAIR = rf"(?:{_ORDINAL})(?:(?:, | and )(?:{_ORDINAL}))* (?:{'|'.join(DAYS)})"
_WHICH = re.compile(rf"\b{_PAIR}(?:(?:, | and ){_PAIR})*\b", re.IGNORECASE)
_ONCE = re.compile(r"\bOn (\w+day \d{1,2} \w+ \d{4}) only\b[.]?")
STATUS = {
    "temporarily closed": ("Temporarily closed", "care"),
    "inactive": ("Not running now", "bad"),
    "defunct": ("Has closed for good", "bad"),
}


@dataclass(frozen=True, slots=True)
class Capacity:
    """Whether there is room. `tone` is one of the label's."""

    text: str
    tone: str


def session(said: Session) -> str:
    """`Tuesdays and Thursdays, 10:30am to 12:30pm, term time only. Not the week after Christmas.`"""
    term = "term time only" if said.term_time else ""
    parts = [part for part in (_days(said), _hours(said), term, _between(said)) if part]
    words = ", ".join(parts) or "Times vary"
    note = _rest_of(said)
    return f"{words}. {_sentence(note)}" if note else words


def next_on(sessions: Iterable[Session], now: datetime) -> str:
    """When one can next go: `next on Tuesday 10:30am`. Where nobody could work that out, how often it is held."""
    return next_until(sessions, now)[0]


def next_until(sessions: Iterable[Session], now: datetime) -> tuple[str, datetime]:
    """The same, and until when it is right: the day's end, or earlier, as soon as that session has begun."""
    today = dates.local(now).date()
    sessions = [said for said in sessions if not said.is_over(today)]
    here = dates.local(now)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    dated = [when for s in sessions if (when := next_start(s, now)) is not None]
    if not dated:
        return next((_regularly(s) for s in sessions if s.days), ""), midnight
    begins = min(dated)
    return _soon(begins, here.date()), min(midnight, begins.replace(tzinfo=here.tzinfo))


def next_start(said: Session, now: datetime) -> datetime | None:
    """When `said` next begins, in the time of Great Britain, without a zone.

    None for what cannot be known: every other week, once a month on no named day, or in terms whose dates differ.
    """
    here = dates.local(now).replace(tzinfo=None)
    starts = _clock(said.starts)
    if starts and said.valid_to and _once(said):
        begins = datetime.combine(said.valid_to, starts)
        return begins if begins > here else None
    if said.term_time or starts is None or said.frequency in {"varies", "fortnightly"}:
        return None
    which = which_days(said.note or "") if said.frequency == "monthly" else []
    if said.frequency == "monthly" and not which:
        return None
    first = max(here.date(), said.valid_from or here.date())
    for ahead in range(63):
        day = first + timedelta(days=ahead)
        begins = datetime.combine(day, starts)
        if begins <= here:
            continue
        if said.is_over(day):
            return None
        if said.frequency == "monthly":
            if any(_is_which(day, nth, name) for nth, name in which):
                return begins
        elif not said.days or DAYS[day.weekday()] in said.days:
            return begins
    return None


def which_days(note: str) -> list[tuple[int, str]]:
    """Which of a month's days a note means: `First and third Monday` is (1, monday) and (3, monday)."""
    found = _WHICH.search(note)
    pairs = re.findall(_PAIR, found[0], re.IGNORECASE) if found else []
    return [
        (ORDINALS[ordinal.lower()], pair.rpartition(" ")[2].lower())
        for pair in pairs
        for ordinal in re.findall(rf"\b(?:{_ORDINAL})\b", pair.rpartition(" ")[0], re.IGNORECASE)
    ]


def distance(miles: float) -> str:
    """`0.8 miles`; `under 0.1 miles`, as a point is only roughly a door; no tenths from ten miles on."""
    if miles < 0.1:
        return "under 0.1 miles"
    shown = f"{miles:.1f}" if miles < 9.95 else f"{miles:.0f}"
    shown = shown.removesuffix(".0")
    return f"{shown} mile" if shown == "1" else f"{shown} miles"


def capacity(status: str, waiting_weeks: int | None) -> Capacity | None:
    """`Taking people`, `Waiting list, about 6 weeks`, `Full`. None where nobody has said."""
    if status == "taking":
        return Capacity("Taking people", "good")
    if status == "full":
        return Capacity("Full", "bad")
    if status == "waiting-list":
        weeks = f", about {waiting_weeks} {'week' if waiting_weeks == 1 else 'weeks'}" if waiting_weeks else ""
        return Capacity(f"Waiting list{weeks}", "care")
    return None


def age(said: Age | None) -> str:
    """`50 and over`, `Up to 25`, `18 to 25`; empty where any age is meant."""
    if said is None or (said.min is None and said.max is None):
        return ""
    if said.max is None:
        return f"{said.min} and over"
    return f"{said.min} to {said.max}" if said.min else f"Up to {said.max}"


def in_a_line(label: str) -> str:
    """A label in the middle of a line: `Free` becomes `free`, `£5 to £10 a time` stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def and_list(words: Sequence[str]) -> str:
    """`Monday`, `Monday and Tuesday`, `Monday, Tuesday and Friday`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _days(said: Session) -> str:
    """`Tuesdays and Fridays`, `Monday to Friday`, `Every other Tuesday`, `Once a month, on a Saturday`."""
    named = [name for name, day in zip(NAMES, DAYS, strict=True) if day in said.days]
    if once := _once(said):
        return once[1]
    if said.frequency == "varies" and named and said.note:
        return f"Some {and_list([f'{name}s' for name in named])}"  # the note says which
    if said.frequency == "varies":
        return f"Days vary, usually {and_list(named)}" if named else "Days vary"
    if said.frequency == "fortnightly":
        return f"Every other {and_list(named)}" if named else "Every other week"
    if said.frequency == "monthly" and (which := _WHICH.search(said.note or "")):
        return f"{which[0][:1].upper()}{_with_capitals(which[0][1:])} of the month"
    if said.frequency == "monthly":
        return f"Once a month, on a {and_list(named)}" if named else "Once a month"
    if len(named) == 7 or (said.frequency == "daily" and not named):
        return "Every day"
    return "Monday to Friday" if named == list(NAMES[:5]) else and_list([f"{name}s" for name in named])


def _rest_of(said: Session) -> str:
    """The note without what the days already say: `Last Monday; December's is a week early` leaves its second half."""
    note = said.note or ""
    which = _WHICH.match(note) if said.frequency == "monthly" else _once(said)
    if which and which.start():
        return f"{note[: which.start()]}{note[which.end() :]}".strip()
    rest = note[which.end() :].removeprefix(" of the month").lstrip(" ;,.") if which else note
    return rest[:1].upper() + rest[1:]


def _hours(said: Session) -> str:
    starts, ends = _clock(said.starts), _clock(said.ends)
    if starts is None:
        return ""
    if ends is None:
        return f"from {dates.clock(starts)}"
    after = " the next day" if time(0) < ends < starts else ""
    return f"{dates.clock(starts)} to {dates.clock(ends)}{after}"


def _between(said: Session) -> str:
    """`from 1 May 2027`, `until 31 March 2027`."""
    parts = [f"from {dates.short_date(said.valid_from)}" if said.valid_from else ""]
    if said.valid_to and not _once(said):
        parts.append(f"until {dates.short_date(said.valid_to)}")
    return " ".join(filter(None, parts))


def _once(said: Session) -> re.Match[str] | None:
    """Where it is held on one day alone, what its note says of it."""
    return _ONCE.search(said.note or "") if said.frequency == "varies" and said.valid_to else None


def _with_capitals(said: str) -> str:
    """The names of days with their capital."""
    return re.sub("|".join(DAYS), lambda day: day[0].capitalize(), said.lower())


def _regularly(said: Session) -> str:
    """How often, where the next time cannot be known: `every other Tuesday 10:30am`, `Mondays 2:00pm, term time`."""
    starts, days = _clock(said.starts), _days(said)
    at = f" {dates.clock(starts)}" if starts and said.frequency != "varies" else ""
    # The names of days keep their capital; "Every other" and "Once a month" do not.
    begins = days if days.startswith(NAMES) else in_a_line(days)
    return f"{begins}{at}{', term time' if said.term_time else ''}"


def _soon(begins: datetime, today: date) -> str:
    at = dates.clock(begins.time())
    days = (begins.date() - today).days
    if days < 2:
        return f"next {'tomorrow' if days else 'today'} {at}"
    if days < 7:
        return f"next on {begins:%A} {at}"
    return f"next on {begins:%A} {begins.day} {begins:%B}, {at}"


def _is_which(day: date, nth: int, name: str) -> bool:
    if DAYS[day.weekday()] != name:
        return False
    if nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _clock(said: str | None) -> time | None:
    return time.fromisoformat(said) if said else None


def _sentence(note: str) -> str:
    return note if note.endswith((".", "!", "?")) else f"{note}."
