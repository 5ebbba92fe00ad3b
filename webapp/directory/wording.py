"""What a listing says of itself, in the words a reader would use: times, distance, age, room, cost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from webapp.directory.seasons import in_season
from webapp.english import dates
from webapp.library.front_matter.listing import Age, Price, Session
from webapp.library.importing import recurrence
from webapp.library.importing.session_times import from_rule
from webapp.library.occurrences import falls_on

DAYS = dates.WEEKDAYS
A_YEAR = 400  # days looked ahead for what a rule may say once a year
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
class CapacityLabel:
    """Whether there is room. `tone` is one of the label's."""

    text: str
    tone: str


def session(session: Session) -> str:
    """`Tuesdays and Thursdays, 10:30am to 12:30pm, term time only. Not the week after Christmas.`"""
    if session.rrule and not session.note:
        session = session.model_copy(update={"note": _by_rule(session)})
    term = "term time only" if session.term_time else ""
    at = f"at {session.at}" if session.at else ""
    parts = [part for part in (session_days(session), _hours(session), term, at, _between(session)) if part]
    words = ", ".join(parts) or "Times vary"
    note = rest_of(session)
    return f"{words}. {_sentence(note)}" if note else words


def next_on(sessions: Iterable[Session], now: datetime) -> str:
    """When one can next go: `next on Tuesday 10:30am`. Where nobody could work that out, how often it is held."""
    return next_until(sessions, now)[0]


def next_until(sessions: Iterable[Session], now: datetime, days: Sequence[str] = ()) -> tuple[str, datetime]:
    """The same, and until when it is right: the day's end, or earlier, as soon as that session has begun.

    With weekdays (`saturday`) in `days`, when one can next go on one of them.
    """
    today = dates.local(now).date()
    sessions = [session for session in sessions if not session.is_over(today)]
    here = dates.local(now)
    midnight = dates.day_ends(now)
    dated = [when for s in sessions if (when := next_start(s, now, days)) is not None]
    if not dated:
        return next((regularly(s) for s in sessions if s.days), ""), midnight
    begins = min(dated)
    return _soon(begins, here.date()), min(midnight, begins.replace(tzinfo=here.tzinfo))


def on_its_own(soon: str) -> str:
    """`next on Tuesday 10:30am` at the beginning of a line: `Tuesday 10:30am`. Many days that vary are `Days vary`."""
    if soon[:5].lower() == "some " and soon.count(",") > 1:
        return "Days vary"
    when = soon.removeprefix("next ").removeprefix("on ")
    return when[:1].upper() + when[1:]


def next_start(session: Session, now: datetime, days: Sequence[str] = ()) -> datetime | None:
    """When `session` next begins, on one of the weekdays in `days` if any, in Great Britain's time, without a zone.

    None for what cannot be known: every other week, once a month on no named day, or in terms whose dates differ.
    """
    here = dates.local(now).replace(tzinfo=None)
    starts = _clock(session.starts)
    if starts and session.valid_to and _single_date(session):
        begins = datetime.combine(session.valid_to, starts)
        return begins if begins > here and _is_on(begins, days) else None
    if session.term_time or starts is None:
        return None
    if session.frequency in {"varies", "fortnightly"} and not session.rrule:
        return None
    first = max(here.date(), session.valid_from or here.date())
    for ahead in range(A_YEAR if session.rrule else 63):
        day = first + timedelta(days=ahead)
        begins = datetime.combine(day, starts)
        if begins > here and _is_on(day, days) and held_on(session, day):
            return begins
    return None


def held_on(session: Session, day: date) -> bool | None:
    """Whether `session` is held on `day`. None where it may be, and nobody could work that out.

    That is every other week, some weeks, once a month on no named day, where no rule says which, and in terms, whose
    dates differ; and what its note says of the time of year.
    """
    if session.is_over(day) or (session.valid_from and day < session.valid_from):
        return False
    if session.valid_to and _single_date(session):
        return day == session.valid_to
    which = which_days(session.note or "") if session.frequency == "monthly" and not session.rrule else []
    on = not session.days or DAYS[day.weekday()] in session.days
    if which:
        on = any(_is_which(day, nth, name) for nth, name in which)
    if not on:
        return False
    season = in_season(session.note or "", day)
    is_sure = session.frequency in {"daily", "weekly"} or bool(which)
    if session.rrule and (falls := falls_on(session.rrule, session.dtstart, day)) is not None:
        if not falls:
            return False
        is_sure = True
    if season is False:
        return False
    return season if is_sure and not session.term_time else None


@lru_cache(2000)
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


def capacity(status: str, waiting_weeks: int | None) -> CapacityLabel | None:
    """`Taking people`, `Waiting list, about 6 weeks`, `Full`. None where nobody has said."""
    if status == "taking":
        return CapacityLabel("Taking people", "good")
    if status == "full":
        return CapacityLabel("Full", "bad")
    if status == "waiting-list":
        weeks = f", about {waiting_weeks} {'week' if waiting_weeks == 1 else 'weeks'}" if waiting_weeks else ""
        return CapacityLabel(f"Waiting list{weeks}", "care")
    return None


def age(limits: Age | None) -> str:
    """`50 and over`, `Up to 25`, `18 to 25`; empty where any age is meant."""
    if limits is None:
        return ""
    youngest, oldest = _so_old(limits.min, limits.min_months), _so_old(limits.max, limits.max_months)
    if not oldest:
        return f"{youngest} and over" if youngest else ""
    return f"{youngest} to {oldest}" if youngest and youngest != "0" else f"Up to {oldest}"


def _so_old(years: int | None, months: int | None) -> str:
    """`50`, `6 months`, `1 year 6 months`: years alone need no word."""
    if not months:
        return "" if years is None else str(years)
    told = f"{months} month{'s' * (months > 1)}"
    return f"{years} year{'s' * (years > 1)} {told}" if years else told


def price(price: Price) -> str:
    """`Under 18s: £3.50 per session, from 1 May 2027`."""
    sign = "£" if price.currency == "GBP" else f"{price.currency} "
    amount = "" if price.amount is None else f"{sign}{price.amount:,.2f}".removesuffix(".00")
    paid = " ".join(filter(None, (amount, price.text)))
    said = f"{price.option}: {paid}" if price.option and paid else price.option or paid
    return ", ".join(filter(None, (said, _between(price))))


def in_a_line(label: str) -> str:
    """A label in the middle of a line: `Free` becomes `free`, `£5 to £10 a time` stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def and_list(words: Sequence[str]) -> str:
    """`Monday`, `Monday and Tuesday`, `Monday, Tuesday and Friday`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def session_days(session: Session) -> str:
    """`Tuesdays and Fridays`, `Monday to Friday`, `Every other Tuesday`, `Once a month, on a Saturday`."""
    named = [name for name, day in zip(NAMES, DAYS, strict=True) if day in session.days]
    if only := _single_date(session):
        return only[1]
    if session.frequency == "varies" and named and session.note:
        return f"Some {and_list([f'{name}s' for name in named])}"  # the note says which
    if session.frequency == "varies":
        return f"Days vary, usually {and_list(named)}" if named else "Days vary"
    if session.frequency == "fortnightly":
        return f"Every other {and_list(named)}" if named else "Every other week"
    if session.frequency == "monthly" and (which := _WHICH.search(session.note or "")):
        return f"{which[0][:1].upper()}{_with_capitals(which[0][1:])} of the month"
    if session.frequency == "monthly":
        return f"Once a month, on a {and_list(named)}" if named else "Once a month"
    if len(named) == 7 or (session.frequency == "daily" and not named):
        return "Every day"
    return "Monday to Friday" if named == list(NAMES[:5]) else and_list([f"{name}s" for name in named])


def _by_rule(session: Session) -> str | None:
    """`Held every 3 weeks on Wednesday`, where nobody has put a rule into words."""
    begins = session.dtstart.isoformat() if session.dtstart else ""
    return from_rule(recurrence.read({"rrule": session.rrule or "", "dtstart": begins})).note or None


def rest_of(session: Session) -> str:
    """The note without what the days already say: `Last Monday; December's is a week early` leaves its second half."""
    note = session.note or ""
    which = _WHICH.match(note) if session.frequency == "monthly" else _single_date(session)
    if which and which.start():
        return f"{note[: which.start()]}{note[which.end() :]}".strip()
    rest = note[which.end() :].removeprefix(" of the month").lstrip(" ;,.") if which else note
    return rest[:1].upper() + rest[1:]


def _hours(session: Session) -> str:
    starts, ends = _clock(session.starts), _clock(session.ends)
    if session.all_day:
        return "open 24 hours"
    if starts is None:
        return ""
    if ends is None:
        return f"from {dates.clock(starts)}"
    after = " the next day" if time(0) < ends < starts else ""
    return f"{dates.clock(starts)} to {dates.clock(ends)}{after}"


def _between(held: Session | Price) -> str:
    """`from 1 May 2027`, `until 31 March 2027`."""
    parts = [f"from {dates.short_date(held.valid_from)}" if held.valid_from else ""]
    if held.valid_to and not (isinstance(held, Session) and _single_date(held)):
        parts.append(f"until {dates.short_date(held.valid_to)}")
    return " ".join(filter(None, parts))


def _single_date(session: Session) -> re.Match[str] | None:
    """Where it is held on one day alone, what its note says of it."""
    return _ONCE.search(session.note or "") if session.frequency == "varies" and session.valid_to else None


def _with_capitals(text: str) -> str:
    """The names of days with their capital."""
    return re.sub("|".join(DAYS), lambda day: day[0].capitalize(), text.lower())


def regularly(session: Session) -> str:
    """How often, where the next time cannot be known: `every other Tuesday 10:30am`, `Mondays 2:00pm, term time`."""
    starts, days = _clock(session.starts), session_days(session)
    at = f" {dates.clock(starts)}" if starts and session.frequency != "varies" else ""
    # The names of days keep their capital; "Every other" and "Once a month" do not.
    begins = days if days.startswith(NAMES) else in_a_line(days)
    return f"{begins}{at}{', term time' if session.term_time else ''}"


def _soon(begins: datetime, today: date) -> str:
    at = dates.clock(begins.time())
    days = (begins.date() - today).days
    if days < 2:
        return f"next {'tomorrow' if days else 'today'} {at}"
    if days < 7:
        return f"next on {begins:%A} {at}"
    return f"next on {begins:%A} {begins.day} {begins:%B}, {at}"


def _is_on(day: date, weekdays: Sequence[str]) -> bool:
    return not weekdays or DAYS[day.weekday()] in weekdays


def _is_which(day: date, nth: int, name: str) -> bool:
    if DAYS[day.weekday()] != name:
        return False
    if nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _sentence(note: str) -> str:
    return note if note.endswith((".", "!", "?")) else f"{note}."
