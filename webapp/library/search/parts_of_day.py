"""Which parts of a day a session is in: morning, afternoon, evening."""

from collections.abc import Iterator

NOON, EVENING = 12 * 60, 17 * 60  # minutes since midnight
LONG_ENOUGH = 60  # minutes in a part of the day, where the session began before it
_PARTS = (("morning", 0, NOON), ("afternoon", NOON, EVENING), ("evening", EVENING, 24 * 60))


def parts_of_day(starts: str | None, ends: str | None) -> Iterator[str]:
    """The parts of a session from `starts` to `ends` (`14:30`): where it begins, and where it lasts an hour.

    None where nobody has said when it begins. What ends the next day lasts until midnight.
    """
    if not starts:
        return
    begins = _minutes(starts)
    until = _minutes(ends) if ends else begins
    until = until if until >= begins else 24 * 60
    for name, first, last in _PARTS:
        if first <= begins < last or min(until, last) - max(begins, first) >= LONG_ENOUGH:
            yield name


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 60 + int(minutes)
