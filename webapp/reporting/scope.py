"""Which gaps the figures are about: reported from when to when, and in which locality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from webapp.dates import HERE
from webapp.gaps.models import Gap
from webapp.library.vocabulary import Vocabulary

QUARTER = timedelta(days=91)
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Scope:
    """`since` and `until` are days, both included; None is without end. `locality` is a slug, or empty for all.

    `places` are the slugs of that locality. What made no sense was left out, and `notices` say so to the reader.
    """

    since: date | None = None
    until: date | None = None
    locality: str = ""
    places: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: Any, words: Vocabulary) -> "Scope":
        """From an address: `from`, `to`, `locality`."""
        notices: list[str] = []
        since, until = _day(args.get("from", ""), notices), _day(args.get("to", ""), notices)
        if since and until and since > until:
            notices.append("The first day was after the last, so they were exchanged.")
            since, until = until, since
        known = {group.slug for group in words.localities}
        locality = args.get("locality", "") if args.get("locality") in known else ""
        places = [slug for slug, term in words.terms("places").items() if locality and term.locality == locality]
        return cls(since, until, locality, tuple(places), tuple(notices))

    def whole(self, today: date) -> "Scope":
        """With both days: the last three months where they are not said."""
        until = self.until or (max(today, self.since) if self.since else today)
        since = self.since or until - QUARTER
        return Scope(since, until, self.locality, self.places, self.notices)

    def during(self, column: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
        """What a query asks for: `column`, a moment, within the days, and a place of the locality.

        A gap that was merged into another stands in no figure.
        """
        asked: list[ColumnElement[bool]] = [Gap.merged_into_id.is_(None)]
        if self.locality:
            asked.append(Gap.place.in_(self.places))
        if self.since:
            asked.append(column >= starts(self.since))
        if self.until:
            asked.append(column < starts(self.until + timedelta(days=1)))
        return asked

    def as_args(self, **changes: Any) -> dict[str, str]:
        """The same as an address says it, with `changes`."""
        args = {
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "locality": self.locality,
        }
        return {name: value for name, value in {**args, **changes}.items() if value}

    @property
    def key(self) -> str:
        """What the words of a report are kept under: the same wherever the same was asked for."""
        return urlencode(sorted(self.as_args().items()))


def starts(day: date) -> datetime:
    """The first moment of a day, on the clocks of Great Britain."""
    return datetime.combine(day, time(), HERE)


def months(since: date, until: date, most: int) -> Sequence[date]:
    """The first day of each month from `since` to `until`, the latest `most` of them."""
    count = (until.year - since.year) * 12 + until.month - since.month + 1
    last = until.year * 12 + until.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - min(count, most) + 1, last + 1)]


def after(month: date) -> date:
    """The first day of the month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _day(value: str, notices: list[str]) -> date | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = date.min
    if day.year not in YEARS:  # also keeps sums of days within the calendar
        notices.append(f"“{value[:20]}” is not a date we can read, so it was left out.")
        return None
    return day
