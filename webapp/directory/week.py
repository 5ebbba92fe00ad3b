"""What is on in the next seven days: each session on its day and part of the day, nearest first.

A session stands on a day only where its listing says so. Where it may be on, every other week or in term time, it
stands apart with how often it is held, and whoever goes asks first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from webapp.directory import wording
from webapp.directory.criteria import Criteria
from webapp.directory.rows import where
from webapp.english import dates
from webapp.library.front_matter.listing import Session
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit, Results
from webapp.library.vocabulary import Vocabulary
from webapp.upkeep.closures import Closures, overlaid

DAYS = 7
MOST = 300  # groups looked at, the nearest first: past this nobody reads on
MOST_DAYS = 5  # held on so many days of a week, it is told once and not each day
KEPT = 4_000  # listings whose sessions are kept, some hundred bytes each
PARTS = (("morning", time(0)), ("afternoon", time(12)), ("evening", time(17)))  # the hour each begins with
NO_HOUR = "time not said"
_NEAR = {0: "Today", 1: "Tomorrow"}


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One session as a line: when, what, where, and what to know. `room` and `tone` are a label's, or empty."""

    at: time | None
    when: str
    title: str
    href: str
    facts: tuple[str, ...]
    note: str
    room: str = ""
    tone: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class WeekPart:
    """A part of a day, `Morning`, with what begins in it."""

    name: str
    lines: list[WeekLine]


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day."""

    day: date
    name: str
    parts: list[WeekPart]

    @property
    def date_in_words(self) -> str:
        """`Tuesday 1 December`."""
        return _date_in_words(self.day)

    @property
    def slug(self) -> str:
        """`tuesday`, as the address names it."""
        return dates.WEEKDAYS[self.day.weekday()]

    @property
    def total(self) -> int:
        return sum(len(part.lines) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Week:
    """All of it. `most_days` are those held on five days or more, told once; `perhaps` are those that may be on."""

    days: list[WeekDay]
    most_days: list[WeekLine]
    perhaps: list[WeekLine]

    @property
    def total(self) -> int:
        """How many sessions, those of most days counted once."""
        return sum(day.total for day in self.days) + len(self.most_days)

    @property
    def is_empty(self) -> bool:
        return not self.total and not self.perhaps


def look(
    criteria: Criteria, gen: Generation, now: datetime, closures: Closures, days: tuple[str, ...], part: str
) -> tuple[Week, Results]:
    """The week of the `MOST` groups of `criteria` that are nearest, and the search that found them."""
    asked = replace(criteria.query(dates.day_of(now), frozenset(closures)), page=1, size=MOST)
    found = gen.search(replace(asked, sort="distance" if criteria.near else "name"))
    return week(overlaid(found.hits, closures), gen, now, days, part), found


def week(hits: Iterable[Hit], gen: Generation, now: datetime, only: tuple[str, ...] = (), part: str = "") -> Week:
    """What `hits` hold from the moment `now` on: on the weekdays `only`, or on all seven; in one `part` of the day.

    What is over today is left out, and so is what is not running.
    """
    here = dates.local(now).replace(tzinfo=None)
    shown = [day for day in _seven(here.date()) if not only or dates.WEEKDAYS[day.weekday()] in only]
    lines: dict[date, list[WeekLine]] = {day: [] for day in shown}
    most_days: list[WeekLine] = []
    perhaps: list[WeekLine] = []
    for hit in hits:
        if hit.card["status"] in wording.STATUS:
            continue
        for session in _sessions(hit.card, gen):
            if part and part != _part(session):
                continue
            held = {day: wording.held_on(session, day) for day in shown if not _is_past(session, day, here)}
            on = [day for day, is_held in held.items() if is_held]
            if len(on) >= MOST_DAYS and not only:
                most_days.append(_line(hit, session, gen.vocabulary, often=True))
                continue
            for day in on:
                lines[day].append(_line(hit, session, gen.vocabulary))
            if not on and None in held.values():
                perhaps.append(_line(hit, session, gen.vocabulary, often=True))
    days = [WeekDay(day, _name(day, here.date()), _parts(lines[day])) for day in shown]
    return Week(days, _by_time(most_days), _by_time(perhaps))


def _seven(today: date) -> list[date]:
    return [today + timedelta(days=ahead) for ahead in range(DAYS)]


def _name(day: date, today: date) -> str:
    """`Today, Sunday 29 November`."""
    near = _NEAR.get((day - today).days, "")
    return f"{near}, {_date_in_words(day)}" if near else _date_in_words(day)


def _date_in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def short_names(now: datetime) -> dict[str, str]:
    """The seven days as the address names each → `Today`, `Tomorrow`, `Wednesday 2`."""
    seven = enumerate(_seven(dates.day_of(now)))
    return {dates.WEEKDAYS[day.weekday()]: _NEAR.get(ahead) or f"{day:%A} {day.day}" for ahead, day in seven}


def _sessions(card: dict[str, Any], gen: Generation) -> tuple[Session, ...]:
    """The sessions of a listing whose days are known."""
    known = _known.of(gen)
    if card["path"] not in known:
        if len(known) >= KEPT:
            known.clear()
        known[card["path"]] = tuple(Session.model_validate(item) for item in card["sessions"])
    return tuple(s for s in known[card["path"]] if s.days or s.valid_to or s.rrule or s.frequency == "daily")


_known = PerGeneration[dict[str, tuple[Session, ...]]](lambda gen: {})


def _is_past(session: Session, day: date, here: datetime) -> bool:
    """Whether what is held on `day` is over by now; of what has no end, whether it has begun."""
    starts, ends = _clock(session.starts), _clock(session.ends)
    if day != here.date() or starts is None:
        return False
    if ends is not None and ends < starts:
        return False  # it goes on into the next day
    return (ends or starts) <= here.time()


def _line(hit: Hit, session: Session, vocabulary: Vocabulary, *, often: bool = False) -> WeekLine:
    card, starts, ends = hit.card, _clock(session.starts), _clock(session.ends)
    venues = card["venues"]
    venue = session.at or (venues[0] if len(venues) == 1 else "")
    place = venue or where(card["places"], card["citywide"], vocabulary)
    away = wording.distance(hit.miles) if hit.miles is not None else ""
    cost = wording.in_a_line(vocabulary.label("costs", card["cost"])) if card["cost"] else ""
    hours = " to ".join(dates.clock(at) for at in (starts, ends) if at) or NO_HOUR
    room = wording.capacity(card["capacity"], card["waiting_weeks"])
    told = room if room and room.tone != "good" else None  # what most have needs no words
    return WeekLine(
        at=starts,
        when=_often(session, hours if starts else "") if often else hours,
        title=card["title"],
        href=card["path"],
        facts=tuple(fact for fact in (place, away, cost) if fact),
        note=wording.rest_of(session),
        room=told.text if told else "",
        tone=told.tone if told else "",
        phone=card["phone"],
    )


def _often(session: Session, hours: str) -> str:
    """`Every other Tuesday, 10:30am to midday`, `Mondays, 2:00pm, term time only`."""
    said = (wording.session_days(session), hours, "term time only" if session.term_time else "")
    return ", ".join(words for words in said if words)


def _parts(lines: Iterable[WeekLine]) -> list[WeekPart]:
    """`lines` by part of the day, those whose hour is not said last."""
    ordered = _by_time(lines)
    named = [(name.capitalize(), [line for line in ordered if _part_of(line.at) == name]) for name, _ in PARTS]
    named.append((NO_HOUR.capitalize(), [line for line in ordered if line.at is None]))
    return [WeekPart(name, held) for name, held in named if held]


def _part(session: Session) -> str:
    return _part_of(_clock(session.starts))


def _part_of(at: time | None) -> str:
    return next((name for name, begins in reversed(PARTS) if at >= begins), "") if at else ""


def _by_time(lines: Iterable[WeekLine]) -> list[WeekLine]:
    """By the hour; at the same hour as they came, which is nearest first."""
    return sorted(lines, key=lambda line: line.at or time.max)


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def first_lines(week: Week, most: int) -> list[WeekLine]:
    """The first `most` of what is surely on, in the order of the days."""
    return list(islice((line for day in week.days for part in day.parts for line in part.lines), most))
