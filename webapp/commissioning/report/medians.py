"""How long it took: the middle one of the days, found by the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, cast, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.commissioning.report.scope import Scope
from webapp.gaps.models import Gap


@dataclass(frozen=True)
class Median:
    """The days that half of `of` gaps took at the most; None where there are none."""

    days: float | None
    of: int

    @property
    def words(self) -> str:
        """`12 days`, `Less than a day`, or that there were none."""
        if self.days is None:
            return "None yet"
        days = round(self.days)
        return "Less than a day" if days < 1 else "1 day" if days == 1 else f"{days:,} days"


def median(session: Session, scope: Scope, column: InstrumentedAttribute[Any]) -> Median:
    """From the report to `column`, of the gaps whose `column` is within the scope's days."""
    days = _days_between(session)(Gap.created_at, column)
    asked = [column.is_not(None), *scope.during(column)]
    count = session.scalar(select(func.count()).select_from(Gap).where(*asked)) or 0
    if not count:
        return Median(None, 0)
    middle = select(days).where(*asked).order_by(days).offset((count - 1) // 2).limit(2 - count % 2)
    values = [float(value) for value in session.scalars(middle)]
    return Median(round(sum(values) / len(values), 1), count)


def _days_between(session: Session) -> Callable[[Any, Any], ColumnElement[Any]]:
    if session.get_bind().dialect.name == "sqlite":
        return lambda first, last: func.julianday(last) - func.julianday(first)
    return lambda first, last: cast(extract("epoch", last - first), Float) / 86400.0
