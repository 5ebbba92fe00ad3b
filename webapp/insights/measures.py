"""Measures that the council enters: kept, changed, and read by month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.insights.models import PROGRAMME, Better, Measure, MeasurePoint
from webapp.people import audit
from webapp.people.models import User

MOST, MOST_POINTS = 200, 240  # measures; months of one
UNITS = {
    "": "A plain number",
    "%": "Per cent",
    "hours": "Hours",
    "placements": "Placements",
    "days": "Days",
    "people": "People",
    "£": "Pounds",
}


@dataclass(frozen=True)
class MeasureFields:
    """What a form or a file says of a measure."""

    title: str
    unit: str
    source: str
    better: Better
    scope: str
    target: float | None


@dataclass(frozen=True)
class Point:
    """One month: `month` is its first day."""

    month: date
    value: float | None
    trajectory: float | None


class Taken(Exception):
    """There is a measure of this name already for these teams."""


def every(session: Session) -> Sequence[Measure]:
    """All measures, the programme's first."""
    order = (Measure.scope != PROGRAMME, Measure.scope, Measure.title, Measure.id)
    return session.scalars(select(Measure).order_by(*order).limit(MOST)).all()


def of_scope(session: Session, *scopes: str) -> Sequence[Measure]:
    """Those of `scopes`: PROGRAMME, localities or teams."""
    wanted = select(Measure).where(Measure.scope.in_(scopes)).order_by(Measure.title, Measure.id)
    return session.scalars(wanted.limit(MOST)).all()


def points(session: Session, ids: Sequence[int], since: date | None = None) -> dict[int, list[MeasurePoint]]:
    """The months of each of these measures, the oldest first, from `since`."""
    wanted = select(MeasurePoint).where(MeasurePoint.measure_id.in_(ids)).order_by(MeasurePoint.month)
    if since:
        wanted = wanted.where(MeasurePoint.month >= since)
    found: dict[int, list[MeasurePoint]] = {number: [] for number in ids}
    for point in session.scalars(wanted.limit(MOST * MOST_POINTS)) if ids else ():
        found[point.measure_id].append(point)
    return found


def keep(session: Session, measure: Measure | None, fields: MeasureFields, by: User | None, now: datetime) -> Measure:
    """Make a measure, or change this one. Commit afterwards. Raises Taken."""
    slug = slug_of(fields.title)
    same = session.scalar(select(Measure).where(Measure.slug == slug, Measure.scope == fields.scope))
    if same is not None and same is not measure:
        raise Taken
    is_new = measure is None
    if measure is None:
        measure = Measure(created_at=now)
        session.add(measure)
    measure.slug, measure.changed_at = slug, now
    for name, value in vars(fields).items():
        setattr(measure, name, value)
    session.flush()
    _audit(session, measure, by, now, "added" if is_new else "changed")
    return measure


def set_points(session: Session, measure: Measure, points: Sequence[Point], by: User | None, now: datetime) -> None:
    """Set these months of `measure`; one without a figure and without a trajectory goes. Commit afterwards."""
    for point in points:
        row = session.get(MeasurePoint, (measure.id, point.month))
        if point.value is None and point.trajectory is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(MeasurePoint(measure_id=measure.id, **vars(point)))
        else:
            row.value, row.trajectory = point.value, point.trajectory
    measure.changed_at = now
    session.flush()
    _audit(session, measure, by, now, "figures")


def remove(session: Session, measure: Measure, by: User | None, now: datetime) -> None:
    """Take the measure and its months away. Commit afterwards."""
    _audit(session, measure, by, now, "removed")
    session.execute(delete(MeasurePoint).where(MeasurePoint.measure_id == measure.id))
    session.delete(measure)
    session.flush()


def slug_of(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:100] or "measure"


def _audit(session: Session, measure: Measure, by: User | None, now: datetime, what: str) -> None:
    audit.append(
        session,
        actor=by.id if by else None,
        action=f"measure.{what}",
        subject=("measure", str(measure.id)),
        after={"scope": measure.scope},
        now=now,
    )
