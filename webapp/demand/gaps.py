"""The gaps of one place and outcome, and a pattern of searches made a gap."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.dates import short_date
from webapp.gaps import report
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.statuses import OPEN
from webapp.people import User
from webapp.pii import guard
from webapp.searches.patterns import FEW, Pattern

ABOUT = "/commissioning/demand"  # where such a gap says it comes from


class Unsayable(Exception):
    """The words cannot go into the log: they look as if they could identify somebody."""


def of_cell(session: Session, place: str, outcome: str, limit: int) -> Sequence[Gap]:
    """The latest gaps reported for one place and outcome, whatever their status."""
    here = (Gap.place == (place or WHOLE_CITY), Gap.outcome == outcome, Gap.merged_into_id.is_(None))
    wanted = select(Gap).where(*here)
    return session.scalars(wanted.order_by(Gap.created_at.desc(), Gap.id.desc()).limit(limit)).all()


def made_of(session: Session, pattern: Pattern) -> Gap | None:
    """The open gap that was made of this pattern before, or None."""
    wanted = select(Gap).where(
        Gap.about == ABOUT, Gap.place == pattern.place, Gap.words == pattern.words, Gap.status.in_(OPEN)
    )
    return session.scalars(wanted.order_by(Gap.id).limit(1)).one_or_none()


def make(session: Session, pattern: Pattern, outcome: str, period: tuple[date, date], by: User, now: datetime) -> Gap:
    """Put a pattern in the log, with its figures as evidence. Commit afterwards. Raises Unsayable."""
    since, until = period
    evidence = (
        f"Demand pattern: {pattern.searches} searches by at least {pattern.people} people"
        f" between {short_date(since)} and {short_date(until)} found {FEW} listings or fewer."
    )
    try:
        wanted = report.GapReport(
            needed=guard.clean(f"People search for “{pattern.words}” and find little or nothing"),
            place=pattern.place or WHOLE_CITY,
            outcome=outcome,
            about=ABOUT,
            words=guard.clean(pattern.words),
            evidence=guard.clean(evidence),
        )
    except guard.Identifying as found:
        raise Unsayable from found
    return report.record(session, wanted, by, now)
