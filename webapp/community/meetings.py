"""When a community meets: every week on its day, as content says, in the time of Great Britain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from webapp.english import dates
from webapp.english.dates import HERE, WEEKDAYS
from webapp.library.terms import Team

LONGEST_BREAK = 26  # weeks in a row that a community may skip before nothing is said to be next


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; `starts` and `ends` are moments."""

    day: date
    starts: datetime
    ends: datetime


def meets(team: Team) -> bool:
    """Whether content says when this team's community meets."""
    return bool(team.time) and team.day in WEEKDAYS


def coming(team: Team, now: datetime, most: int) -> list[Meeting]:
    """The next meetings, `most` of them or fewer, the one that is under way first; none where content says no day."""
    if not meets(team):
        return []
    return [meeting for meeting in _from(team, dates.day_of(now), most + LONGEST_BREAK) if meeting.ends > now][:most]


def on(team: Team, day: date, now: datetime, most: int) -> Meeting | None:
    """The coming meeting on `day`; None where there is none among the next `most`."""
    return next((meeting for meeting in coming(team, now, most) if meeting.day == day), None)


def regularly(team: Team) -> str:
    """`Thursdays, 2:00pm to 3:00pm`; empty where content says no day."""
    if not meets(team):
        return ""
    starts = datetime.combine(date.min, _clock(team))
    ends = (starts + timedelta(minutes=team.minutes)).time()
    return f"{team.day.capitalize()}s, {dates.clock(starts.time())} to {dates.clock(ends)}"


def _from(team: Team, today: date, weeks: int) -> Iterator[Meeting]:
    """Meetings from `today` on, in order, without the days that are skipped."""
    first = today + timedelta(days=(WEEKDAYS.index(team.day) - today.weekday()) % 7)
    for week in range(weeks):
        day = first + timedelta(weeks=week)
        if day not in team.skips:
            starts = datetime.combine(day, _clock(team), HERE)
            yield Meeting(day, starts, starts + timedelta(minutes=team.minutes))


def _clock(team: Team) -> time:
    return time.fromisoformat(team.time or "00:00")
