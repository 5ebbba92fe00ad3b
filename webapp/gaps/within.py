"""Gaps to which something happened within some days: what a figure of a period counts, as a filter of a list."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

from webapp.english.dates import short_date, starts
from webapp.gaps.models import Gap

HAPPENED: dict[str, tuple[str, InstrumentedAttribute]] = {
    "reported": ("Reported", Gap.created_at),
    "answered": ("First answered", Gap.answered_at),
    "closed": ("Closed", Gap.closed_at),
}
SAID = re.compile(r"(reported|answered|closed)\.(20\d\d-\d\d-\d\d)\.(20\d\d-\d\d-\d\d)", re.ASCII)


@dataclass(frozen=True)
class Within:
    """What `happened` (of HAPPENED) from `since` to `until`, both included, on the clocks of Great Britain."""

    happened: str
    since: date
    until: date

    @classmethod
    def read(cls, said: str) -> "Within | None":
        """From `answered.2026-09-01.2026-11-30`, as an address has it; None where that cannot be."""
        match = SAID.fullmatch(said)
        try:
            return cls(match[1], date.fromisoformat(match[2]), date.fromisoformat(match[3])) if match else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.happened}.{self.since.isoformat()}.{self.until.isoformat()}"

    @property
    def words(self) -> str:
        """First answered 1 September 2026 to 30 November 2026"""
        return f"{HAPPENED[self.happened][0]} {short_date(self.since)} to {short_date(self.until)}"

    @property
    def test(self) -> ColumnElement[bool]:
        column = HAPPENED[self.happened][1]
        return and_(column >= starts(self.since), column < starts(self.until + timedelta(days=1)))
