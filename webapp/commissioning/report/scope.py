"""Which gaps the figures are about: in which locality, for whom, and what happened to them from when to when."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from webapp.english.dates import starts
from webapp.gaps.models import Gap, GapAudience
from webapp.library.vocabulary import Vocabulary
from webapp.web import asked_days

QUARTER = timedelta(days=91)


@dataclass(frozen=True)
class Scope:
    """`since` and `until` are days, both included. `locality` and `audience` are slugs, or empty for all.

    `places` are the slugs of that locality. `said` are the days as they were asked for: where they were not, they are
    the last three months of every day. What made no sense was left out, and `notices` say so to the reader.
    """

    since: date
    until: date
    locality: str = ""
    places: tuple[str, ...] = ()
    audience: str = ""
    said: tuple[date | None, date | None] = (None, None)
    notices: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: Any, words: Vocabulary, today: date) -> "Scope":
        """From an address: `from`, `to`, `locality`, `audience`. The dashboard and the report mean the same by it."""
        notices: list[str] = []
        since, until = asked_days.day(args.get("from", ""), notices), asked_days.day(args.get("to", ""), notices)
        if since and until:
            since, until = asked_days.in_order(since, until, notices)
        locality = _known(args, "locality", "locality", {group.slug for group in words.localities}, notices)
        places = [slug for slug, term in words.terms("places").items() if locality and term.locality == locality]
        audience = _known(args, "audience", "group", words.terms("audiences"), notices)
        last = until or (max(today, since) if since else today)
        first = since or last - QUARTER
        return cls(first, last, locality, tuple(places), audience, (since, until), tuple(notices))

    def standing(self) -> list[ColumnElement[bool]]:
        """What a query asks for whatever the days: a place of the locality, and the audience.

        A gap that was merged into another stands in no figure.
        """
        asked: list[ColumnElement[bool]] = [Gap.merged_into_id.is_(None)]
        if self.locality:
            asked.append(Gap.place.in_(self.places))
        if self.audience:
            asked.append(Gap.id.in_(select(GapAudience.gap_id).where(GapAudience.audience == self.audience)))
        return asked

    def during(self, column: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
        """The same, and `column`, a moment, within the days."""
        return [
            *self.standing(),
            column >= starts(self.since),
            column < starts(self.until + timedelta(days=1)),
        ]

    def as_args(self, **changes: Any) -> dict[str, Any]:
        """The same as an address says it, with `changes`."""
        since, until = self.said
        args = {
            "from": since.isoformat() if since else "",
            "to": until.isoformat() if until else "",
            "locality": self.locality,
            "audience": self.audience,
        }
        return {name: value for name, value in {**args, **changes}.items() if value}

    @property
    def key(self) -> str:
        """What the words of a report are kept under: the same wherever the same was asked for."""
        return urlencode(sorted(self.as_args().items()))


def months(since: date, until: date, most: int) -> Sequence[date]:
    """The first day of each month from `since` to `until`, the latest `most` of them."""
    count = (until.year - since.year) * 12 + until.month - since.month + 1
    last = until.year * 12 + until.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - min(count, most) + 1, last + 1)]


def after(month: date) -> date:
    """The first day of the month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _known(args: Any, name: str, called: str, known: Container[str], notices: list[str]) -> str:
    value = args.get(name, "")
    if value and value not in known:
        notices.append(f"“{value[:40]}” is no {called} that we know, so it was left out. These figures are of all.")
    return value if value in known else ""
