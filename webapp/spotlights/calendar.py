"""Spotlights as iCalendar (RFC 5545): the dates of the content, what teams have planned, and a team's weekly meeting.

Times are local, with the rule of Great Britain's clocks beside them: see docs/decisions/calendar-times.md.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from webapp.english.dates import HERE, WEEKDAYS, day_of
from webapp.library.characters import writable
from webapp.library.front_matter.model import NAMESPACE
from webapp.library.terms import Team
from webapp.spotlights.models import SpotlightSession

if TYPE_CHECKING:
    from icalendar import Calendar, Event

Card = Mapping[str, Any]
BACK = timedelta(days=366)  # how long a session that has been stays in the feed
CANCELLED_KEPT = timedelta(days=60)  # a program that asks seldom still hears that a session was cancelled
# The clocks go forward at 1:00 UTC on the last Sunday of March, back on the last of October: the Summer Time Order 2002
# (SI 2002/262). Each begins here with the last year of the rule before it, so that every date of ours is after it.
CLOCKS = b"""BEGIN:VTIMEZONE\r
TZID:Europe/London\r
BEGIN:DAYLIGHT\r
TZNAME:BST\r
DTSTART:19810329T010000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZNAME:GMT\r
DTSTART:19961027T020000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
END:STANDARD\r
END:VTIMEZONE\r
"""


def feed(
    cards: Iterable[Card],
    sessions: Iterable[SpotlightSession],
    *,
    base_url: str,
    name: str,
    built: datetime,
    label: Callable[[str, str], str],
    meets: Team | None = None,
) -> bytes:
    """Every event, each with a UID that stays when its title, its day or its time changes.

    `cards` are those of all spotlights; `base_url` has no slash at its end; `label` says what a team is called;
    `meets` is the team whose weekly meeting is wanted too. A date of the content that a planned session of the same
    spotlight stands for, on the same day, is left out.
    """
    import icalendar  # here: one file in a thousand needs it, and every worker would hold it in memory

    cal = icalendar.Calendar()
    cal.add("prodid", "-//Signpost//Spotlights//EN")
    cal.add("version", "2.0")
    cal.add("method", "PUBLISH")
    cal.add("x-wr-calname", f"{name}: spotlights")
    cal.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    cal.add_component(icalendar.Timezone.from_ical(CLOCKS))
    by_slug = {card["path"].rsplit("/", 1)[1]: card for card in cards}
    planned = [held for held in sessions if held.spotlight in by_slug]
    stood_for = {(held.spotlight, day_of(held.starts_at)) for held in planned if held.cancelled_at is None}
    for slug, card in sorted(by_slug.items(), key=lambda item: (item[1]["date"], item[0])):
        if (slug, date.fromisoformat(card["date"])) not in stood_for:
            _add_card(_event(cal, f"{card['id']}@signpost", built), card, base_url)
    for held in planned:
        audience = label("teams", held.team) if held.team else "all teams"
        _add_session(_event(cal, uid(held), held.changed_at), held, by_slug[held.spotlight], audience, base_url)
    if meets and meets.time and meets.day in WEEKDAYS:
        _add_meetings(_event(cal, f"{_stable(f'/community/{meets.slug}')}@signpost", built), meets, base_url, built)
    return writable(cal.to_ical().decode()).encode()


def uid(held: SpotlightSession) -> str:
    """What calendars know this session by, whatever changes."""
    return f"{_stable(f'/spotlights/{held.spotlight}/sessions/{held.id}')}@signpost"


def _stable(path: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, path)


def _event(cal: "Calendar", uid: str, stamp: datetime) -> "Event":
    import icalendar

    event = icalendar.Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp.astimezone(UTC))
    cal.add_component(event)
    return event


def _add_card(event: "Event", card: Card, base_url: str) -> None:
    """The date that the content names: with its time, or a whole day where it says none."""
    day = date.fromisoformat(card["date"])
    if card["time"]:
        starts = datetime.combine(day, time.fromisoformat(card["time"]), HERE)
        _times(event, starts, starts + timedelta(minutes=card["minutes"]))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a day with a session is not a day that is taken
    _words(event, card["title"], [card["summary"]], card["venue"], card["join"], f"{base_url}{card['path']}")


def _add_session(event: "Event", held: SpotlightSession, card: Card, whose: str, base_url: str) -> None:
    event.add("sequence", held.sequence)
    event.add("last-modified", held.changed_at.astimezone(UTC))
    event.add("status", "CANCELLED" if held.cancelled_at else "CONFIRMED")
    _times(event, held.starts_at, held.ends_at)
    page = f"{base_url}/spotlights/{held.spotlight}/sessions/{held.id}"
    title = f"Cancelled: {card['title']}" if held.cancelled_at else card["title"]
    _words(event, title, [card["summary"], f"For {whose}."], held.venue, held.join, page)


def _add_meetings(event: "Event", team: Team, base_url: str, built: datetime) -> None:
    """Each week from the beginning of last year to the end of next, without the days that are skipped.

    The first start is on the rule, and the end and the exceptions have their time: readers differ on any other.
    """
    year = day_of(built).year
    first = _on_or_after(date(year - 1, 1, 1), team.day)
    last = _on_or_after(date(year + 1, 12, 25), team.day)
    clock = time.fromisoformat(team.time or "")
    starts = datetime.combine(first, clock, HERE)
    # By the clocks on that day, where they may have changed within the meeting: the end is said as a length instead.
    event.add("dtstart", starts)
    event.add("duration", timedelta(minutes=team.minutes))
    until = datetime.combine(last, clock, HERE).astimezone(UTC)
    event.add("rrule", {"freq": "weekly", "until": until})
    skipped = [day for day in team.skips if first <= day <= last and WEEKDAYS[day.weekday()] == team.day]
    if skipped:
        event.add("exdate", [datetime.combine(day, clock, HERE) for day in skipped])
    page = f"{base_url}/community/{team.slug}"
    _words(event, f"Community of Practice: {team.label}", [], team.room or "", team.join or "", page)


def _on_or_after(day: date, weekday: str) -> date:
    return day + timedelta(days=(WEEKDAYS.index(weekday) - day.weekday()) % 7)


def _times(event: "Event", starts: datetime, ends: datetime) -> None:
    event.add("dtstart", starts.astimezone(HERE))
    event.add("dtend", ends.astimezone(HERE))


def _words(event: "Event", title: str, paragraphs: list[str], venue: str, join: str, page: str) -> None:
    event.add("summary", title)
    event.add("description", "\n\n".join([*paragraphs, *([f"Join: {join}"] if join else []), page]))
    event.add("url", page)
    if venue:
        event.add("location", venue)
