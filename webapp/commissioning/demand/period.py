"""What a page of demand is about: from when to when, where, and which outcomes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from webapp.english.dates import HERE
from webapp.library.vocabulary import Vocabulary
from webapp.web import asked_days

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
        until = asked_days.day(args.get("to", ""), notices) or today
        since = asked_days.day(args.get("from", ""), notices) or until - USUAL
        since, until = asked_days.in_order(since, until, notices)
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
