"""Dates and times as a reader says them. Floor 0: standard library only.

Moments are kept in UTC and shown in the time of Great Britain.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")  # as `date.weekday` counts


def starts(day: date) -> datetime:
    """The first moment of a day, on the clocks of Great Britain."""
    return datetime.combine(day, time(), HERE)


def day_ends(now: datetime) -> datetime:
    """The first moment of the day after the one of `now`."""
    return starts(day_of(now) + timedelta(days=1))


def long_date(value: date | datetime) -> str:
    """Tuesday 3 March 2026"""
    day = day_of(value)
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_date(value: date | datetime) -> str:
    """3 March 2026"""
    day = day_of(value)
    return f"{day.day} {day:%B %Y}"


def month(value: date | datetime) -> str:
    """March 2026"""
    return f"{day_of(value):%B %Y}"


def moment(value: datetime) -> str:
    """Tuesday 3 March 2026, 10:30am"""
    return f"{long_date(value)}, {clock(value)}"


def clock(value: datetime | time) -> str:
    """10:30am; midday and midnight in words, as 12:00 is read both ways."""
    at = local(value).time() if isinstance(value, datetime) else value
    if (at.hour, at.minute) in {(0, 0), (12, 0)}:
        return "midday" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def ago(value: date | datetime, today: date | None = None) -> str:
    """`today`, `3 weeks ago`, `in 2 months`. Show it beside the date, never instead of it.

    `today` is the current day in Great Britain unless it is given.
    """
    days = ((today or day_of(datetime.now(UTC))) - day_of(value)).days
    if abs(days) < 2:
        return {0: "today", 1: "yesterday", -1: "tomorrow"}[days]
    count = _rounded(abs(days))
    return f"{count} ago" if days > 0 else f"in {count}"


def _rounded(days: int) -> str:
    if days < 14:
        return f"{days} days"
    if days < 61:
        return f"{days // 7} weeks"
    if days < 730:
        return f"{round(days / 30.44)} months"
    return f"{days // 365} years"


def iso(value: date | datetime) -> str:
    """For the `datetime` attribute of a <time> element."""
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def local(value: datetime) -> datetime:
    """`value` on the clocks of Great Britain; one without a zone is taken to be there already."""
    return value.astimezone(HERE) if value.tzinfo else value.replace(tzinfo=HERE)


def day_of(value: date | datetime) -> date:
    """The day, in Great Britain, that `value` falls on."""
    return local(value).date() if isinstance(value, datetime) else value


def today(now: datetime | None = None) -> date:
    """This day in Great Britain, or the one of `now`: in summer it begins at eleven in the evening, UTC."""
    return day_of(now or datetime.now(UTC))


def as_date(value: str) -> date:
    """The day that a card of the content names as `2026-03-03`."""
    return date.fromisoformat(value)


def as_clock(value: str) -> time:
    """The time of day that content names as `14:30`."""
    return time.fromisoformat(value)
