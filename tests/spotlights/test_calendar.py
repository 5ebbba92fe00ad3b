"""The calendar of spotlights, read back as two programs of different origin read it: icalendar and vobject."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr
from flask import Flask

from tests.spotlights.conftest import OURS, PAGE, THEIRS, plan
from tests.support.client import Client
from tests.support.clock import Clock
from webapp.english.dates import HERE, WEEKDAYS
from webapp.library.terms import Team
from webapp.spotlights import calendar
from webapp.spotlights.models import SpotlightSession

# The clocks go forward on 29 March 2026 and 28 March 2027, and back on 25 October 2026.
CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28))
NAMED = {"base_url": "https://signpost.example", "name": "Signpost", "label": lambda words, slug: slug}
BUILT = datetime(2026, 3, 24, tzinfo=UTC)
Browsers = Callable[[str], Client]


def card(slug: str, **more: Any) -> dict[str, Any]:
    said = {"id": slug, "path": f"/spotlights/{slug}", "title": slug.capitalize(), "summary": "One look."}
    return said | {"date": "2026-03-31", "time": "", "minutes": 60, "venue": "", "join": ""} | more


def session(number: int, starts: datetime, **more: Any) -> SpotlightSession:
    said = {"id": number, "spotlight": "one", "team": OURS, "sequence": 0, "changed_at": BUILT, "venue": "", "join": ""}
    return SpotlightSession(starts_at=starts, ends_at=starts + timedelta(hours=1), **(said | more))


def by_icalendar(body: bytes) -> Iterator[tuple[datetime, datetime]]:
    for event in icalendar.Calendar.from_ical(body).walk("VEVENT"):
        yield event.decoded("dtstart"), event.decoded("dtend")


def by_vobject(body: bytes) -> Iterator[tuple[datetime, datetime]]:
    """By the rules of the clocks that the feed itself carries: vobject takes no others."""
    for event in vobject.readOne(body.decode()).vevent_list:
        yield event.dtstart.value, event.dtend.value


def instants(spans: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    return sorted((starts.astimezone(UTC), ends.astimezone(UTC)) for starts, ends in spans)


@pytest.mark.parametrize("reader", [by_icalendar, by_vobject])
def test_two_in_the_afternoon_is_that_on_both_sides_of_a_change_of_the_clocks(reader: Callable) -> None:
    days = [change + timedelta(days=away) for change in CHANGES for away in (-1, 0, 1)]
    starts = [datetime.combine(day, time(14), HERE) for day in days]
    hours = {(day > change and day.month < 9) or day == change for change in CHANGES for day in days}
    assert hours == {True, False}
    body = calendar.feed([card("one")], [session(n, at) for n, at in enumerate(starts)], built=BUILT, **NAMED)
    timed = calendar.feed([card("x", date="2026-03-29", time="09:30", minutes=45)], [], built=BUILT, **NAMED)
    expected = [(at.astimezone(UTC), at.astimezone(UTC) + timedelta(hours=1)) for at in starts]
    read = [span for span in reader(body) if isinstance(span[0], datetime)]
    assert instants(iter(read)) == expected
    assert {at.hour for at, _ in expected} == {13, 14}  # in UTC: summer and winter are both there
    (span,) = instants(reader(timed))
    assert span == (datetime(2026, 3, 29, 8, 30, tzinfo=UTC), datetime(2026, 3, 29, 9, 15, tzinfo=UTC))


def test_a_weekly_meeting_stays_at_its_hour_and_skips_what_it_skips() -> None:
    skipped = date(2026, 4, 2)
    team = Team(slug=OURS, label="Ours", day="thursday", time="14:00", minutes=60, skips=(skipped, date(2026, 4, 3)))
    body = calendar.feed([card("one")], [], built=BUILT, meets=team, **NAMED)
    event = next(e for e in icalendar.Calendar.from_ical(body).walk("VEVENT") if "RRULE" in e)
    starts = event.decoded("dtstart")
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=starts.replace(tzinfo=HERE))
    gone = {at.dt.astimezone(UTC) for at in event["EXDATE"].dts}
    mine = {at.astimezone(UTC) for at in rule} - gone
    other = next(e for e in vobject.readOne(body.decode()).vevent_list if hasattr(e, "rrule"))
    theirs = {at.astimezone(UTC) for at in other.getrruleset(addRDate=False)}
    assert mine == theirs
    last = date(BUILT.year + 1, 12, 25)
    last += timedelta(days=(WEEKDAYS.index("thursday") - last.weekday()) % 7)
    days = {starts.date() + timedelta(weeks=n) for n in range((last - starts.date()).days // 7 + 1)} - {skipped}
    assert mine == {datetime.combine(day, time(14), HERE).astimezone(UTC) for day in days}
    assert starts.strftime("%A").lower() == "thursday"  # the first is on the rule


def events(body: bytes) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}


def feed_of(person: Client) -> str:
    """The address of somebody's calendar."""
    page = person.get("/account/notifications")
    if not page.soup.select_one("#calendar-address"):
        page = page.send("Make my addresses").follow()
    found = page.soup.select_one("#calendar-address")
    assert found
    return str(found["value"]).removeprefix("http://localhost")


def test_a_calendar_hears_of_every_change_and_of_the_end(browser_of: Browsers, client: Client, clock: Clock) -> None:
    femi, priya = browser_of("femi"), browser_of("priya")
    address, feed = plan(femi, venue="The back room"), feed_of(priya)
    before = events(client.get(feed).data)
    (uid,) = [uid for uid, event in before.items() if address in str(event["URL"])]
    assert (before[uid]["SEQUENCE"], str(before[uid]["STATUS"])) == (0, "CONFIRMED")
    assert str(before[uid]["LOCATION"]) == "The back room"
    clock.passes(minutes=1)
    femi.get(f"{address}/change").send("Save the change", at="15:15")
    moved = events(client.get(feed).data)[uid]
    assert moved["SEQUENCE"] == 1
    assert moved.decoded("dtstart") == datetime(2026, 3, 26, 15, 15, tzinfo=UTC)
    assert moved.decoded("last-modified") > before[uid].decoded("last-modified")
    femi.get(address).send("Cancel this session")
    body = client.get(feed).data
    gone = events(body)[uid]
    assert (gone["SEQUENCE"], str(gone["STATUS"])) == (2, "CANCELLED")
    (told,) = [e for e in vobject.readOne(body.decode()).vevent_list if e.uid.value == uid]
    assert (told.status.value, told.sequence.value) == ("CANCELLED", "2")
    femi.get(address).send("Bring it back")
    back = events(client.get(feed).data)[uid]
    assert (back["SEQUENCE"], str(back["STATUS"])) == (3, "CONFIRMED")
    femi.get(address).send("Cancel this session")
    clock.passes(days=61)
    assert uid not in events(client.get(feed).data)  # whoever asks now has heard of it or never knew it


def test_each_has_the_sessions_of_their_own_team_and_those_for_all(browser_of: Browsers, client: Client) -> None:
    ours = plan(browser_of("femi"))
    theirs = plan(browser_of("connie"), team=THEIRS)
    every = plan(browser_of("carol"), team="all", at="09:00")

    def seen_by(name: str) -> set[str]:
        told = {str(event["URL"]) for event in events(client.get(feed_of(browser_of(name))).data).values()}
        return {address for address in (ours, theirs, every) if any(url.endswith(address) for url in told)}

    assert seen_by("priya") == {ours, every}
    assert seen_by("stranger") == {theirs, every}
    assert seen_by("connie") == {ours, theirs, every}
    assert seen_by("ed") == {every}


def test_a_planned_session_stands_for_the_date_of_its_page(browser_of: Browsers, client: Client) -> None:
    feed = feed_of(browser_of("priya"))
    of_page = [e for e in events(client.get(feed).data).values() if str(e["URL"]).endswith(PAGE)]
    assert [event.decoded("dtstart") for event in of_page] == [date(2026, 3, 26)]  # a whole day: it says no time
    plan(browser_of("femi"))
    assert not [e for e in events(client.get(feed).data).values() if str(e["URL"]).endswith(PAGE)]


def test_the_weekly_meeting_comes_to_who_asks_for_it(browser_of: Browsers, client: Client, app: Flask) -> None:
    feed = feed_of(browser_of("priya"))
    rules = [
        [e for e in events(client.get(f"{feed}{more}").data).values() if "RRULE" in e] for more in ("", "&meetings=1")
    ]
    assert [len(found) for found in rules] == [0, 1]
