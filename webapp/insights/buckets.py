"""Which of several periods a row belongs to, as a column that the database groups by."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, case

from webapp.english.dates import HERE


def number_of(column: Any, starts: Sequence[date | datetime]) -> ColumnElement[int]:
    """The number of the latest of `starts` that is not after `column`; no row may be before the first."""
    latest_first = reversed(list(enumerate(starts)))
    return case(*((column >= start, number) for number, start in latest_first))


def begins(month: date) -> datetime:
    """The first moment of a month, on the clocks of Great Britain."""
    return datetime.combine(month, time(), HERE)
