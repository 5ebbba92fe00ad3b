"""The next sessions of a listing as iCalendar (RFC 5545), for the calendar of whoever was given it.

Each session that can be worked out is an event of its own. What cannot, as in terms or every other week, is in none.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dateutil.easter import easter

from webapp.directory import wording
from webapp.directory.summary import ListingSummary
from webapp.english import dates
from webapp.library.characters import writable
from webapp.library.front_matter.model import NAMESPACE, Asset
from webapp.spotlights.calendar import CLOCKS

AHEAD = 91  # days
MOST = 60  # events
USUAL = timedelta(hours=1)  # of a session that does not say when it ends
HOLIDAYS = "Days that are bank holidays are left out. Ring to ask about those."
ASK_FIRST = "Ring before the first time."


def times(asset: Asset, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When each session of the next three months begins and ends, on the clocks here.

    Only those that are sure to be held; none on a bank holiday.
    """
    here = dates.local(now)
    for ahead in range(AHEAD):
        day = here.date() + timedelta(days=ahead)
        if day in bank_holidays(day.year):
            continue
        for session in asset.sessions:
            if session.starts and session.frequency != "varies" and wording.held_on(session, day) is True:
                begins = datetime.combine(day, time.fromisoformat(session.starts), dates.HERE)
                ends = datetime.combine(day, time.fromisoformat(session.ends), dates.HERE) if session.ends else None
                if begins > here:
                    yield begins, ends if ends and ends > begins else begins + USUAL


def calendar(path: str, asset: Asset, facts: ListingSummary, now: datetime) -> bytes:
    """The file for the listing at `path`. A confidential address is not in it."""
    import icalendar  # here: one answer in many needs it

    cal = icalendar.Calendar()
    cal.add("prodid", "-//Signpost//Sessions//EN")
    cal.add("version", "2.0")
    cal.add("method", "PUBLISH")
    cal.add_component(icalendar.Timezone.from_ical(CLOCKS))
    place = next((", ".join(filter(None, (p.name, p.address))) for p in facts.places), "")
    about = [asset.summary, f"Ring: {facts.phone}. {ASK_FIRST}" if facts.phone else ASK_FIRST, HOLIDAYS]
    for begins, ends in list(times(asset, now))[:MOST]:
        event = icalendar.Event()
        event.add("uid", f"{uuid.uuid5(NAMESPACE, f'{path} {begins.isoformat()}')}@signpost")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", begins)
        event.add("dtend", ends)
        event.add("summary", asset.title)
        event.add("description", "\n\n".join(about))
        if place and not facts.is_confidential:
            event.add("location", place)
        cal.add_component(event)
    return writable(cal.to_ical().decode()).encode()


@lru_cache(16)
def bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays of England and Wales: the Banking and Financial Dealings Act 1971, and those proclaimed each year.

    One that falls on a weekend is kept on the next weekday that is none, and on the day itself few groups are open:
    both are here. Days proclaimed for one year alone are not known.
    """
    sunday = easter(year)
    days = {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    days |= {_monday_from(date(year, 5, 1)), _monday_from(date(year, 5, 25)), _monday_from(date(year, 8, 25))}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        days.add(fixed)
        kept = fixed
        while kept.weekday() >= 5 or (kept != fixed and kept in days):
            kept += timedelta(days=1)
        days.add(kept)
    return frozenset(days)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
