"""Words that ask what is on at a time soon to come: `tomorrow near M22`, `singing this weekend`."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from webapp.directory.criteria import Criteria
from webapp.directory.nearness import Near, locate, place
from webapp.directory.week import WeekLine, first_lines, look
from webapp.english.dates import WEEKDAYS, day_of
from webapp.library.generation.reader import Generation
from webapp.upkeep.closures import Closures

PATH = "/directory/this-week"
USUAL_MILES = 2.0
FARTHER_MILES = 10.0  # where nothing is on nearer
SHOWN = 4
_SOON = r"today|tonight|tomorrow|this week(?:end)?|at the weekend|this evening|this morning|this afternoon"


def _when(days: str) -> re.Pattern[str]:
    of_day = rf"(?P<day>{days})(?P<part> morning| afternoon| evening| night)?"
    return re.compile(rf"\b(?:what(?:['’]?s| is) on|{of_day})\b(?!['’]s)", re.IGNORECASE)


_WHEN = _when(_SOON)
_WHEN_ON = _when(f"{_SOON}|{'|'.join(WEEKDAYS)}")  # beside "what's on": "singing on Friday" is a search for every week
_NEAR = re.compile(r"(?:^|\s)(?:near|in|around|at)\s+(?P<place>[\w’' -]+)$", re.IGNORECASE)
_FILLERS = re.compile(r"\b(?:on|what|is|there|anything|something|happening|groups?|sessions?)\b|[?!,]", re.IGNORECASE)
_PARTS = {
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "evening",
    "tonight": "evening",
}


@dataclass(frozen=True, slots=True)
class Soon:
    """What was asked for. `words` are left beside the time and the place; `days` are weekdays, none for all seven."""

    criteria: Criteria
    days: tuple[str, ...]
    part: str
    said: str  # `tomorrow`

    @property
    def words(self) -> str:
        return self.criteria.words

    @property
    def address(self) -> str:
        """Where the days and sessions stand."""
        return address(self.criteria, self.days, self.part)


def asked(criteria: Criteria, gen: Generation, today: date) -> Soon | None:
    """The time soon to come that the words of `criteria` name; None where they name none."""
    named = [*_WHEN.finditer(criteria.words)]
    if not named:
        return None
    when = _WHEN if all(found["day"] for found in named) else _WHEN_ON
    rest, near = _place(_FILLERS.sub(" ", when.sub(" ", criteria.words)), criteria, gen)
    # The first day that is named, on whichever side of it "what's on" stands.
    found = next((found for found in when.finditer(criteria.words) if found["day"]), named[0])
    said = (found["day"] or "this week").lower()
    part = (found["part"] or "").strip().lower() or said.rpartition(" ")[2]
    wanted = replace(
        without_days(criteria),
        words=rest,
        near=near,
        near_typed=near.name if near else criteria.near_typed,
        within=criteria.within or (USUAL_MILES if near else None),
        page=1,
    )
    told = f"on {said.capitalize()}" if said in WEEKDAYS else said
    return Soon(wanted, _days(said, today), _PARTS.get(part, ""), f"{told}{(found['part'] or '').lower()}")


def without_days(criteria: Criteria) -> Criteria:
    """The same on whichever day."""
    return replace(criteria, filters={name: on for name, on in criteria.filters.items() if name != "day"})


def address(criteria: Criteria, days: tuple[str, ...] = (), part: str = "") -> str:
    """Where the week is found that these criteria, weekdays and part of the day name."""
    _, _, query = replace(criteria, page=1, sort="best", on_map=False).address().partition("?")
    more = urlencode([*(("day", day) for day in days), *([("part", part)] if part else [])])
    return f"{PATH}?{'&'.join(said for said in (query, more) if said)}"


def _place(words: str, criteria: Criteria, gen: Generation) -> tuple[str, Near | None]:
    """What is left of `words` without the place they are or end with, and that place; the one that was chosen else."""
    words = " ".join(words.split())
    found = _NEAR.search(words)
    near = locate(found["place"].strip(), gen) if found else place(words, gen)
    if near:
        return words[: found.start()] if found else "", near
    return words, criteria.near


def _days(said: str, today: date) -> tuple[str, ...]:
    if "weekend" in said:
        return ("saturday", "sunday")
    if said == "this week":
        return ()
    if said in WEEKDAYS:
        return (said,)
    return (WEEKDAYS[(today + timedelta(days=said == "tomorrow")).weekday()],)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The first of what is on, for above a list, and where all of it stands."""

    heading: str
    found: str  # `13 sessions tomorrow near M22`
    lines: list[WeekLine]
    total: int
    href: str
    is_all: bool  # nothing but a time and a place was asked for


def glimpse(criteria: Criteria, gen: Generation, now: datetime, closures: Closures) -> Glimpse | None:
    """What is on at the time soon to come that the words of `criteria` name; None where they name none."""
    wanted = asked(criteria, gen, day_of(now))
    if wanted is None:
        return None
    shown, _ = look(wanted.criteria, gen, now, closures, wanted.days, wanted.part)
    if not shown.total and wanted.criteria.within and not criteria.within:
        wanted = replace(wanted, criteria=replace(wanted.criteria, within=FARTHER_MILES))
        shown, _ = look(wanted.criteria, gen, now, closures, wanted.days, wanted.part)
    where = f" near {wanted.criteria.near.name}" if wanted.criteria.near else ""
    what = f": {wanted.words}" if wanted.words else ""
    said = f"{wanted.said}{where}{what}"
    heading = f"{said[:1].upper()}{said[1:]}"
    found = f"{shown.total or 'No'} {'session' if shown.total == 1 else 'sessions'} {said}"
    return Glimpse(heading, found, first_lines(shown, SHOWN), shown.total, wanted.address, not wanted.words)
