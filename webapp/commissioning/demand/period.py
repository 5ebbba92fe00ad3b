"""What a page of demand is about: from when to when, where, and which outcomes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from webapp.english.dates import HERE
from webapp.library.vocabulary import Vocabulary

USUAL = timedelta(days=91)  # three months


@dataclass(frozen=True)
class DemandPeriod:
    """`since` and `until` are days, both included. `place` is a slug, or empty; `group` is one of outcomes."""

    since: date
    until: date
    place: str
    group: str
    notices: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: Any, vocabulary: Vocabulary, today: date) -> "DemandPeriod":
        """From an address (`from`, `to`, `place`, `group`). What cannot be read is left out, and a notice says so."""
        notices: list[str] = []
        until = _day(args.get("to", ""), today, notices)
        since = _day(args.get("from", ""), until - USUAL, notices)
        if since > until:
            notices.append("The first day was after the last, so they were exchanged.")
            since, until = until, since
        groups = [group.slug for group in vocabulary.files["outcomes"].groups]
        place, group = args.get("place", ""), args.get("group", "")
        return cls(
            since,
            until,
            place if place in vocabulary.terms("places") else "",
            group if group in groups else next(iter(groups), ""),
            tuple(notices),
        )

    @property
    def starts(self) -> datetime:
        """The first moment, on the clocks of Great Britain."""
        return datetime.combine(self.since, time(), HERE)

    @property
    def ends(self) -> datetime:
        """The moment after the last."""
        return datetime.combine(self.until + timedelta(days=1), time(), HERE)

    @property
    def last(self) -> datetime:
        """The last minute."""
        return datetime.combine(self.until, time(23, 59), HERE)

    def as_args(self, **changes: str) -> dict[str, Any]:
        """The same as an address says it, with `changes`."""
        args = {"from": self.since.isoformat(), "to": self.until.isoformat(), "place": self.place, "group": self.group}
        return {name: value for name, value in {**args, **changes}.items() if value}


def _day(value: str, otherwise: date, notices: list[str]) -> date:
    if not value:
        return otherwise
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = date.min
    if not 2000 <= day.year <= 2100:  # also keeps sums of days within the calendar
        notices.append(f"“{value[:20]}” is not a date we can read, so it was left out.")
        return otherwise
    return day
